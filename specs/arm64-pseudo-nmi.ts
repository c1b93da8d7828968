/**
 * The users of pseudo-NMI on a second CPU: the PMU, backtraces of all CPUs, panic, and the kernel debugger. Does each get its answer from a CPU
 * whose tasks may keep interrupts off for ever?
 *
 * Without pseudo-NMI no user does: that is what it is for. With it all do, unless the entry code leaves the CPU deaf.
 * docs/arm64-entry.md explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import { backtrace, kgdb, pmu, stop } from './lib/arm64/nmi-users.ts'
import { interrupted } from './lib/arm64/pseudo-nmi.ts'

/** What each user wants of a CPU that keeps interrupts off. */
const wanted = {
  pmu: ['PMU: code with interrupts off can be sampled', 'PMU: every overflow is sampled'],
  backtrace: ['backtrace: every CPU answers'],
  stop: ['stop: every CPU is stopped'],
  kgdb: ['KGDB: the round-up completes'],
} as const
const users = { pmu, backtrace, stop, kgdb } as const
type Name = keyof typeof users

const plain = (name: Name, unreachable: readonly string[] = []) => interrupted(`${name}-c4`, {
  user: users[name], design: rework, mode: 'no-pNMI', expectViolated: [...wanted[name], ...unreachable],
})
const b = (name: Name) => interrupted(`${name}-b-pnmi`, { user: users[name], design: merged, mode: 'pNMI' })
const bNoGate = (name: Name) => interrupted(`${name}-b-no-gate-pnmi`, {
  user: users[name], design: mergedWithoutGate, mode: 'pNMI', expectViolated: [...wanted[name], pmrWarning],
})
const c4 = (name: Name) => interrupted(`${name}-c4-pnmi`, {
  user: users[name], design: rework, mode: 'pNMI', expectViolated: [pmrWarning],
})
const d = (name: Name) => interrupted(`${name}-d-pnmi`, { user: users[name], design: proposal, mode: 'pNMI' })
const e5 = (name: Name) => interrupted(`${name}-e5-pnmi`, { user: users[name], design: lateTfsr, mode: 'pNMI' })

export const pmuPlain = plain('pmu', [
  'PMU: a sample is taken with interrupts off', 'PMU: a sample is taken in the handler of an interrupt',
])
export const pmuB = b('pmu')
export const pmuBNoGate = bNoGate('pmu')
export const pmuC4 = c4('pmu')
export const pmuD = d('pmu')
export const pmuE5 = e5('pmu')

export const backtracePlain = plain('backtrace')
export const backtraceB = b('backtrace')
export const backtraceBNoGate = bNoGate('backtrace')
export const backtraceC4 = c4('backtrace')
export const backtraceD = d('backtrace')
export const backtraceE5 = e5('backtrace')

export const stopPlain = plain('stop')
export const stopB = b('stop')
export const stopBNoGate = bNoGate('stop')
export const stopC4 = c4('stop')
export const stopD = d('stop')
export const stopE5 = e5('stop')

export const kgdbPlain = plain('kgdb')
export const kgdbB = b('kgdb')
export const kgdbBNoGate = bNoGate('kgdb')
export const kgdbC4 = c4('kgdb')
export const kgdbD = d('kgdb')
export const kgdbE5 = e5('kgdb')
