/**
 * riscv: a breakpoint in the kernel was accounted as an NMI, and its handler could not sleep.
 *
 * Kernel code may be probed where it is preemptible, and a handler of the probe may then sleep, as the code itself may. Entered
 * like an NMI, it runs with the NMI count raised and interrupts off, and everything that asks in_interrupt() refuses. With
 * the ordinary entry, interrupts are on again where they were on, and the handler may even be preempted.
 * Source: a discussion of riscv's generic entry (arch/riscv/kernel/traps.c, do_trap_break). The fixing commit is unconfirmed.
 */

import {
  all, always, arrival, at, bool, type Calls, check, decide, forever, idle, implies, type Lines, model, not, range, reachable,
  routines, set, state, step, threads, type Variables,
} from 'modelcheck'

const machine = () => state({
  sie: bool.starts(true),
  nmiCount: range(0, 1).starts(0),
  /** The probe is hit once in a while; then the instruction is stepped over. */
  probed: bool.starts(false),
})
const locals = { spie: bool.starts(false) }

interface Here extends ReturnType<typeof machine> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'do_trap_break' | 'handle_break' | 'mutex_lock']: (k: Here) => Lines }

const atomicContext = 'PRE-1: nobody sleeps as an NMI, or with interrupts off'

const likeAnNmi: Design = {
  do_trap_break: ({ code, nmiCount }) => [
    step('irqentry_nmi_enter', set(nmiCount, 1)),
    code.handle_break(),
    step('irqentry_nmi_exit', set(nmiCount, 0)),
  ],
  handle_break: ({ code, probed }) => [code.mutex_lock(), step('run the probe', set(probed, false)), step('mutex_unlock')],
  mutex_lock: ({ sie, nmiCount }) => step('might_sleep', check(all(sie, nmiCount.is(0)), atomicContext)),
}
const likeAnException: Design = {
  ...likeAnNmi,
  do_trap_break: ({ code, frame, sie }) => [
    step('irqentry_enter'),
    decide(frame.spie, step('local_irq_enable', set(sie, true))),
    code.handle_break(),
    step('local_irq_disable', set(sie, false)),
    step('irqentry_exit'),
  ],
}

const probing = (design: Design) => {
  const k = machine()
  const { sie, nmiCount, probed } = k

  const { task } = threads(['task'], {
    locals,
    arrivals: (_, frame) => [
      arrival('ebreak', {
        when: probed,
        limit: 1,
        notAt: (label) => label !== 'probed instruction',
        does: [set(frame.spie, sie), set(sie, false)],
        runs: routines(design, { ...k, frame }).do_trap_break(),
        returns: step('sret', set(sie, frame.spie)),
      }),
      arrival('IRQ', {
        when: sie,
        limit: 1,
        does: [set(frame.spie, sie), set(sie, false)],
        runs: step('handle the interrupt'),
        returns: step('sret', set(sie, frame.spie)),
      }),
    ],
  }, () => forever(
    idle('work', set(probed, true)),
    step('probed instruction'),
  ))

  return {
    threads: task,
    properties: {
      'the task runs with interrupts on, as no NMI': always(implies(at(task, 'work'), all(sie, nmiCount.is(0)))),
      'a probe runs': reachable(at(task, 'run the probe')),
      'an interrupt comes before the probe': reachable(all(at(task, 'handle the interrupt'), probed)),
      'the probe is done': reachable(all(at(task, 'probed instruction'), not(probed))),
    },
  }
}

export const buggy = model('riscv-breakpoint', () => ({ ...probing(likeAnNmi), expectViolated: [atomicContext] }))
export const fixed = model('riscv-breakpoint-ordinary', () => probing(likeAnException))
