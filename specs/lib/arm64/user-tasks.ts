/**
 * A task with an EL0 half. There it does nothing that the model knows of, until an exception takes it to EL1.
 *
 * Sources: arch/arm64/kernel/entry.S (ret_from_fork, asm_exit_to_user_mode, ret_to_user, el0t_64_*).
 */

import { all, type Arrival, forever, idle, type Lines, not, set, step } from 'modelcheck'
import { exception } from './exceptions.ts'
import { fiqTaken } from './fiq.ts'
import { signalled } from './gic.ts'
import type { Kernel } from './kernel.ts'
import type { Task } from './machine.ts'
import { el0 } from './noinstr.ts'

/** A new task has a frame to return to EL0 with, made by copy_thread(): nothing masked. */
export function userTask(k: Kernel, isNew: boolean): Lines {
  return [
    isNew && [
      k.code.ret_from_fork(),
      k.code.arm64_exit_to_user_mode(),
      k.code.ret_to_user(),
      step('ERET', set(k.cpu.daif, k.frame.regs.daif)),
    ],
    forever(idle(el0)),
  ]
}

/** Tasks are alike, so that one may take for all what is not an interrupt or a system call. */
export const takesEveryKind = (task: Task): boolean => task === 'T1'

/** By the FIQ line, of a kernel that is bound to it. */
export const fiqFromEl0 = (k: Kernel): Arrival =>
  exception(k, 'FIQ from EL0', { when: fiqTaken(k), notAt: (label) => label !== el0 }, k.code.el0_interrupt())

/** What takes a task from EL0. */
export function arrivalsFromEl0(k: Kernel): readonly Arrival[] {
  const { cpu, code } = k
  const notAt = (label: string): boolean => label !== el0
  return [
    exception(k, 'IRQ from EL0', { when: all(not(cpu.daif.I), signalled(k)), notAt }, code.el0_interrupt()),
    exception(k, 'SVC', { when: true, notAt }, code.el0_svc()),
    ...(takesEveryKind(k.me) ? [
      exception(k, 'data abort from EL0', { when: true, notAt }, code.el0_da()),
      exception(k, 'SError from EL0', { when: not(cpu.daif.A), notAt }, code.el0_error()),
      exception(k, 'watchpoint from EL0', { when: not(cpu.daif.D), notAt }, code.el0_watchpt()),
    ] : []),
  ]
}
