/**
 * A level's states lie in blocks of one size, and each block is owned by the thread that put its states into the arena. A thread expands its
 * own blocks first, in order, and then those of others, from the end of the level.
 *
 * Neighbours in a level have many successors in common. Whoever stays with its own finds slots, states and credits of the next level in its
 * cache; dealt out in turn, the same lines are written by all threads, and travel between the processors each time.
 *
 * Some states change their block when a level is closed (holes.ts): nothing but speed depends on owners.
 */

import { type ControlBuffers, leastBlock, word } from './control.ts'
import { forgetReserved, type Range, reservedStates } from './reserved.ts'

/** One thread's view of the blocks of the level that is expanded. */
export interface LevelBlocks {
  /** Begins anew, with another level. */
  beginLevel(): void
  /** Takes a block to expand; null when all are taken. */
  claim(): Range | null
}

/**
 * A level is cut into so many blocks or more for each thread: small ones, so that nobody waits long at its end and little is left of the blocks
 * that are not full, but not so small that batches are half empty.
 */
const share = 32
const mostBlock = 1024

/** Size of the blocks of a level that several threads build from so many states. */
export function sharedBlock(frontier: number, threads: number): number {
  return Math.min(mostBlock, Math.max(leastBlock, Math.floor(frontier / (share * threads))))
}

/** What an owner leaves in place of its number when a block is taken. */
const taken = 0
const numberOf = (worker: number): number => worker + 1

/** Of a thread, to own the block of the level being built that begins at an index. */
export function blockOwner(buffers: ControlBuffers, worker: number): (from: number) => void {
  const control = new Int32Array(buffers.control)
  const owners = new Uint16Array(buffers.owners)
  return (from) => {
    const block = (from - Atomics.load(control, word.levelStart)) / Atomics.load(control, word.block)
    Atomics.store(owners, firstOwner(control, owners, 1) + block, numberOf(worker))
  }
}

export function levelBlocks(buffers: ControlBuffers, worker: number): LevelBlocks {
  const control = new Int32Array(buffers.control)
  const owners = new Uint16Array(buffers.owners)
  const me = numberOf(worker)
  let own = 0
  let others = 0
  // They stay for a level, and are asked for at each block.
  let first = 0
  let end = 0
  const take = (block: number, owner: number): boolean =>
    owner !== taken && Atomics.compareExchange(owners, first + block, owner, taken) === owner
  return {
    beginLevel: () => {
      first = firstOwner(control, owners, 0)
      end = blockCount(control)
      own = 0
      others = end
    },
    claim: () => {
      while (own < end) {
        const block = own++
        if (owners[first + block] === me && take(block, me)) return rangeOf(control, block)
      }
      while (others > 0) {
        const block = --others
        if (take(block, owners[first + block] as number)) return rangeOf(control, block)
      }
      return null
    },
  }
}

/** Turns to the next level: states from … end-1 are expanded, and what they lead to is built in blocks of this size. Nobody has reserved any yet. */
export function publishLevel(
  control: Int32Array,
  blocks: Int32Array,
  { from, end, blockSize }: { readonly from: number; readonly end: number; readonly blockSize: number },
): void {
  Atomics.store(control, word.half, Atomics.load(control, word.half) ^ 1)
  Atomics.store(control, word.expandBlock, Atomics.load(control, word.block))
  Atomics.store(control, word.expandFrom, from)
  Atomics.store(control, word.block, blockSize)
  Atomics.store(control, word.levelStart, end)
  Atomics.store(control, word.reserved, end)
  Atomics.store(control, word.pause, 0)
  forgetReserved(blocks, reservedStates)
}

/** So many indices are filled at least, and maybe more: how far the threads have filled their last blocks is not known. */
export function leastFilled(control: Int32Array, threads: number): number {
  return Atomics.load(control, word.reserved) - threads * Atomics.load(control, word.block)
}

/** How many states of the level that is expanded lie in blocks that are taken. */
export function takenStates(buffers: ControlBuffers): number {
  const control = new Int32Array(buffers.control)
  const owners = new Uint16Array(buffers.owners)
  const first = firstOwner(control, owners, 0)
  let sum = 0
  for (let block = 0; block < blockCount(control); block++) {
    const [from, to] = rangeOf(control, block)
    if (owners[first + block] === taken) sum += to - from
  }
  return sum
}

/** Where the owners of the level that is expanded begin (0), or of the one that is built (1): each level has one half of the array. */
function firstOwner(control: Int32Array, owners: Uint16Array, which: 0 | 1): number {
  return (Atomics.load(control, word.half) ^ which) * (owners.length >> 1)
}

function blockCount(control: Int32Array): number {
  const states = Atomics.load(control, word.levelStart) - Atomics.load(control, word.expandFrom)
  return Math.ceil(states / Atomics.load(control, word.expandBlock))
}

function rangeOf(control: Int32Array, block: number): Range {
  const size = Atomics.load(control, word.expandBlock)
  const from = Atomics.load(control, word.expandFrom) + block * size
  return [from, Math.min(from + size, Atomics.load(control, word.levelStart))]
}
