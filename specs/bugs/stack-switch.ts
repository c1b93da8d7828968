/**
 * arm64: SError and debug exceptions could interrupt a change of stacks.
 *
 * cpu_switch_to() and call_on_irq_stack() change SP, `current` and x18, the pointer of the shadow call stack, one after the
 * other. A handler that comes in between finds the stack of one task and the shadow stack of another, and saves x18 in a task
 * whose it is not. The fix masks all of DAIF for the change.
 * Source: commit d42e6c20de61 (CVE-2025-38670), arch/arm64/kernel/entry.S. Simplified: every handler moves to the IRQ stack,
 * and a handler that finds itself on it stays there.
 */

import {
  all, always, any, arrival, at, bool, branch, each, exists, forever, idle, ifElse, implies, type Lines, model, nesting, not,
  oneOf, reachable, record, set, state, step, threads, type Variables,
} from 'modelcheck'

const stack = oneOf(['T1', 'T2', 'irq'])
const daif = record({ D: bool, A: bool, I: bool })
const masked = { D: true, A: true, I: true }

/** `x11` is DAIF before the change, `fp` the SP before the move to the IRQ stack. */
const locals = {
  spsr: daif.starts(masked), x11: daif.starts(masked), fp: stack.starts('T1'), prev: oneOf(['T1', 'T2']).starts('T1'),
}
const registers = () => state({
  daif: daif.starts({ D: false, A: false, I: false }),
  sp: stack.starts('T1'),
  x18: stack.starts('T1'),
  current: oneOf(['T1', 'T2']).starts('T1'),
  /** task_struct: the shadow stack of a task that does not run on it. */
  shadow: each(['T1', 'T2'], stack).starts({ T1: 'T1', T2: 'T2' }),
})
type Registers = ReturnType<typeof registers>
type Frame = Variables<typeof locals>
type Change = (cpu: Registers, frame: Frame, change: Lines) => Lines

const bare: Change = (_cpu, _frame, change) => change
const withDaifMasked: Change = (cpu, { x11 }, change) => [
  step('save_and_disable_daif', set(x11, cpu.daif), set(cpu.daif, masked)),
  change,
  step('restore_irq', set(cpu.daif, x11)),
]

const tasks = ['T1', 'T2'] as const

const switching = (changing: Change) => {
  const cpu = registers()
  const { sp, x18, current, shadow } = cpu
  const next = ifElse(current.is('T1'), 'T2', 'T1')
  const owns = (pointer: typeof sp) => exists(tasks, (task) => all(current.is(task), pointer.is(task)))

  const switchTo = (frame: Frame) => changing(cpu, frame, [
    step('mov sp, x9', set(frame.prev, current), set(sp, next)),
    step('msr sp_el0, x1', set(current, next)),
    step('scs_save x0', set(shadow.at(frame.prev), x18)),
    step('scs_load_current', set(x18, shadow.at(current))),
  ])
  const onIrqStack = (frame: Frame, body: Lines) => branch('on_thread_stack()?', sp.isNot('irq'), [
    changing(cpu, frame, [
      step('scs_save', set(shadow.at(current), x18)),
      step('x18 := irq_shadow_call_stack', set(x18, 'irq')),
      step('mov sp, irq_stack', set(frame.fp, sp), set(sp, 'irq')),
    ]),
    body,
    changing(cpu, frame, [
      step('mov sp, x29', set(sp, frame.fp)),
      step('scs_load_current', set(x18, shadow.at(current))),
    ]),
  ], body)
  const exception = (name: string, bit: 'D' | 'A' | 'I', context: typeof masked, frame: Frame) => arrival(name, {
    when: not(cpu.daif[bit]),
    limit: 1,
    does: [set(frame.spsr, cpu.daif), set(cpu.daif, masked)],
    runs: [step('open what may nest', set(cpu.daif, context)), onIrqStack(frame, step('handle')), step('mask', set(cpu.daif, masked))],
    returns: step('ERET', set(cpu.daif, frame.spsr)),
  })

  const { core } = threads(['core'], {
    locals,
    arrivals: (_, frame) => [
      exception('IRQ', 'I', { D: false, A: false, I: true }, frame),
      exception('SError', 'A', { D: false, A: true, I: true }, frame),
      exception('watchpoint', 'D', masked, frame),
    ],
  }, (_, frame) => forever(
    idle('run the task'),
    step('local_irq_disable', set(cpu.daif.I, true)),
    switchTo(frame),
    step('local_irq_enable', set(cpu.daif.I, false)),
  ))

  return {
    threads: core,
    properties: {
      'STK-1: where an exception may be taken, SP, x18 and current belong together': always(implies(
        any(not(cpu.daif.D), not(cpu.daif.A), not(cpu.daif.I)),
        any(all(sp.is('irq'), x18.is('irq')), all(owns(sp), owns(x18))),
      )),
      'a task runs on its own shadow stack': always(implies(at(core, 'run the task'), owns(x18))),
      'T2 runs': reachable(all(at(core, 'run the task'), current.is('T2'))),
      'a watchpoint in an SError in an interrupt': reachable(nesting(core).is(3)),
    },
  }
}

export const buggy = model('stack-switch', () => ({
  ...switching(bare),
  expectViolated: [
    'STK-1: where an exception may be taken, SP, x18 and current belong together',
    'a task runs on its own shadow stack',
  ],
}))

export const fixed = model('stack-switch-masked', () => switching(withDaifMasked))
