/**
 * What must happen in the arm64 entry code, and not only what must not: interrupts and pseudo-NMIs get handled, a request to
 * reschedule leads to the scheduler, an SError is taken. (A task that is awake runs: arm64-wakeups.ts.)
 *
 * Fairness is physical: a CPU goes on with its code, and an exception whose way is open again and again is taken. Nobody is obliged to
 * raise an interrupt. docs/arm64-entry.md explains the verdicts.
 */

import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import { liveness } from './lib/arm64/liveness.ts'

/** The next task runs with A masked, and may do so for ever. */
export const mergedDesign = liveness('merged', {
  design: merged, mode: 'no-pNMI', expectViolated: ['L-4: a pending SError is taken'],
})
export const mergedPnmi = liveness('merged-pnmi', { design: merged, mode: 'pNMI' })
/** The next task runs with DAIF.I masked and PMR open: deaf until some exception return rewrites DAIF, and none comes. */
export const mergedPnmiNoGate = liveness('merged-pnmi-no-gate', {
  design: mergedWithoutGate, mode: 'pNMI',
  expectViolated: [
    'L-1: a pending pseudo-NMI is handled',
    'L-2: a pending interrupt is handled',
    'L-3: a request to reschedule leads to the scheduler',
    'L-4: a pending SError is taken',
    pmrWarning,
  ],
})
export const reworkDesign = liveness('rework', { design: rework, mode: 'no-pNMI' })
export const reworkPnmi = liveness('rework-pnmi', { design: rework, mode: 'pNMI' })

/** Tasks with an EL0 half: the way in, the work before the way out, and ERET. */
export const mergedUser = liveness('merged-user', { design: merged, mode: 'no-pNMI', fromEl0: true })
export const reworkUser = liveness('rework-user', { design: rework, mode: 'no-pNMI', fromEl0: true })
export const reworkUserPnmi = liveness('rework-user-pnmi', { design: rework, mode: 'pNMI', fromEl0: true })
export const proposalUser = liveness('proposal-user', { design: proposal, mode: 'no-pNMI', fromEl0: true })
