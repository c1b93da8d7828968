/**
 * Reserves the stores of a search, at the size that the memory budget allows. The operating system commits pages when they
 * are first written, so an unused reservation costs nothing, growth within a store never copies, and workers need no new buffers.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import { countBits, instanceBits, type RecordShape } from '../liveness/state-graph.ts'
import {
  aligned,
  cacheLineBytes,
  isRefused,
  mostMemoryBytes,
  reserveBuffer,
  reserveMemory,
} from '../machine/reserve.ts'
import { collectEarlierBuffers } from './collect.ts'
import { rowWords } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'
import { type EdgeBuffers, type NodeBuffers, type Place, type StoreBuffers, segmentWords } from './store.ts'
import { maxLoad, maxTableClass, nodeClassFor, slotBytes, tableClassFor, tableShape } from './table-shape.ts'

/** Leaves 4 bits for how far a target lies. */
const bitsOfFarEdges = 28
/** With what lies before its first line, 16 GiB. */
const maxArenaWords = 2 ** 32 - 16
/** Where a transition is recorded must be a 31-bit number. */
const maxRecordedWords = 2 ** 31 - 8
/** Shorter states are hardly longer than a row. */
const leastFoldedWords = 5
/** A tree has a node beside its root. */
const leastTreeWords = 3
const maxNodes = 2 ** 30

type StoreOptions = Pick<
  ExploreOptions,
  'memoryBytes' | 'edgeBytes' | 'foldBytes' | 'earlierBytes' | 'hasFarEdges' | 'nearBytes'
>

/** What liveness may want for a state, and for all of them where they are many: then it does without. */
const workspaceOfState = 24
const mostWorkspace = 2 ** 28

/** The store that a search is in, and the one that it moves to when that is full, if there is one. Each thread forgets what it has left, to free it. */
export interface Stores {
  present: StoreBuffers
  later: StoreBuffers | null
}

/** Of a budget for more than a near store: while everything is copied to the far one, it is there twice. */
const nearShare = 1 / 2

/**
 * Stores for as many states as the budget can hold, after those of earlier searches are given back; of these as many
 * as `edgeBytes` allows may give way to transitions. `ownBytes`: what threads need of a near store for themselves. Throws `SpecError` (MC307).
 */
export function reserveStores(compiled: CompiledModel, options: StoreOptions, ownBytes: number): Stores {
  collectEarlierBuffers(options.earlierBytes)
  const planFor = (memoryBytes: number): StorePlan => planStore(compiled, { ...options, memoryBytes })
  const near = reserveNear(planFor, options, ownBytes)
  if (near?.memoryBytes === options.memoryBytes) return { present: near, later: null }
  const far = orAfterCollecting(() => place({ ...planFor(options.memoryBytes), workspaceBytes: 0 }, farPlaces()))
  return near === null ? { present: far, later: null } : { present: near, later: far }
}

/** A system that sets aside what is reserved may have none left for this search while the stores of earlier ones linger. */
function orAfterCollecting<Reserved>(reserve: () => Reserved): Reserved {
  try {
    return reserve()
  } catch (error) {
    if (!isRefused(error)) throw error
    collectEarlierBuffers(0)
    return reserve()
  }
}

/**
 * As large as the budget if that fits, otherwise as it can be; null: not even what it needs at least fits, or transitions would
 * be recorded in a far store only, or the system has no such memory.
 */
function reserveNear(
  planFor: (memoryBytes: number) => StorePlan,
  { memoryBytes, nearBytes }: StoreOptions,
  ownBytes: number,
): StoreBuffers | null {
  const share = memoryBytes <= mostMemoryBytes ? memoryBytes : Math.min(mostMemoryBytes, memoryBytes * nearShare)
  if (nearBytes === 0) return null
  let plan = planFor(Math.min(nearBytes, share))
  while (nearEnd(plan, ownBytes) > mostMemoryBytes) {
    if (plan.isLeast) return null
    plan = planFor(Math.floor(plan.memoryBytes * 0.9))
  }
  if (plan.edges === null && planFor(memoryBytes).edges !== null) return null
  try {
    const memory = orAfterCollecting(() => reserveMemory(nearEnd(plan, ownBytes)))
    return { ...place(plan, nearPlaces(ownBytes).take), memory }
  } catch (error) {
    if (isRefused(error)) return null
    throw error
  }
}

function nearEnd(plan: StorePlan, ownBytes: number): number {
  const { take, end } = nearPlaces(ownBytes)
  place(plan, take)
  return end()
}

/** Gives room for so many bytes. */
type Take = (bytes: number) => Place

/** Where the first line of the cache begins in a large buffer: on Linux the C library puts 16 bytes of its own before what it maps. */
const firstLine = process.platform === 'linux' ? cacheLineBytes - 16 : 0

function farPlaces(): Take {
  return (bytes) => ({ buffer: reserveBuffer(firstLine + bytes), at: firstLine, bytes })
}

/** One after the other. */
function nearPlaces(ownBytes: number): { readonly take: Take; readonly end: () => number } {
  let end = ownBytes
  return {
    take: (bytes) => {
      const at = aligned(end)
      end = at + bytes
      return { buffer: null, at, bytes }
    },
    end: () => end,
  }
}

/** Sizes of a store. */
interface StorePlan {
  readonly memoryBytes: number
  readonly words: number
  readonly creditBytes: 1 | 2
  readonly capacity: number
  readonly unfoldedCapacity: number
  readonly edges: (Omit<EdgeBuffers, 'places'> & { readonly states: number }) | null
  readonly nodeCapacity: number | null
  /** For what follows the search, in a near store. */
  readonly workspaceBytes: number
  /** The budget would hold less. */
  readonly isLeast: boolean
}

function planStore(
  compiled: CompiledModel,
  { memoryBytes, edgeBytes, foldBytes, hasFarEdges }: StoreOptions,
): StorePlan {
  const creditBytes = compiled.actionCount <= 255 ? 1 : 2
  const arenaWords = edgeBytes > 0 ? maxRecordedWords : maxArenaWords
  const least = compiled.initialStates.length / compiled.stateWords + 1024
  const roomFor = (words: number): number => {
    const wanted = Math.max(statesIn(memoryBytes, words, creditBytes), least)
    return Math.min(wanted, Math.floor(arenaWords / words) - 1, tableShape(maxTableClass).limit - 1)
  }
  const unfoldedCapacity = roomFor(compiled.stateWords)
  const isFoldable =
    Number.isFinite(foldBytes) && compiled.stateWords >= (foldBytes === 0 ? leastTreeWords : leastFoldedWords)
  const capacity = isFoldable ? roomFor(rowWords) : unfoldedCapacity
  const words = Math.max(unfoldedCapacity * compiled.stateWords, isFoldable ? capacity * rowWords : 0)
  return {
    memoryBytes,
    // One state more, because the word after a state is read to warm its cache line.
    words: words + compiled.stateWords,
    creditBytes,
    capacity,
    unfoldedCapacity,
    edges: planEdges(compiled, unfoldedCapacity, edgeBytes, hasFarEdges),
    nodeCapacity: isFoldable ? Math.min(statesIn(memoryBytes, rowWords, 0), maxNodes) : null,
    workspaceBytes: edgeBytes > 0 ? Math.min(capacity * workspaceOfState, mostWorkspace) : 0,
    isLeast: unfoldedCapacity <= least,
  }
}

function place(plan: StorePlan, take: Take): StoreBuffers {
  const { memoryBytes, capacity, unfoldedCapacity, creditBytes, edges, nodeCapacity, workspaceBytes } = plan
  const maxTableClass = tableClassFor(capacity)
  return {
    memory: null,
    memoryBytes,
    creditBytes,
    capacity,
    unfoldedCapacity,
    maxTableClass,
    states: take(plan.words * 4),
    table: take(tableShape(maxTableClass).slots * slotBytes),
    credit: take(capacity * creditBytes),
    edges: edges === null ? null : { ...edges, places: take(edges.states * 4) },
    nodes: nodeCapacity === null ? null : placeNodes(nodeCapacity, take),
    workspace: take(workspaceBytes),
  }
}

function placeNodes(capacity: number, take: Take): NodeBuffers {
  const maxTableClass = nodeClassFor(capacity)
  return {
    pairs: take(capacity * rowWords * 4),
    table: take(tableShape(maxTableClass).slots * slotBytes),
    capacity,
    maxTableClass,
  }
}

/** How many states of so many words fit into some bytes, with what is kept for each. */
export function statesIn(bytes: number, words: number, creditBytes: number): number {
  return Math.max(0, Math.floor(bytes / (words * 4 + creditBytes + slotBytes / maxLoad)))
}

function planEdges(
  compiled: CompiledModel,
  capacity: number,
  edgeBytes: number,
  hasFarEdges: boolean,
): StorePlan['edges'] {
  const words = compiled.stateWords
  const from = (capacity >> 1) * words
  const room = Math.min(capacity * words - from, edgeBytes / 4)
  const segments = Math.max(0, Math.floor(room / segmentWords))
  const isPossible = segments > 0 && 2 * compiled.maxSuccessors < segmentWords
  if (!isPossible) return null
  return { states: Math.floor(from / Math.min(words, rowWords)), ...recordShape(compiled, hasFarEdges), from, segments }
}

function recordShape({ instanceCount, maxSuccessors, propositions }: CompiledModel, hasFarEdges: boolean): RecordShape {
  return {
    instanceBits: hasFarEdges ? bitsOfFarEdges : instanceBits(instanceCount),
    countBits: countBits(maxSuccessors),
    propositions,
  }
}
