/** What a search tells while it goes on. */
export interface SearchProgress {
  readonly depth: number
  readonly distinct: number
  readonly generated: number
  readonly frontier: number
  /** States whose successors were generated, but for what the threads are at. */
  readonly expanded: number
  /** `levels[k]`: states of the first k levels. It goes on growing: to be read at once. */
  readonly levels: readonly number[]
  readonly bytes: number
  readonly elapsedMs: number
}
