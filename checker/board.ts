/**
 * What threads that check models at once share: whether they are to stop, and how many threads have nothing to do.
 */

const word = { stop: 0, idle: 1, length: 2 } as const

export interface Board {
  /** To be sent to other threads. */
  readonly shared: SharedArrayBuffer
  stop(): void
  /** Whether they are to stop: a board is the signal of the checks. */
  readonly aborted: boolean
  /** A thread has nothing to do any more. */
  addIdle(): void
  /** Takes one of the threads that have nothing to do; false when there is none. */
  takeIdle(): boolean
}

export function createBoard(shared: SharedArrayBuffer = new SharedArrayBuffer(word.length * 4)): Board {
  const words = new Int32Array(shared)
  return {
    shared,
    stop: () => {
      Atomics.store(words, word.stop, 1)
    },
    get aborted() {
      return Atomics.load(words, word.stop) === 1
    },
    addIdle: () => {
      Atomics.add(words, word.idle, 1)
    },
    takeIdle: () => {
      for (let idle = Atomics.load(words, word.idle); idle > 0; idle = Atomics.load(words, word.idle)) {
        if (Atomics.compareExchange(words, word.idle, idle, idle - 1) === idle) return true
      }
      return false
    },
  }
}
