/**
 * Softirqs and the deferred timer under the designs of the arm64 entry code: softirqs run on the way out of an interrupt, with interrupts
 * enabled, and the timer has to be reprogrammed before that, before a return, and in the scheduler.
 *
 * Models of their own: in the others this would multiply the states. docs/arm64-entry.md explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { rearmingExit } from './lib/arm64/exit-to-user.ts'
import { lockdepAfterMask, wrongMask } from './lib/arm64/findings.ts'
import { leastHardware } from './lib/arm64/hardware.ts'
import { timerExpires } from './lib/arm64/hrtimer.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Design } from './lib/arm64/kernel.ts'
import { timerProperties } from './lib/arm64/properties/timers.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { system } from './lib/arm64/system.ts'

/** preempt_schedule_irq() opens interrupts before __schedule() takes over the flag; whoever comes there reprograms the timer. */
const window = ['TIMER-2: interrupts are never open with the timer unprogrammed']

/** SErrors and watchpoints neither raise softirqs nor read the timer. */
const interrupts = (name: string, design: Design, mode: Mode, expectViolated: readonly string[] = [], nesting = { depth: 2, otherDepth: 1 }) =>
  system(mode === 'pNMI' ? `${name}-pnmi` : name, {
    design, mode, expectViolated: [...window, ...expectViolated],
    tasks: ['T1', 'T2'], preempts: ['__el1_irq'], having: ['softirqs', 'timer'],
    budgets: { SError: 0, watchpoint: 0 }, nesting,
  })

export const b = interrupts('b', merged, 'no-pNMI', wrongMask, { depth: 1, otherDepth: 1 })
export const c1 = interrupts('c1', patch1, 'no-pNMI')
export const c4 = interrupts('c4', rework, 'no-pNMI')
export const c5 = interrupts('c5', linux73, 'no-pNMI')
export const d = interrupts('d', proposal, 'no-pNMI', lockdepAfterMask)
export const e5 = interrupts('e5', lateTfsr, 'no-pNMI', lockdepAfterMask)

export const c1Pnmi = interrupts('c1', patch1, 'pNMI')
export const c4Pnmi = interrupts('c4', rework, 'pNMI', [pmrWarning])
export const c5Pnmi = interrupts('c5', linux73, 'pNMI')
export const dPnmi = interrupts('d', proposal, 'pNMI', lockdepAfterMask)

/** The timer and the exit to EL0, of two tasks that have an EL0 half. */
const timerUser = (name: string, design: Design, expectViolated: readonly string[] = []) =>
  system(`${name}-user`, {
    design, mode: 'no-pNMI', expectViolated: [...window, ...expectViolated],
    tasks: ['T1', 'T2'], users: ['T1', 'T2'], preempts: [], having: ['timer'], outside: (k) => [...leastHardware(k), ...timerExpires(k)],
    claims: timerProperties, budgets: { SError: 0, watchpoint: 0, 'SError from EL0': 0, 'watchpoint from EL0': 0 },
  })

/** What arm64 calls, exit_to_user_mode_prepare_legacy(), would forget the timer, were arm64 to defer it. */
export const c4User = timerUser('c4', rework, ['TIMER-1: no interrupt or abort returns to interrupts on with the timer unprogrammed'])
export const c4RearmingUser = timerUser('c4-rearming', rearmingExit(rework))
export const c5RearmingUser = timerUser('c5-rearming', rearmingExit(linux73))
export const dRearmingUser = timerUser('d-rearming', rearmingExit(proposal))
