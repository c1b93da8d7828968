/**
 * The change of stacks as steps: cpu_switch_to() and call_on_irq_stack() change SP, x18 (the pointer of the shadow call stack)
 * and, in a task switch, sp_el0 (`current`), one after the other. With d42e6c20de61 all of DAIF is masked meanwhile.
 *
 * Which stack each register points into is all that matters here. A handler that is already on the IRQ stack stays there.
 * Source: arch/arm64/kernel/entry.S (cpu_switch_to, call_on_irq_stack, scs_save, scs_load_current).
 */

import { branch, each, type Lines, oneOf, set, step, type Variables } from 'modelcheck'
import { restoreIrq, saveAndDisableDaif } from './gic-masks.ts'
import type { Kernel, Routines } from './kernel.ts'
import { openMask } from './pstate.ts'

const tasks = ['T1', 'T2', 'idle'] as const
const stack = oneOf([...tasks, 'irq'])

export const stackState = {
  sp: stack.starts('T1'),
  x18: stack.starts('T1'),
  spEl0: oneOf(tasks).starts('T1'),
  /** thread_info: the shadow stack of a task that does not use it now. */
  scsSp: each(tasks, stack).starts({ T1: 'T1', T2: 'T2', idle: 'idle' }),
  /** x1 of cpu_switch_to. */
  switchTo: oneOf(tasks).starts('T1'),
}
type Stacks = Variables<typeof stackState>

/** None where a change of stacks is not modelled. */
export const stacksOf = ({ cpu }: { readonly cpu: Partial<Stacks> }): Stacks | null => {
  const { sp, x18, spEl0, scsSp, switchTo } = cpu
  if (sp === undefined || x18 === undefined || spEl0 === undefined || scsSp === undefined || switchTo === undefined) return null
  return { sp, x18, spEl0, scsSp, switchTo }
}

/** save_and_disable_daif and restore_irq, macros of asm/assembler.h; the register that keeps DAIF is free at these points. */
export const stackMasks: Pick<Routines, 'save_and_disable_daif' | 'restore_irq'> = {
  save_and_disable_daif: (k) => step('save_and_disable_daif', saveAndDisableDaif(k, k.frame.saved.daif)),
  restore_irq: (k) => step('restore_irq', restoreIrq(k, k.frame.saved.daif), set(k.frame.saved.daif, openMask.daif)),
}

const change = ({ code }: Kernel, lines: Lines): Lines => [code.save_and_disable_daif(), lines, code.restore_irq()]

/** cpu_switch_to(): the registers of the next task; then its code goes on. */
export const cpuSwitchTo = (k: Kernel): Lines => {
  const stacks = stacksOf(k)
  if (stacks === null) return []
  const { sp, x18, spEl0, scsSp, switchTo } = stacks
  return [
    change(k, [
      step('mov sp, x9', set(sp, switchTo)),
      step('msr sp_el0, x1', set(spEl0, switchTo)),
      step('scs_save', set(scsSp[k.me], x18)),
      step('scs_load_current', set(x18, scsSp.at(spEl0))),
    ]),
    step('ret (cpu_switch_to)', set(k.cpu.current, switchTo)),
  ]
}

/** do_interrupt_handler(): the handler runs on the IRQ stack. */
export const callOnIrqStack = (k: Kernel, handler: Lines): Lines => {
  const stacks = stacksOf(k)
  if (stacks === null) return handler
  const { sp, x18, spEl0, scsSp } = stacks
  return branch('on_thread_stack', sp.isNot('irq'),
    [
      change(k, [
        step('scs_save', set(scsSp.at(spEl0), x18)),
        step('x18 := irq_shadow_call_stack_ptr', set(x18, 'irq')),
        step('mov sp, irq_stack_ptr', set(sp, 'irq')),
      ]),
      handler,
      change(k, [
        step('mov sp, x29', set(sp, spEl0)),
        step('scs_load_current', set(x18, scsSp.at(spEl0))),
      ]),
    ],
    handler)
}

/** Steps of the change, which is assembly. */
export const stackSteps = [
  'save_and_disable_daif', 'restore_irq', 'mov sp, x9', 'msr sp_el0, x1', 'scs_save', 'scs_load_current', 'ret (cpu_switch_to)',
  'x18 := irq_shadow_call_stack_ptr', 'mov sp, irq_stack_ptr', 'mov sp, x29',
]
