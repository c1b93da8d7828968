/**
 * Runs what a search runs often on made-up states (see `rehearsalOf`), so that it is optimised early.
 */

import type { CompiledModel, Kernel } from '../compile/compiled-model.ts'
import type { GeneratedExpander } from './generated-expander.ts'
import { tableShape } from './store.ts'

/** States that are expanded, and judged, at a time. */
const groupSize = 16
const rehearsalMs = 8
/** Enough for the optimiser to think `rehash` worth its while. */
const rehashRehearsals = 20
/** 4,096 slots. */
const rehearsalTableClass = 40

/** Costs some milliseconds at most. Requires that nothing was counted, and leaves it so. */
export function rehearseKernel(kernel: Kernel, { rehearsal, stateWords }: CompiledModel): void {
  const deadline = performance.now() + rehearsalMs
  for (let at = 0; at < rehearsal.length && performance.now() < deadline; at += groupSize * stateWords) {
    const group = rehearsal.subarray(at, at + groupSize * stateWords)
    const count = group.length / stateWords
    kernel.states.set(group)
    kernel.expandBatch(0, count, 0)
    kernel.successors.set(group)
    for (let i = 0; i < count; i++) kernel.newOnes[i] = i
    kernel.judgeBatch(count)
  }
  kernel.counters.fill(0)
  kernel.lanes.fill(0)
}

/** In a table of its own. Leaves the table's shape to be set again. */
export function rehearseRehash(generated: GeneratedExpander, { rehearsal, stateWords }: CompiledModel): void {
  const { slots, multiple, shift, indexBits } = tableShape(rehearsalTableClass)
  const table = new Int32Array(new SharedArrayBuffer(slots * 4))
  generated.resize(slots, multiple, shift, indexBits)
  for (let round = 0; round < rehashRehearsals; round++) {
    table.fill(0)
    generated.rehashElsewhere(rehearsal, table, rehearsal.length / stateWords)
  }
}
