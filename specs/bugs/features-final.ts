/**
 * arm64: a task preempted in an interrupt return, before all CPU features were on, turned one of them off again.
 *
 * Preemption leaves a task's PSTATE in its exception frame. Enabling a feature such as PAN changes the CPU's PSTATE, but not
 * the frames of tasks that were switched out: the first of them to resume restores PSTATE without PAN. The fix: an interrupt
 * return does not preempt until the CPU's features are final.
 * Source: arch/arm64/kernel/entry.S of 2019, entry-common.c (need_irq_preemption). The commit id is unconfirmed.
 */

import {
  all, always, arrival, at, bool, type Calls, decide, either, forever, idle, implies, type Lines, model, not, oneOf, reachable,
  routines, set, state, step, threads, type Variables,
} from 'modelcheck'

const registers = () => state({
  current: oneOf(['worker', 'init']).starts('worker'),
  irqMasked: bool.starts(false),
  pan: bool.starts(false),
  needResched: bool.starts(false),
  featuresFinal: bool.starts(false),
})
const locals = { spsrPan: bool.starts(false) }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'irqentry_exit' | 'preempt_schedule_irq']: (k: Here) => Lines }

const atOnce: Design = {
  irqentry_exit: ({ code, needResched }) => decide(needResched, code.preempt_schedule_irq()),
  preempt_schedule_irq: ({ current, needResched }) => [
    step('__switch_to init', set(needResched, false), set(current, 'init')),
    step('back on the CPU'),
  ],
}
const onceFinal: Design = {
  ...atOnce,
  irqentry_exit: ({ code, needResched, featuresFinal }) => decide(all(needResched, featuresFinal), code.preempt_schedule_irq()),
}

const booting = (design: Design) => {
  const k = registers()
  const { current, irqMasked, pan, needResched, featuresFinal } = k
  const runs = (me: 'worker' | 'init') => current.is(me)
  const schedule = (to: 'worker' | 'init') => [
    step('local_irq_disable', set(irqMasked, true)),
    step(`__switch_to ${to}`, set(needResched, false), set(current, to)),
    step('finish_task_switch', set(irqMasked, false)),
  ]

  const { worker } = threads(['worker'], {
    runs,
    locals,
    arrivals: (_, frame) => [
      arrival('IRQ', {
        when: not(irqMasked),
        limit: 1,
        does: [set(frame.spsrPan, pan), set(irqMasked, true)],
        runs: [step('handle: wake init', set(needResched, true)), routines(design, { ...k, frame }).irqentry_exit()],
        returns: step('ERET', set(pan, frame.spsrPan), set(irqMasked, false)),
      }),
    ],
  }, () => forever(idle('work'), schedule('init')))

  const { init } = threads(['init'], { runs }, () => [
    step('schedule_tail', set(irqMasked, false)),
    step('cpu_enable_pan', set(pan, true)),
    either(schedule('worker'), step('go on')),
    step('system capabilities are final', set(featuresFinal, true)),
    forever(schedule('worker')),
  ])

  return {
    threads: [worker, init],
    properties: {
      'PRE-1: no task is preempted before the CPU features are final': always(implies(at(worker, 'back on the CPU'), featuresFinal)),
      'a feature that is final stays on': always(implies(featuresFinal, pan)),
      'a task is preempted': reachable(at(worker, 'back on the CPU')),
    },
  }
}

export const buggy = model('features-final', () => ({
  ...booting(atOnce),
  expectViolated: ['PRE-1: no task is preempted before the CPU features are final', 'a feature that is final stays on'],
}))

export const fixed = model('features-final-gate', () => booting(onceFinal))
