/**
 * The block of shared integers through which the leader (the main thread) and the workers meet.
 *
 * A round: the leader writes a command and calls the workers that may take part, each by a word of its own; everybody works; those that have
 * begun add themselves to `arrived` at the end; the leader goes on when all have. All words are accessed by `Atomics` only.
 */

import { reserveBuffer } from '../machine/reserve.ts'

export const word = {
  /** Workers that have finished the round; the leader sleeps on it. */
  arrived: 0,
  command: 1,
  /** First index of the level that is expanded, which ends where the one being built begins, and the size of its blocks. */
  expandFrom: 2,
  expandBlock: 3,
  /** Which half of the owners tells of it: see level-blocks.ts. */
  half: 4,
  /** First index that no worker has reserved. */
  reserved: 5,
  /** When `reserved` passes this, somebody raises `pause` so that the leader can grow the table or stop. */
  growAt: 6,
  pause: 7,
  /** First index of the level being built. */
  levelStart: 8,
  /** Size of the table: see `tableShape`. */
  tableClass: 9,
  /** Indices that a worker reserves at once: the size of the blocks of the level being built. */
  block: 10,
  /** Test hook: upper bound in microseconds of a random wait at each claim and barrier. */
  jitter: 11,
  /** 1 while transitions are recorded, 0 when nobody wants them or there is no more room. */
  records: 12,
  /** Segments that hold recorded transitions. */
  segments: 13,
  /** Threads that take part in the round from its beginning. */
  takers: 14,
  /** 1 since states are folded. */
  folded: 15,
  /** Size of the table of nodes. */
  nodeClass: 16,
  /** First node that no worker has reserved, and the number at which the leader must enlarge their table. */
  nodesReserved: 17,
  nodesGrowAt: 18,
  /** 1 since the first store is full, and everything has moved to the later one. */
  moved: 19,
  /** Initial states that threads have taken to enter. */
  entered: 20,
  length: 32,
} as const

/** `enter`: the initial states. `rehash`: all states again, after `clear` has cleared the table. */
export const command = { expand: 1, clear: 2, rehash: 3, exit: 4, enter: 5 } as const

/**
 * Words of one worker's own block: indices, and numbers of nodes, that it has reserved but not filled; whether it has started; and its call,
 * on which it sleeps: odd while it is called and has not begun. Whoever makes it even decides: the worker, that it begins, or the leader, that it
 * need not.
 */
export const workerWord = { next: 0, blockEnd: 1, nextNode: 2, nodeEnd: 3, isReady: 4, call: 5, length: 6 } as const

/** Takes up a worker's call, or withdraws it; false if there is none. */
export function endCall(blocks: Int32Array, at: number): boolean {
  const call = Atomics.load(blocks, at)
  return call % 2 !== 0 && Atomics.compareExchange(blocks, at, call, call + 1) === call
}

/** The least size of a block of a level. */
export const leastBlock = 16

/** Numbers of nodes begin here: 0 is an empty slot of their table. */
export const firstNode = 1

/** Nodes that a worker reserves at once. */
export const nodeBlock = 64

export interface ControlBuffers {
  /** Int32Array, [word.length]. */
  readonly control: SharedArrayBuffer
  /** Int32Array, [workers × workerWord.length]. */
  readonly blocks: SharedArrayBuffer
  /** Uint16Array, [2 × most blocks of a level]: see level-blocks.ts. Only as many as a level has are ever touched. */
  readonly owners: SharedArrayBuffer
  /** Int32Array, [workers × counterStride]: each worker's counters, its digest lanes, what it has credited to actions, and a gap. */
  readonly counters: SharedArrayBuffer
}

/** Some tenths of a millisecond: longer than most waits at the end of a level. */
const spins = 2 ** 17

/** Waits until a word differs from a value. A wait can end before that; a round that was entered early would never meet the others. */
export function waitWhile(control: Int32Array, at: number, value: number): void {
  spinWhile(control, at, value)
  while (Atomics.load(control, at) === value) Atomics.wait(control, at, value)
}

/** Waits a little for a word to change, awake: to be woken takes a thread longer than many a level. */
export function spinWhile(control: Int32Array, at: number, value: number): void {
  for (let i = 0; i < spins && Atomics.load(control, at) === value; i++);
}

export const digestLanes = 4

/** Twice a cache line: processors fetch lines in pairs. */
const gapWords = 32

/**
 * Words from one worker's counters to the next one's: see `ControlBuffers.counters`. The gap keeps them on lines of their own: they change with every
 * successor, and a line that two processors write travels between them each time.
 */
export function counterStride(counterLength: number, actionCount: number): number {
  return counterLength + digestLanes + actionCount + gapWords
}

/** `stride`: see `counterStride`; `capacity`: states that there is ever room for. */
export function reserveControl(workers: number, stride: number, capacity: number): ControlBuffers {
  return {
    control: new SharedArrayBuffer(word.length * 4),
    blocks: new SharedArrayBuffer(workers * workerWord.length * 4),
    owners: reserveBuffer(2 * 2 * Math.ceil(capacity / leastBlock + workers)),
    counters: new SharedArrayBuffer(workers * stride * 4),
  }
}
