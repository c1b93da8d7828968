/**
 * The leader's part in making room: how many indices states may have, when the tables grow, and how many bytes the search has touched.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { command, word } from './control.ts'
import type { Expander } from './expander.ts'
import { arenaWords, rowWords } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'
import type { Folding } from './folding.ts'
import {
  type Extent,
  grownClass,
  type StoreBuffers,
  spareRoom,
  statesIn,
  tableClassFor,
  tableShape,
  touchedBytes,
} from './store.ts'

export interface Room {
  /** Whether transitions are recorded: as long as states do not need their room. */
  isRecording(): boolean
  /** Indices that states may have now. */
  indices(): number
  /** For a level whose threads reserve so many indices at once. */
  beginLevel(blockSize: number): void
  /** `size`: states of the level that was built. */
  closeLevel(size: number): void
  /** Enlarges the tables inside a level and enters everything again; false when the budget forbids it. */
  grow(): Promise<boolean>
  /** Enters everything again if there are enough states to be folded now. */
  foldIfEnough(): Promise<void>
  /** Bytes that so many states and what belongs to them have touched. */
  touched(states: number): number
  /** Touched, and of no use any more. */
  spare(states: number): readonly Int32Array[]
}

interface RoomInput {
  readonly compiled: CompiledModel
  readonly store: StoreBuffers
  readonly control: Int32Array
  readonly options: Pick<ExploreOptions, 'workers' | 'memoryBytes'>
  readonly expander: Expander
  readonly folding: Folding
  /** Successors that one thread may make after somebody asked for a pause. */
  readonly workerMargin: number
  /** All threads together do what a command says. */
  readonly runRound: (command: number) => Promise<void>
}

export function createRoom(input: RoomInput): Room {
  const { compiled, store, control, options, expander, folding, workerMargin, runRound } = input
  let tableClass = tableClassFor(compiled.initialStates.length / compiled.stateWords + workerMargin * 2)
  let blockSize = 0
  let widest = 0

  const isRecording = (): boolean => Atomics.load(control, word.records) === 1

  /** Words of a state in the arena. */
  const arenaWidth = (): number => arenaWords({ stateWords: compiled.stateWords, isFolded: folding.isFolded() })

  const extent = (states: number): Extent => {
    const segments = Atomics.load(control, word.segments)
    return { states, words: states * arenaWidth(), tableClass, widest, segments }
  }

  const indices = (): number => {
    if (isRecording()) return Math.floor((store.edges?.from ?? 0) / arenaWidth())
    if (!folding.isFolded()) return store.unfoldedCapacity
    const bytes = options.memoryBytes - folding.bytesAtGrowth()
    return Math.min(store.capacity, statesIn(bytes, rowWords, store.creditBytes))
  }

  const setTableClass = (wanted: number): void => {
    tableClass = wanted
    Atomics.store(control, word.tableClass, wanted)
    const margin = (workerMargin + blockSize) * options.workers
    const limit = Math.min(tableShape(wanted).limit, indices()) - margin
    Atomics.store(control, word.growAt, Math.max(0, limit))
    expander.follow()
  }

  const enterAll = async (wanted: number): Promise<void> => {
    setTableClass(wanted)
    await runRound(command.rehash)
    await runRound(command.settle)
  }

  const grow = async (): Promise<boolean> => {
    if (!folding.grow()) return false
    const reserved = Atomics.load(control, word.reserved)
    const needed = reserved + (workerMargin + blockSize) * options.workers * 2
    setTableClass(tableClass)
    if (reserved < Atomics.load(control, word.growAt)) return true
    const isNewlyFolded = folding.fold(needed >= indices())
    // States come before transitions.
    if (needed >= indices()) Atomics.store(control, word.records, 0)
    setTableClass(tableClass)
    if (needed >= indices()) return false
    const isEnough = reserved < Atomics.load(control, word.growAt)
    const wanted = isEnough ? tableClass : Math.min(grownClass(tableClass, needed), store.maxTableClass)
    if (wanted <= tableClass && !isNewlyFolded) return isEnough
    await enterAll(wanted)
    return true
  }

  return {
    isRecording,
    indices,
    beginLevel: (size) => {
      blockSize = size
      setTableClass(tableClass)
    },
    closeLevel: (size) => {
      widest = Math.max(widest, size)
    },
    grow,
    foldIfEnough: async () => {
      if (folding.fold(false)) await enterAll(tableClass)
    },
    touched: (states) => {
      const words = Math.max(states * arenaWidth(), folding.touchedWords())
      return folding.bytes() + touchedBytes(store, { ...extent(states), words })
    },
    spare: (states) => (isRecording() ? [] : spareRoom(store, extent(states))),
  }
}
