/**
 * x86: an NMI told the tracer that interrupts are off, and lockdep nothing; on the way out it went by the flags of what it interrupted.
 *
 * local_irq_enable() tells both "on" before it opens interrupts. An NMI in between finds IF clear: it told the tracer "off" and took
 * nothing back. And while it ran, lockdep believed interrupts on. The fix remembers what lockdep believes, tells both "off",
 * and gives both back what was found. Machine checks enter like an NMI and were missed by that fix.
 * Source: commits ba1f2b2eaa2a and bc21a291fc11; arch/x86/kernel/nmi.c (exc_nmi), arch/x86/kernel/cpu/mce/core.c.
 */

import {
  all, always, arrival, at, bool, type Calls, check, forever, idle, implies, type Lines, model, not, reachable, record, routines, set,
  state, step, threads, type Variables, when,
} from 'modelcheck'

const cpu = () => state({
  interruptsOn: bool.starts(true),
  /** lockdep_hardirqs_enabled(), and what the irqsoff tracer believes. */
  lockdepOn: bool.starts(true),
  tracerOn: bool.starts(true),
})
const locals = {
  /** EFLAGS.IF of what was interrupted, and irq_state of idtentry_enter_nmi(). */
  hadInterrupts: bool.starts(false),
  irqState: bool.starts(false),
  /** Observer: what lockdep and the tracer believed when the NMI came. */
  found: record({ lockdep: bool, tracer: bool }).starts({ lockdep: false, tracer: false }),
}

interface Here extends ReturnType<typeof cpu> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name = 'exc_nmi' | 'exc_machine_check_kernel' | 'idtentry_enter_nmi' | 'idtentry_exit_nmi'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const tracerOnly = (body: string) => ({ frame, tracerOn }: Here): Lines => [
  step('trace_hardirqs_off_finish', set(tracerOn, false)),
  step(body),
  step('trace_hardirqs_on_prepare, if IF was set', when(frame.hadInterrupts, set(tracerOn, true))),
]
const tracked = (body: string) => ({ code }: Here): Lines => [code.idtentry_enter_nmi(), step(body), code.idtentry_exit_nmi()]

const untracked: Design = {
  exc_nmi: tracerOnly('default_do_nmi'),
  exc_machine_check_kernel: tracerOnly('machine_check_vector'),
  idtentry_enter_nmi: ({ frame, lockdepOn, tracerOn }) => [
    step('lockdep_hardirqs_off', set(frame.irqState, lockdepOn), set(lockdepOn, false)),
    step('trace_hardirqs_off_finish', set(tracerOn, false)),
  ],
  idtentry_exit_nmi: ({ frame, lockdepOn, tracerOn }) => [
    step('trace_hardirqs_on_prepare, if restore', when(frame.irqState, set(tracerOn, true))),
    step('lockdep_hardirqs_on, if restore', when(frame.irqState, set(lockdepOn, true))),
  ],
}
const nmiTracked: Design = { ...untracked, exc_nmi: tracked('default_do_nmi') }
const bothTracked: Design = { ...nmiTracked, exc_machine_check_kernel: tracked('machine_check_vector') }

const bodies = ['default_do_nmi', 'machine_check_vector'] as const
const beliefInHandler = 'LKD-1: lockdep believes interrupts off in the handler'
const beliefAfterwards = 'LKD-2: lockdep and the tracer believe on return what they believed before'

const tracing = (design: Design) => {
  const k = cpu()
  const { interruptsOn, lockdepOn, tracerOn } = k

  const { task } = threads(['task'], {
    locals,
    depth: 1,
    arrivals: (_, frame) => {
      const code = routines(design, { ...k, frame })
      const likeNmi = (name: string, runs: Lines) => arrival(name, {
        when: true,
        does: [
          set(frame.hadInterrupts, interruptsOn),
          set(frame.found, { lockdep: lockdepOn, tracer: tracerOn }),
          set(interruptsOn, false),
        ],
        runs,
        returns: step('iret',
          check(all(lockdepOn.is(frame.found.lockdep), tracerOn.is(frame.found.tracer)), beliefAfterwards),
          set(interruptsOn, frame.hadInterrupts)),
      })
      return [likeNmi('NMI', code.exc_nmi()), likeNmi('machine check', code.exc_machine_check_kernel())]
    },
  }, () => forever(
    idle('work'),
    step('local_irq_disable: cli', set(interruptsOn, false)),
    step('local_irq_disable: trace_hardirqs_off', set(lockdepOn, false), set(tracerOn, false)),
    step('work with interrupts off'),
    step('local_irq_enable: trace_hardirqs_on', set(lockdepOn, true), set(tracerOn, true)),
    step('local_irq_enable: sti', set(interruptsOn, true)),
  ))

  return {
    threads: task,
    properties: {
      [beliefInHandler]: always(implies(at(task, bodies), not(lockdepOn))),
      'an NMI is handled': reachable(at(task, 'default_do_nmi')),
      'a machine check is handled': reachable(at(task, 'machine_check_vector')),
    },
  }
}

const both = [beliefInHandler, beliefAfterwards]
export const buggy = model('nmi-irq-tracking', () => ({ ...tracing(untracked), expectViolated: both }))
export const machineCheckMissed = model('nmi-irq-tracking-missed', () => ({ ...tracing(nmiTracked), expectViolated: both }))
export const fixed = model('nmi-irq-tracking-fixed', () => tracing(bothTracked))
