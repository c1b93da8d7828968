/**
 * The block of shared integers through which the leader (the main thread) and the workers meet.
 *
 * A round: the leader writes a command, raises `epoch` and wakes the workers; everybody works; each worker adds
 * itself to `arrived`; the leader goes on when all have. All words are accessed by `Atomics` only.
 */

import { reserveBuffer } from '../machine/reserve.ts'

export const word = {
  /** Number of the round; workers sleep on it. */
  epoch: 0,
  /** Workers that have finished the round; the leader sleeps on it. */
  arrived: 1,
  command: 2,
  /** First index of the level that is expanded, which ends where the one being built begins, and the size of its blocks. */
  expandFrom: 3,
  expandBlock: 4,
  /** Which half of the owners tells of it: see level-blocks.ts. */
  half: 5,
  /** First index that no worker has reserved. */
  reserved: 6,
  /** When `reserved` passes this, somebody raises `pause` so that the leader can grow the table or stop. */
  growAt: 7,
  pause: 8,
  /** First index of the level being built. */
  levelStart: 9,
  /** Size of the table: see `tableShape`. */
  tableClass: 10,
  /** Indices that a worker reserves at once: the size of the blocks of the level being built. */
  block: 11,
  /** Test hook: upper bound in microseconds of a random wait at each claim and barrier. */
  jitter: 12,
  /** Workers that have started and sleep on the epoch. */
  ready: 13,
  /** 1 while transitions are recorded, 0 when nobody wants them or there is no more room. */
  records: 14,
  /** Segments that hold recorded transitions. */
  segments: 15,
  /** Threads that take part in the round. */
  takers: 16,
  /** 1 since states are folded. */
  folded: 17,
  /** Size of the table of nodes. */
  nodeClass: 18,
  /** First node that no worker has reserved, and the number at which the leader must enlarge their table. */
  nodesReserved: 19,
  nodesGrowAt: 20,
  /** 1 since the first store is full, and everything has moved to the later one. */
  moved: 21,
  /** Initial states that threads have taken to enter. */
  entered: 22,
  length: 32,
} as const

/** `enter`: the initial states. `rehash`: all states again, after `clear` has cleared the table. */
export const command = { expand: 1, clear: 2, rehash: 3, exit: 4, enter: 5 } as const

/** Words of one worker's own block: indices, and numbers of nodes, that it has reserved but not filled. */
export const workerWord = { next: 0, blockEnd: 1, nextNode: 2, nodeEnd: 3, length: 4 } as const

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
