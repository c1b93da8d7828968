/**
 * The leader's part in making room: how many indices states may have, when the tables grow, and how many bytes the search has touched.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { command, word } from './control.ts'
import type { Expander } from './expander.ts'
import { arenaWords, rowWords } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'
import type { Folding } from './folding.ts'
import { type Stores, statesIn } from './reserve-stores.ts'
import { copyStore, type Extent, lacksSegments, type StoreBuffers, spareRoom, touchedBytes } from './store.ts'
import { firstClassFor, firstTableClass, grownClass, tableShape } from './table-shape.ts'

export interface Room {
  /** Whether transitions are recorded: as long as states do not need their room. */
  isRecording(): boolean
  /** Indices that states may have now. */
  indices(): number
  /** Clears a table that is not small before it is first used: in order, because what enters it touches its pages at random. */
  clear(): Promise<void> | null
  /** For a level of so many states, whose threads reserve so many indices at once. */
  beginLevel(states: number, blockSize: number): void
  /** `size`: states of the level that was built. */
  closeLevel(size: number): void
  /** Enlarges the tables inside a level and enters everything again; false when the budget forbids it. */
  grow(): Promise<boolean>
  /** Enters everything again if there are enough states to be folded now; else null. */
  foldIfEnough(): Promise<void> | null
  /** Bytes that so many states and what belongs to them have touched. */
  touched(states: number): number
  /** The most that was touched at a time, with so many states at the end. */
  peakBytes(states: number): number
  /** Touched, and of no use any more. */
  spare(states: number): readonly Int32Array[]
}

interface RoomInput {
  readonly compiled: CompiledModel
  readonly stores: Stores
  readonly control: Int32Array
  readonly options: Pick<ExploreOptions, 'workers'>
  readonly expander: Expander
  readonly folding: Folding
  /** States of closed levels. */
  readonly stored: () => number
  /** Successors that one thread may make after somebody asked for a pause. */
  readonly workerMargin: number
  /** All threads together do what a command says. */
  readonly runRound: (command: number) => Promise<void> | null
}

/** What leads on from so many states touches most pages of the first table. */
const fewestScattered = 64

export function createRoom(input: RoomInput): Room {
  const { compiled, stores, control, options, expander, folding, workerMargin, stored, runRound } = input
  let peakBytes = 0
  const startCount = compiled.initialStates.length / compiled.stateWords
  let tableClass = Math.min(
    firstClassFor(startCount + workerMargin * (options.workers + 1)),
    stores.present.maxTableClass,
  )
  let tableLimit = 0
  /** Whether all pages of the table were written to. */
  let isCommitted = tableClass > firstTableClass
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
    if (isRecording()) return Math.floor((stores.present.edges?.from ?? 0) / arenaWidth())
    if (!folding.isFolded()) return stores.present.unfoldedCapacity
    const bytes = stores.present.memoryBytes - folding.bytesAtGrowth()
    return Math.min(stores.present.capacity, statesIn(bytes, rowWords, stores.present.creditBytes))
  }

  /** Says at how many indices the leader must make room again. */
  const setGrowth = (): void => {
    const margin = (workerMargin + blockSize) * options.workers
    Atomics.store(control, word.growAt, Math.max(0, Math.min(tableLimit, indices()) - margin))
  }

  const setTableClass = (wanted: number): void => {
    isCommitted ||= wanted > tableClass
    tableClass = wanted
    tableLimit = tableShape(wanted).limit
    Atomics.store(control, word.tableClass, wanted)
    setGrowth()
    expander.follow()
  }

  const enterAll = async (wanted: number): Promise<void> => {
    setTableClass(wanted)
    await runRound(command.clear)
    await runRound(command.rehash)
  }

  const touched = (states: number): number => {
    const words = Math.max(states * arenaWidth(), folding.touchedWords())
    return folding.bytes() + touchedBytes(stores.present, { ...extent(states), words })
  }

  const copyTo = (later: StoreBuffers, states: number): void =>
    copyStore(stores.present, later, {
      states,
      words: states * arenaWidth(),
      credits: states - stored(),
      segments: isRecording() ? Atomics.load(control, word.segments) : 0,
      nodes: folding.isFolded() ? Atomics.load(control, word.nodesReserved) : 0,
      nodeClass: Atomics.load(control, word.nodeClass),
    })

  /** Moves everything to the later store; false where there is none. The visited set must be entered again. */
  const moveOn = (): boolean => {
    const { later } = stores
    if (later === null) return false
    const states = Atomics.load(control, word.reserved)
    const before = touched(states)
    copyTo(later, states)
    Atomics.store(control, word.moved, 1)
    expander.follow()
    peakBytes = before + touched(states)
    return true
  }

  const grow = async (): Promise<boolean> => {
    const hasNodes = folding.grow()
    const isShort =
      isRecording() && lacksSegments(stores.present, Atomics.load(control, word.segments), options.workers)
    let hasMoved = (!hasNodes || isShort) && moveOn()
    if (!hasNodes && !(hasMoved && folding.grow())) return false
    const reserved = Atomics.load(control, word.reserved)
    const needed = reserved + (workerMargin + blockSize) * options.workers * 2
    setTableClass(tableClass)
    if (!hasMoved && reserved < Atomics.load(control, word.growAt)) return true
    const isNewlyFolded = folding.fold(needed >= indices())
    if (needed >= indices() && moveOn()) hasMoved = true
    // States come before transitions.
    if (needed >= indices()) Atomics.store(control, word.records, 0)
    setTableClass(tableClass)
    if (needed >= indices()) return false
    const isEnough = reserved < Atomics.load(control, word.growAt)
    const wanted = isEnough ? tableClass : Math.min(grownClass(tableClass, needed), stores.present.maxTableClass)
    if (wanted <= tableClass && !isNewlyFolded && !hasMoved) return isEnough
    await enterAll(wanted)
    return true
  }

  setTableClass(tableClass)
  return {
    isRecording,
    indices,
    clear: () => (tableClass > firstTableClass ? runRound(command.clear) : null),
    beginLevel: (states, size) => {
      blockSize = size
      setGrowth()
      if (isCommitted || states < fewestScattered) return
      isCommitted = true
      expander.commitTable()
    },
    closeLevel: (size) => {
      widest = Math.max(widest, size)
    },
    grow,
    foldIfEnough: () => (folding.fold(false) ? enterAll(tableClass) : null),
    touched,
    peakBytes: (states) => Math.max(peakBytes, touched(states)),
    spare: (states) => (isRecording() ? [] : spareRoom(stores.present, extent(states))),
  }
}
