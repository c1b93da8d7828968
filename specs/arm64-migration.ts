/**
 * Two CPUs and two tasks that migrate: a task is preempted inside an exception on one CPU and goes on on the other. DAIF and PMR belong to the
 * CPU, the saved mask to the task; is the right one of the two restored, and does a wrong mask stay where it arose?
 *
 * docs/pseudo-nmi.md explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import { migration } from './lib/arm64/migration.ts'

const sw1 = 'SW-1: a task switch happens with exactly interrupts masked'
const sw2 = 'SW-2: a task finds the mask it was switched out with'
const en1 = 'EN-1: enabled interrupts are deliverable, where instrumentation may run'
/** The task that preempts, T2, is the one that runs on with the wrong mask. */
const wrongMask = [
  `${sw1} (T1)`, `${sw1} (T2)`, `${sw2} (T1)`, `${sw2} (T2)`,
  'SE-1: no task runs its own code with SError masked (T2)',
  'DBG-1: no task runs its own code with debug exceptions masked (T2)',
]

export const b = migration('merged', {
  design: merged, mode: 'no-pNMI',
  expectViolated: [...wrongMask, 'NEST-1: an exception lets nothing in that is masked where it broke in (T2)', 'MIG-2: an exception that began on another CPU brings no SError or debug mask from there (T2)'],
})
export const bPnmi = migration('merged-pnmi', { design: merged, mode: 'pNMI' })
export const bNoGatePnmi = migration('merged-pnmi-no-gate', {
  design: mergedWithoutGate, mode: 'pNMI',
  expectViolated: [
    ...wrongMask, `${en1} (T1)`, `${en1} (T2)`, 'NMI-1: disabling interrupts does not hold back a pseudo-NMI (T2)', pmrWarning,
  ],
})
export const c4 = migration('rework', { design: rework, mode: 'no-pNMI' })
export const c4Pnmi = migration('rework-pnmi', { design: rework, mode: 'pNMI' })
export const d = migration('proposal', { design: proposal, mode: 'no-pNMI' })
export const dPnmi = migration('proposal-pnmi', { design: proposal, mode: 'pNMI' })
export const e5 = migration('late-tfsr', { design: lateTfsr, mode: 'no-pNMI' })
export const e5Pnmi = migration('late-tfsr-pnmi', { design: lateTfsr, mode: 'pNMI' })
