/**
 * The arrays that a kernel owns. Its functions take positions in them: a caller writes states to `states` and reads there what
 * they lead to.
 */

/** Successors in a batch: enough to overlap misses, small enough to stay in the first-level cache. */
export const batchSize = 512

/** States that are expanded in a batch at most: the first of `states`. */
export const sourceSlots = batchSize

/** The word of `states` where the successors begin. */
export function successorsAt(stateWords: number): number {
  return sourceSlots * stateWords
}

/** A batch is full when it has `batchSize` successors or more. */
export function successorSlots(maxSuccessors: number): number {
  return batchSize + maxSuccessors + 1
}

/** Room for states that a kernel tries out, behind the successors. */
const spareSlots = 2

/** The word of `states` where a spare state begins. */
export function spareAt({ stateWords, maxSuccessors }: Sizes, spare: number): number {
  return (sourceSlots + successorSlots(maxSuccessors) + spare) * stateWords
}

interface Sizes {
  readonly stateWords: number
  readonly maxSuccessors: number
}

interface Needs extends Sizes {
  readonly counterLength: number
  /** Whether the kernel tells of each state that it has expanded whether that raised an error. */
  readonly tellsRaised: boolean
}

export function arrayLines({ stateWords, maxSuccessors, counterLength, tellsRaised }: Needs): readonly string[] {
  const slots = successorSlots(maxSuccessors)
  const lengths = {
    states: (sourceSlots + slots + spareSlots) * stateWords,
    tags: slots,
    counters: counterLength,
    lanes: 4,
    ends: sourceSlots,
    newOnes: slots,
    ...(tellsRaised ? { raised: sourceSlots } : {}),
  }
  return Object.entries(lengths).map(([name, length]) => `const ${name} = new Int32Array(${length})`)
}
