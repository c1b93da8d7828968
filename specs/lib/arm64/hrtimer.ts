/**
 * The deferred reprogramming of the timer (2026): the timer interrupt may leave the clock event device unprogrammed, and set
 * TIF_HRTIMER_REARM; whoever is about to open interrupts reprograms it. __schedule() takes the flag over, because it may change what
 * is next, and reprograms the device at its end. Forgotten once, the timer never fires again.
 *
 * Sources: commit 0e98eb14814e; include/linux/hrtimer_rearm.h; kernel/sched/core.c (hrtick_schedule_enter, hrtick_schedule_exit).
 */

import { action, type ActionHandle, all, any, each, bool, type Expr, oneOf, set, type Statements, type Variables, when } from 'modelcheck'
import type { Here } from './kernel.ts'

const tasks = ['T1', 'T2', 'idle'] as const

export const timerState = {
  /** `expired`: its interrupt is on the way; `deferred`: to be reprogrammed by the holder of the flag; `scheduler`: by __schedule(). */
  clockevent: oneOf(['programmed', 'expired', 'deferred', 'scheduler']).starts('programmed'),
  /** TIF_HRTIMER_REARM. */
  rearm: each(tasks, bool).starts(false),
}

/** A machine with a deferring timer, or without. */
interface WithTimer {
  readonly me: Here['me']
  readonly cpu: Partial<Variables<typeof timerState>>
}

export const hasTimer = ({ cpu }: Pick<WithTimer, 'cpu'>): boolean => cpu.clockevent !== undefined

/** hrtimer_interrupt(), if this interrupt is the timer's. */
export const hrtimerInterrupt = ({ cpu: { clockevent, rearm }, me }: WithTimer): Statements =>
  clockevent !== undefined && rearm !== undefined &&
  when(clockevent.is('expired'), [set(clockevent, 'deferred'), set(rearm[me], true)])

/** hrtimer_rearm_deferred(). */
export const hrtimerRearmDeferred = ({ cpu: { clockevent, rearm }, me }: WithTimer): Statements =>
  clockevent !== undefined && rearm !== undefined &&
  when(rearm[me], [set(rearm[me], false), set(clockevent, 'programmed')])

/** hrtick_schedule_enter(). */
export const hrtickScheduleEnter = ({ cpu: { clockevent, rearm }, me }: WithTimer): Statements =>
  clockevent !== undefined && rearm !== undefined &&
  when(rearm[me], [set(rearm[me], false), set(clockevent, 'scheduler')])

/** hrtick_schedule_exit(). */
export const hrtickScheduleExit = ({ cpu: { clockevent } }: Pick<WithTimer, 'cpu'>): Statements =>
  clockevent !== undefined && when(clockevent.is('scheduler'), set(clockevent, 'programmed'))

/** Somebody has to reprogram the device. */
export const isRearmDue = ({ cpu: { clockevent } }: Pick<WithTimer, 'cpu'>): Expr<boolean> =>
  clockevent === undefined ? all(false) : any(clockevent.is('deferred'), clockevent.is('scheduler'))

/** The device fires. */
export const timerExpires = ({ cpu }: Pick<Here, 'cpu'>): readonly ActionHandle[] => {
  const { clockevent, irqPending } = cpu
  return clockevent === undefined ? [] : [
    action('the timer expires', {}, () => ({
      lane: 'device', when: clockevent.is('programmed'), then: [set(clockevent, 'expired'), set(irqPending, true)],
    })),
  ]
}
