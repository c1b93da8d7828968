/**
 * arm64: system calls were traced, and opened to interrupts, before RCU watched and before lockdep was told that they are off.
 *
 * el0_svc_common() unmasked everything and then called user_exit(), which makes RCU watch. An interrupt in between was traced by
 * el1_irq, which relies on RCU. The first fix swaps the two. What ran before them was still code that may be instrumented, in the
 * state of EL0; the second fix puts lockdep, RCU and the tracer right in enter_from_user_mode(), which must not be instrumented.
 * Source: commits ca1314d73eed and 23529049c684; arch/arm64/kernel/syscall.c, arch/arm64/kernel/entry-common.c.
 */

import {
  all, always, arrival, at, bool, type Calls, forever, idle, implies, type Lines, model, not, reachable, routines, set, state, step,
  threads,
} from 'modelcheck'

const cpu = () => state({
  masked: bool.starts(false),
  pending: bool.starts(true),
  /** In EL0 RCU does not watch, and lockdep believes interrupts on. */
  rcuWatching: bool.starts(false),
  lockdepOn: bool.starts(true),
})

interface Here extends ReturnType<typeof cpu> {
  readonly code: Calls<keyof Design>
}
type Name = 'el0_svc' | 'enter_from_user_mode' | 'el0_svc_common' | 'ret_to_user' | 'el1_irq'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const userExit = ({ rcuWatching }: Here) => step('user_exit', set(rcuWatching, true))
const unmask = ({ masked, lockdepOn }: Here) => [
  step('local_daif_restore: trace_hardirqs_on', set(lockdepOn, true)),
  step('local_daif_restore: unmask', set(masked, false)),
]

const unmaskedFirst: Design = {
  el0_svc: ({ code }) => [code.el0_svc_common(), code.ret_to_user()],
  enter_from_user_mode: (k) => [step('lockdep_hardirqs_off', set(k.lockdepOn, false)), userExit(k)],
  el0_svc_common: (k) => [step('el0_svc_common'), unmask(k), userExit(k), step('system call')],
  ret_to_user: ({ masked, lockdepOn, rcuWatching }) => [
    step('disable_daif', set(masked, true)),
    step('user_enter_irqoff', set(rcuWatching, false), set(lockdepOn, true)),
  ],
  el1_irq: ({ pending, lockdepOn }) => [
    step('el1_irq: trace_hardirqs_off', set(lockdepOn, false)),
    step('irq_handler', set(pending, false)),
    step('el1_irq: trace_hardirqs_on', set(lockdepOn, true)),
  ],
}
const userExitFirst: Design = {
  ...unmaskedFirst,
  el0_svc_common: (k) => [step('el0_svc_common'), userExit(k), unmask(k), step('system call')],
}
const enteredFirst: Design = {
  ...userExitFirst,
  el0_svc: ({ code }) => [code.enter_from_user_mode(), code.el0_svc_common(), code.ret_to_user()],
  el0_svc_common: (k) => [step('el0_svc_common'), unmask(k), step('system call')],
}

/** These make their claims about interrupts while they run, so that lockdep is not asked there. */
const tracing = ['local_daif_restore: trace_hardirqs_on', 'el1_irq: trace_hardirqs_off', 'el1_irq: trace_hardirqs_on']
const instrumented = ['el0_svc_common', 'irq_handler', 'system call']

const tracedInterrupt = 'RCU-1: RCU watches when an interrupt of the kernel is traced'
const everywhere = 'RCU-1: RCU watches where instrumentation may run'
const lockdepBelief = 'LKD-1: lockdep believes what the hardware does, where instrumentation may run'

const systemCalls = (design: Design) => {
  const k = cpu()
  const { masked, pending, rcuWatching, lockdepOn } = k

  const { task } = threads(['task'], {
    arrivals: () => {
      const code = routines(design, k)
      return [
        arrival('svc', {
          when: true,
          limit: 1,
          notAt: (label) => label !== 'user code',
          does: set(masked, true),
          runs: code.el0_svc(),
          returns: step('ERET to EL0', set(masked, false)),
        }),
        arrival('IRQ', {
          when: all(pending, not(masked)),
          limit: 1,
          notAt: ['user code'],
          does: set(masked, true),
          runs: code.el1_irq(),
          returns: step('ERET', set(masked, false)),
        }),
      ]
    },
  }, () => forever(idle('user code')))

  const isAt = (labels: readonly string[]) => at(task, (label) => labels.includes(label))
  return {
    threads: task,
    properties: {
      [tracedInterrupt]: always(implies(isAt(['el1_irq: trace_hardirqs_off', 'irq_handler']), rcuWatching)),
      [everywhere]: always(implies(isAt([...instrumented, ...tracing]), rcuWatching)),
      [lockdepBelief]: always(implies(isAt(instrumented), lockdepOn.is(not(masked)))),
      'an interrupt comes in a system call': reachable(all(isAt(['system call']), not(pending))),
    },
  }
}

export const buggy = model('user-entry', () => ({
  ...systemCalls(unmaskedFirst), expectViolated: [tracedInterrupt, everywhere, lockdepBelief],
}))
export const rcuFirst = model('user-entry-rcu-first', () => ({
  ...systemCalls(userExitFirst), expectViolated: [everywhere, lockdepBelief],
}))
export const fixed = model('user-entry-fixed', () => systemCalls(enteredFirst))
