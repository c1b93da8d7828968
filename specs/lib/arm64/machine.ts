/**
 * The machine: one CPU with its masks, its interrupt controller and what lockdep, the tracer and RCU believe of it; and
 * tasks.
 *
 * DAIF and PMR belong to the CPU. An exception saves them in its frame (hardware DAIF, kernel_entry PMR); a context switch
 * leaves them as they are. Sources: Arm ARM DDI 0487, D1.3; arch/arm64/kernel/entry.S; arch/arm64/kernel/process.c.
 */

import { bool, each, oneOf, range, record, state, type Variables } from 'modelcheck'
import { type UserTaskState, userTaskState } from './exit-to-user.ts'
import { fiqState } from './fiq.ts'
import { intid, lifeCycle } from './gic.ts'
import { timerState } from './hrtimer.ts'
import { type InstrumentationLocals, instrumentationLocals } from './instrumentation.ts'
import { hardirqs } from './lockdep.ts'
import { mteRegisters } from './mte.ts'
import { preemptCount, preemptible } from './preempt-count.ts'
import { flags, mask, open, openMask, priority } from './pstate.ts'
import { softirqState } from './softirq.ts'
import { stackState } from './stacks.ts'

export const tasks = ['T1', 'T2', 'idle'] as const
export type Task = (typeof tasks)[number]

/** What an exception frame holds, and what its handler keeps in local variables. */
export const frame = {
  /** pt_regs: SPSR and the saved PMR. */
  regs: mask.starts(openMask),
  /** irqentry_state_t; `lockdep` is what an NMI-like entry found, and has to leave behind. */
  state: record({ exitRcu: bool, lockdep: oneOf(['unread', 'off', 'on']) }).starts({ exitRcu: false, lockdep: 'unread' }),
  /** What IAR returned. */
  intid: intid.starts('none'),
  /** The argument of local_irq_restore(), and what the idle loop saves around WFI. */
  saved: mask.starts(openMask),
  /** Observer: the mask when the exception was taken. */
  interrupted: mask.starts(openMask),
}
/** Of tasks on a machine that has these parts. */
export const frameOf = (having: readonly Part[]) => (having.includes('instrumentation') ? { ...frame, ...instrumentationLocals } : frame)
export type Frame = Variables<typeof frame> & Partial<InstrumentationLocals>

/** What only some models look at; everywhere else it would tell apart what is the same. */
const parts = {
  EL0: userTaskState(tasks), FIQ: fiqState, MTE: mteRegisters, softirqs: softirqState, stacks: stackState, timer: timerState,
  /** Its variables are in every frame. */
  instrumentation: {},
}
export type Part = keyof typeof parts

type Optional = Partial<
  UserTaskState & Variables<typeof fiqState & typeof mteRegisters & typeof softirqState & typeof stackState & typeof timerState>
>

/** `startsAtEl0`: the first task runs at EL0, where RCU does not watch. */
const core = (startsAtEl0: boolean) =>
  state({
    current: oneOf(tasks).starts('T1'),
    daif: flags.starts(open),
    pmr: priority.starts('ON'),
    irqPending: bool.starts(false),
    nmiPending: bool.starts(false),
    irq: lifeCycle.starts('inactive'),
    nmi: lifeCycle.starts('inactive'),
    needResched: each(tasks, bool).starts(false),
    preemptCount: each(tasks, preemptCount).starts({
      T1: preemptible, T2: preemptible, idle: { ...preemptible, preempt: 1 },
    }),
    /** Sleeps until somebody wakes it; the idle task never does, and runs when all others sleep. */
    asleep: each(tasks, bool).starts(false),
    hardirqs: hardirqs.starts({ L: true, T: true }),
    rcuWatching: bool.starts(!startsAtEl0),
    nmiNesting: range(0, 15).starts(0),
    /** Observer: the mask with which a task was switched out. */
    switchedOut: each(tasks, mask).starts(openMask),
  })

export type Machine = ReturnType<typeof core> & Optional

export const machine = (having: readonly Part[] = [], startsAtEl0 = false): Machine =>
  Object.assign(core(startsAtEl0), ...having.map((part) => state(parts[part])))
