/**
 * The program of a thread's inner loop: its text, what it is given, and how it runs: as a machine in the memory of a near store, or as
 * JavaScript where the store is far.
 */

import { type CompiledModel, createKernel, type Kernel } from '../compile/compiled-model.ts'
import { successorsAt } from '../compile/kernel-arrays.ts'
import { buildMachine, type Machine, type Running, run } from '../machine/machine.ts'
import { sizeOfArrays } from '../machine/parse.ts'
import { aligned } from '../machine/reserve.ts'
import { runAsScript } from '../machine/script.ts'
import type { ArrayPlace, Given } from '../machine/syntax.ts'
import { emitArrays, emitExpander } from './emit-expander.ts'
import { type ExpanderShape, rowWords } from './expander-shape.ts'
import { arraysOf, type Place, type StoreBuffers } from './store.ts'

/** What the program asks for while it runs. */
export interface Claims {
  claimBlock(): void
  claimSegment(): boolean
  claimNodes(): void
}

const claims: Given['functions'] = [
  { name: 'claimBlock', inputs: [], hasResult: false },
  { name: 'claimSegment', inputs: [], hasResult: true },
  { name: 'claimNodes', inputs: [], hasResult: false },
]

const ofKernel: Given['functions'] = [
  { name: 'expandBatch', inputs: ['from', 'to', 'slot'], hasResult: true },
  { name: 'judgeBatch', inputs: ['count'], hasResult: false },
  { name: 'letter', inputs: ['base'], hasResult: true },
]

const ofReducing: Given['functions'] = [{ name: 'choose', inputs: ['base', 'from', 'to'], hasResult: true }]

/** A kernel, and what runs around it: in one memory, or each in its own. */
export interface Engine {
  readonly kernel: Kernel
  /** Makes the code for states as they are, or for folded ones. */
  run(shape: ExpanderShape, machine: Machine | null, claims: Claims): Running
}

/** Bytes of a near store that each thread needs for itself. */
export function ownBytes(compiled: CompiledModel, shape: Omit<ExpanderShape, 'isFolded'>): number {
  const given = { arrays: [], functions: [], size: compiled.machine.size }
  const shapes = [false, ...(shape.stateWords > rowWords ? [true] : [])].map((isFolded) => ({ ...shape, isFolded }))
  const most = Math.max(...shapes.map((one) => sizeOfArrays(emitArrays(one), given)))
  return aligned(most)
}

/** Threads share it. Null for a far store. */
export function buildExpander(compiled: CompiledModel, store: StoreBuffers, shape: ExpanderShape): Machine | null {
  if (store.memory === null) return null
  const functions = [...claims, ...ofKernel, ...(shape.isReduced ? ofReducing : [])]
  const arrays = [...kernelArrays(compiled), ...storeArrays(store)]
  return buildMachine(emitExpander(shape), { arrays, functions, size: compiled.machine.size })
}

/** `own`: where the memory of this thread begins, if the store is near. */
export function startEngine(compiled: CompiledModel, store: StoreBuffers, own: number): Engine {
  return store.memory === null ? farEngine(compiled, store) : nearEngine(compiled, store, store.memory, own)
}

function nearEngine(compiled: CompiledModel, store: StoreBuffers, memory: WebAssembly.Memory, own: number): Engine {
  const kernel = createKernel(compiled, { memory, own, functions: {} })
  const { expandBatch, judgeBatch, letter, choose } = kernel
  return {
    kernel,
    run: (shape, machine, claims) => {
      const built = machine ?? (buildExpander(compiled, store, shape) as Machine)
      return run(built, { memory, own, functions: { ...claims, expandBatch, judgeBatch, letter, choose } })
    },
  }
}

function farEngine(compiled: CompiledModel, store: StoreBuffers): Engine {
  const kernel = createKernel(compiled)
  const { states, successors, tags, ends, newOnes, expandBatch, judgeBatch, letter } = kernel
  const { choose, fresh, chosen, raised } = kernel
  const ofReducing = { choose, fresh, chosen, raised }
  return {
    kernel,
    run: (shape, _, claims) =>
      runAsScript(emitExpander(shape), {
        sources: states,
        out: successors,
        tags,
        ends,
        newOnes,
        expandBatch,
        judgeBatch,
        letter,
        ...(shape.isReduced ? ofReducing : {}),
        ...arraysOf(store),
        ...claims,
      }),
  }
}

/** As the program names them. */
function kernelArrays({ machine, stateWords }: CompiledModel): readonly ArrayPlace[] {
  const { states, ...others } = machine.arrays
  if (states === undefined) return []
  const skipped = successorsAt(stateWords)
  const out = { ...states, name: 'out', address: states.address + skipped * 4, length: states.length - skipped }
  return [{ ...states, name: 'sources' }, out, ...Object.values(others)]
}

function storeArrays({ states, table, credit, creditBytes, edges, nodes }: StoreBuffers): readonly ArrayPlace[] {
  const arrayAt = (name: string, { at, bytes }: Place, width: ArrayPlace['width'] = 4): ArrayPlace => ({
    name,
    values: null,
    width,
    length: bytes / width,
    address: at,
    isShared: true,
  })
  return [
    arrayAt('states', states),
    arrayAt('table', table),
    arrayAt('credit', credit, creditBytes),
    ...(edges === null ? [] : [arrayAt('edgePlaces', edges.places)]),
    ...(nodes === null ? [] : [arrayAt('nodes', nodes.pairs), arrayAt('nodeTable', nodes.table)]),
  ]
}
