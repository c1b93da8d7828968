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

const progressMs = 250

/** Of a search that begins: tells of it now and then, if anybody listens. */
export function teller(
  listener: ((figures: SearchProgress) => void) | null,
  figures: () => SearchProgress,
): () => void {
  let nextAt = performance.now() + progressMs
  return () => {
    if (listener === null || performance.now() < nextAt) return
    nextAt = performance.now() + progressMs
    listener(figures())
  }
}
