/**
 * arm64: restartable sequences were not aborted when their task was preempted.
 *
 * A sequence works on data of its CPU without a lock; the kernel aborts it when its task was scheduled away in between. The
 * work on the way back to EL0 looks at a note that every entry by interrupt or fault must leave, rseq_event::user_irq. arm64 never
 * left it, and when the work came to rely on it, nothing was aborted any more. Here two tasks of one CPU count in one variable.
 * Source: commit 411c1cf43039; arch/arm64/kernel/entry-common.c, include/linux/rseq_entry.h.
 */

import {
  all, always, arrival, at, bool, type Calls, decide, each, finished, implies, type Lines, model, not, oneOf, range, reachable, repeat,
  routines, set, state, step, threads, type Var, when,
} from 'modelcheck'

const tasks = ['T1', 'T2'] as const
type Task = (typeof tasks)[number]
const rival = { T1: 'T2', T2: 'T1' } as const

const machine = () => state({
  current: oneOf(tasks).starts('T1'),
  needResched: bool.starts(false),
  /** The data of this CPU. */
  counter: range(0, 2).starts(0),
  /** rseq::rseq_cs is set, and the instruction pointer is inside. */
  inSequence: each(tasks, bool).starts(false),
  /** The kernel has moved the task to its abort handler. */
  aborted: each(tasks, bool).starts(false),
  /** rseq_event. */
  userIrq: each(tasks, bool).starts(false),
  schedSwitch: each(tasks, bool).starts(false),
  hasExited: each(tasks, bool).starts(false),
  /** Observer: the other task ran since this one's sequence began. */
  overtaken: each(tasks, bool).starts(false),
})

interface Here extends ReturnType<typeof machine> {
  readonly me: Task
  readonly code: Calls<keyof Design>
}
type Name = 'el0_interrupt' | 'arm64_enter_from_user_mode' | 'arm64_exit_to_user_mode' | '__schedule' | 'rseq_exit_to_user_mode'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const unnoted: Design = {
  el0_interrupt: ({ me, code, needResched, hasExited }) => [
    code.arm64_enter_from_user_mode(),
    step('handle: resched_curr', set(needResched, not(hasExited[rival[me]]))),
    code.arm64_exit_to_user_mode(),
  ],
  arm64_enter_from_user_mode: () => step('enter_from_user_mode'),
  arm64_exit_to_user_mode: ({ code, needResched }) => [
    decide(needResched, code.__schedule()),
    code.rseq_exit_to_user_mode(),
    step('exit_to_user_mode'),
  ],
  __schedule: ({ me, current, needResched, schedSwitch, inSequence, overtaken }) => [
    step('__switch_to', set(needResched, false), set(schedSwitch[me], true), set(current, rival[me]),
      when(inSequence[me], set(overtaken[me], true))),
    step('finish_task_switch'),
  ],
  rseq_exit_to_user_mode: ({ me, userIrq, schedSwitch, inSequence, aborted }) => [
    decide(all(userIrq[me], schedSwitch[me]), step('rseq_ip_fixup', when(inSequence[me], set(aborted[me], true)))),
    step('ev->events := 0', set(userIrq[me], false), set(schedSwitch[me], false)),
  ],
}
const noted: Design = {
  ...unnoted,
  arm64_enter_from_user_mode: ({ me, userIrq }) => [
    step('enter_from_user_mode'),
    step('rseq_note_user_irq_entry', set(userIrq[me], true)),
  ],
}

const userCode = ['read', 'commit', 'aborted?']
const isAborted = 'a sequence is aborted when its task was preempted'

/** Counts once; begins anew as long as it is aborted. The commit is the last instruction of the sequence. */
const increment = ({ me, counter, inSequence, aborted, overtaken }: Here, seen: Var<number>): Lines =>
  repeat([
    step('read', set(aborted[me], false), set(overtaken[me], false), set(inSequence[me], true), set(seen, counter)),
    step('commit', set(inSequence[me], false), when(aborted[me], [], set(counter, seen.plus(1)))),
  ], 'aborted?', aborted[me])

const counting = (design: Design) => {
  const k = machine()
  const { current, counter, aborted, overtaken } = k
  const bind = (me: Task): Here => ({ ...k, me, code: routines(design, { ...k, me }) })

  const task = threads(tasks, {
    locals: { seen: range(0, 2).starts(0) },
    runs: (me) => current.is(me),
    arrivals: (me) => [
      arrival('IRQ', {
        when: true,
        limit: 1,
        budget: 3,
        notAt: (label) => !userCode.includes(label),
        runs: bind(me).code.el0_interrupt(),
        returns: step('ERET'),
      }),
    ],
  }, (me, { seen }) => [increment(bind(me), seen), step('exit', set(k.hasExited[me], true), set(current, rival[me]))])

  return {
    threads: task,
    properties: {
      [isAborted]: always(all(tasks.map((me) =>
        implies(all(current.is(me), at(task[me], 'commit'), overtaken[me]), aborted[me])))),
      'no increment is lost': always(implies(all(tasks.map((me) => finished(task[me]))), counter.is(2))),
      'both finish': reachable(all(tasks.map((me) => finished(task[me])))),
      'a task is preempted in its sequence': reachable(overtaken.T1),
    },
  }
}

export const buggy = model('rseq-abort', () => ({ ...counting(unnoted), expectViolated: [isAborted, 'no increment is lost'] }))
export const fixed = model('rseq-abort-noted', () => counting(noted))
