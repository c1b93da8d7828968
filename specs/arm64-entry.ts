/**
 * arm64 exception entry and exit: does any interleaving of interrupts, pseudo-NMIs, aborts, SErrors and debug exceptions
 * leave a task with the wrong exceptions masked?
 *
 * Designs: the generic entry code as merged for v6.18, whose exit path may preempt while everything is masked, and the upstream
 * rework that followed. What is modelled, and why each verdict is what it is: docs/arm64-entry.md.
 */

import { daifGate, merged, noGate } from './lib/arm64/merged.ts'
import { rework } from './lib/arm64/rework.ts'
import { system } from './lib/arm64/system.ts'

export const mergedDesign = system('merged', {
  design: merged(daifGate), mode: 'no-pNMI', preempts: ['el1_abort', '__el1_irq'],
})

export const mergedPnmi = system('merged-pnmi', {
  design: merged(daifGate), mode: 'pNMI', preempts: ['__el1_irq'],
})

export const mergedPnmiNoGate = system('merged-pnmi-no-gate', {
  design: merged(noGate), mode: 'pNMI', preempts: ['el1_abort', '__el1_irq'],
})

export const reworkDesign = system('rework', {
  design: rework, mode: 'no-pNMI', preempts: ['el1_abort', '__el1_irq'],
})

export const reworkPnmi = system('rework-pnmi', {
  design: rework, mode: 'pNMI', preempts: ['el1_abort', '__el1_irq'],
})
