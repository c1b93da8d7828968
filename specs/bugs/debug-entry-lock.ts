/**
 * arm64: the entry of a debug exception took a lock that the interrupted code may hold.
 *
 * The debug entry told RCU of an NMI, but did not count one in preempt_count. RCU's check whether the tick must be turned on
 * again is skipped in an NMI, because it takes the lock of an RCU node; a breakpoint under that lock therefore spun for ever.
 * The fix: the NMI is counted before RCU is told.
 * Source: a report of 2022 to the Linux kernel mailing list; kernel/rcu/tree.c (__rcu_irq_enter_check_tick). The fixing
 * commit is unconfirmed.
 */

import {
  all, always, arrival, at, bool, branch, type Calls, forever, idle, implies, type Lines, model, not, range, reachable, routines,
  set, state, step, threads, until,
} from 'modelcheck'

const kernel = () => state({
  rnpLocked: bool.starts(false),
  interruptsOn: bool.starts(true),
  debugMasked: bool.starts(false),
  nmiCount: range(0, 1).starts(0),
})

interface Here extends ReturnType<typeof kernel> {
  readonly code: Calls<keyof Design>
}
type Name = 'arm64_enter_el1_dbg' | 'arm64_exit_el1_dbg' | 'ct_nmi_enter' | '__rcu_irq_enter_check_tick'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const rcuOnly: Design = {
  arm64_enter_el1_dbg: ({ code }) => code.ct_nmi_enter(),
  arm64_exit_el1_dbg: () => [],
  ct_nmi_enter: ({ code, nmiCount }) => branch('in_nmi()?', nmiCount.gt(0), [], code.__rcu_irq_enter_check_tick()),
  __rcu_irq_enter_check_tick: ({ rnpLocked }) => [
    until('raw_spin_lock_rcu_node', not(rnpLocked), set(rnpLocked, true)),
    step('tick_dep_set_cpu'),
    step('raw_spin_unlock_rcu_node', set(rnpLocked, false)),
  ],
}
const counted: Design = {
  ...rcuOnly,
  arm64_enter_el1_dbg: ({ code, nmiCount }) => [step('preempt_count += NMI', set(nmiCount, 1)), code.ct_nmi_enter()],
  arm64_exit_el1_dbg: ({ nmiCount }) => step('preempt_count -= NMI', set(nmiCount, 0)),
}

const debugging = (design: Design) => {
  const k = kernel()
  const { rnpLocked, interruptsOn, debugMasked, nmiCount } = k
  const code = routines(design, k)

  const { cpu } = threads(['cpu'], {
    arrivals: () => [
      arrival('breakpoint', {
        when: not(debugMasked),
        limit: 1,
        does: set(debugMasked, true),
        runs: [code.arm64_enter_el1_dbg(), step('handle the breakpoint'), code.arm64_exit_el1_dbg()],
        returns: step('ERET', set(debugMasked, false)),
      }),
    ],
  }, () => forever(
    idle('work'),
    step('local_irq_save', set(interruptsOn, false)),
    until('lock the RCU node', not(rnpLocked), set(rnpLocked, true)),
    step('report a quiescent state'),
    step('unlock the RCU node', set(rnpLocked, false)),
    step('local_irq_restore', set(interruptsOn, true)),
  ))

  return {
    threads: cpu,
    properties: {
      'the lock is held with interrupts off': always(implies(at(cpu, 'report a quiescent state'), all(rnpLocked, not(interruptsOn)))),
      'a task is in no NMI': always(implies(at(cpu, 'work'), nmiCount.is(0))),
      'a breakpoint is handled': reachable(at(cpu, 'handle the breakpoint')),
      'the lock is taken': reachable(at(cpu, 'unlock the RCU node')),
    },
  }
}

export const buggy = model('debug-entry-lock', () => ({ ...debugging(rcuOnly), expectViolated: ['deadlock'] }))
export const fixed = model('debug-entry-lock-counted', () => debugging(counted))
