/**
 * arm64 exception entry and exit: does any interleaving of interrupts, pseudo-NMIs, aborts, SErrors and debug exceptions
 * leave a task with the wrong exceptions masked?
 *
 * Designs: the generic entry code as merged for v6.18, whose exit path may preempt while everything is masked, and the upstream
 * rework that followed. What is modelled, and why each verdict is what it is: docs/arm64-entry.md.
 */

import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { deaf, everyDesign, switchedMasked, wrongMask } from './lib/arm64/findings.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import { system } from './lib/arm64/system.ts'

export const mergedDesign = system('merged', {
  design: merged, mode: 'no-pNMI', preempts: ['el1_abort', '__el1_irq'],
  expectViolated: [...wrongMask, ...everyDesign],
})

export const mergedPnmi = system('merged-pnmi', {
  design: merged, mode: 'pNMI', preempts: ['__el1_irq'], expectViolated: everyDesign,
})

export const mergedPnmiNoGate = system('merged-pnmi-no-gate', {
  design: mergedWithoutGate, mode: 'pNMI', preempts: ['el1_abort', '__el1_irq'],
  expectViolated: [...switchedMasked, ...deaf, ...everyDesign, pmrWarning],
})

export const reworkDesign = system('rework', {
  design: rework, mode: 'no-pNMI', preempts: ['el1_abort', '__el1_irq'], expectViolated: everyDesign,
})

/** An abort inside a handler that runs with the PSR flag: local_irq_disable() on the way out overwrites it. */
export const reworkPnmi = system('rework-pnmi', {
  design: rework, mode: 'pNMI', preempts: ['el1_abort', '__el1_irq'], expectViolated: [...everyDesign, pmrWarning],
})
