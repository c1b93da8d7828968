/**
 * x86, generic entry code: an interrupt of the idle task told RCU only if RCU was not watching.
 *
 * The interrupt that wakes a CPU from idle may run softirqs with interrupts on, and the tick may nest in them. RCU watches by
 * then, so that the tick did not count itself; to RCU it looked like a tick that came straight from idle, where nobody reads.
 * The grace period ended although the softirq was reading. The fix: every interrupt of the idle task calls rcu_irq_enter().
 * Source: commit 0bf3924bfabd; kernel/rcu/tree.c (rcu_nmi_enter, rcu_is_cpu_rrupt_from_idle).
 */

import {
  all, always, any, arrival, at, bool, branch, type Calls, check, forever, idle, implies, type Lines, model, nesting, not, oneOf,
  range, reachable, routines, set, state, step, threads, until, type Variables, when,
} from 'modelcheck'

const kernel = () => state({
  interruptsOn: bool.starts(true),
  /** Between rcu_idle_enter() and rcu_idle_exit(). */
  isIdle: bool.starts(false),
  watching: bool.starts(true),
  nmiNesting: range(0, 7).starts(0),
  grace: oneOf(['none', 'waiting', 'over']).starts('none'),
  data: oneOf(['published', 'removed', 'freed']).starts('published'),
})
const locals = { exitRcu: bool.starts(false), saw: bool.starts(false) }

interface Here extends ReturnType<typeof kernel> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'rcu_irq_enter' | 'rcu_irq_exit' | 'irqentry_enter' | 'irqentry_exit']: (k: Here) => Lines }

/** The nesting counter is odd while the outermost interrupt is one that came from idle. */
const unconditional: Design = {
  rcu_irq_enter: ({ watching, nmiNesting }) =>
    step('count in', when(watching, set(nmiNesting, nmiNesting.plus(2)), [set(watching, true), set(nmiNesting, nmiNesting.plus(1))])),
  rcu_irq_exit: ({ watching, nmiNesting }) =>
    step('count out', when(nmiNesting.is(1), [set(watching, false), set(nmiNesting, 0)], set(nmiNesting, nmiNesting.minus(2)))),
  irqentry_enter: ({ code, frame }) => [code.rcu_irq_enter(), step('exit_rcu := true', set(frame.exitRcu, true))],
  irqentry_exit: ({ code, frame }) => branch('exit_rcu?', frame.exitRcu, code.rcu_irq_exit()),
}
const onlyIfNotWatching: Design = {
  ...unconditional,
  irqentry_enter: (k) => branch('rcu_is_watching()?', k.watching, step('exit_rcu := false'), unconditional.irqentry_enter(k)),
}

const noUseAfterFree = 'RCU-1: a grace period waits for the readers it began with'

const idling = (design: Design) => {
  const k = kernel()
  const { interruptsOn, isIdle, watching, nmiNesting, grace, data } = k
  const fromIdle = all(isIdle, nmiNesting.le(1))

  const { cpu } = threads(['cpu'], {
    locals,
    arrivals: (_, frame) => {
      const code = routines(design, { ...k, frame })
      const interrupt = (name: string, body: Lines) => arrival(name, {
        when: interruptsOn,
        limit: 1,
        does: set(interruptsOn, false),
        runs: [code.irqentry_enter(), body, code.irqentry_exit()],
        returns: step('iret', set(interruptsOn, true)),
      })
      return [
        interrupt('device', [
          step('softirq: interrupts on', set(interruptsOn, true)),
          step('rcu_read_lock and look', set(frame.saw, data.is('published'))),
          step('read', check(any(not(frame.saw), data.isNot('freed')), noUseAfterFree)),
          step('rcu_read_unlock', set(frame.saw, false)),
          step('softirq: interrupts off', set(interruptsOn, false)),
        ]),
        interrupt('tick', branch('from idle, and awaited?', all(fromIdle, grace.is('waiting')), step('quiescent state', set(grace, 'over')))),
      ]
    },
  }, () => forever(
    step('rcu_idle_enter', set(isIdle, true), set(watching, false)),
    idle('wait for interrupt'),
    step('rcu_idle_exit', set(isIdle, false), set(watching, true)),
  ))

  const { updater } = threads(['updater'], {}, () => [
    step('remove', set(data, 'removed')),
    step('synchronize_rcu', set(grace, 'waiting')),
    until('wait for readers', grace.is('over')),
    step('free', set(data, 'freed')),
  ])
  return {
    threads: [cpu, updater],
    properties: {
      'the updater frees': reachable(data.is('freed')),
      'a tick nests in a softirq': reachable(nesting(cpu).is(2)),
      'RCU stops watching when the last interrupt of the idle task ends': always(implies(at(cpu, 'wait for interrupt'), not(watching))),
    },
  }
}

export const buggy = model('idle-rcu', () => ({ ...idling(onlyIfNotWatching), expectViolated: [noUseAfterFree] }))
export const fixed = model('idle-rcu-unconditional', () => idling(unconditional))
