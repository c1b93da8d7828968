/**
 * What one line of kernel code sees: the CPU, its own task, the frame of the exception it handles, and the other
 * routines, late bound. And what a design is: a routine for every name.
 */

import { type Calls, type Expr, type Lines, not, type Predicate } from 'modelcheck'
import { irqsDisabled, regsIrqsDisabled } from './irqflags.ts'
import type { Frame, Machine, Task } from './machine.ts'
import type { Count } from './preempt-count.ts'
import type { Mode } from './pstate.ts'

export interface Here {
  readonly mode: Mode
  readonly me: Task
  /** All tasks of the system. */
  readonly tasks: readonly Task[]
  readonly cpu: Machine
  readonly frame: Frame
  /** The line that an interrupt came by: el1_interrupt() is told its handler. Default: IRQ. */
  readonly line?: 'FIQ'
}

export type Name =
  // arch/arm64/kernel/entry.S
  | 'kernel_entry' | 'kernel_exit' | 'ret_to_user'
  // arch/arm64/include/asm/assembler.h
  | 'save_and_disable_daif' | 'restore_irq'
  // arch/arm64/kernel/entry-common.c
  | 'el1_interrupt' | '__el1_irq' | '__el1_pnmi' | 'el1_abort' | 'el1_error' | 'el1_dbg'
  | 'enter_from_kernel_mode' | 'exit_to_kernel_mode' | 'arm64_enter_el1_dbg' | 'arm64_exit_el1_dbg'
  | 'el0_interrupt' | 'el0_svc' | 'el0_da' | 'el0_error' | 'el0_watchpt' | 'arm64_exit_to_user_mode'
  // kernel/entry/common.c
  | 'irqentry_enter' | 'irqentry_exit' | 'irqentry_exit_cond_resched' | 'irqentry_nmi_enter' | 'irqentry_nmi_exit'
  | 'enter_from_user_mode' | 'exit_to_user_mode_loop' | 'exit_to_user_mode'
  // drivers/irqchip/irq-apple-aic.c
  | 'handle_arch_fiq'
  // include/linux/hardirq.h, kernel/softirq.c
  | 'nmi_enter' | 'nmi_exit' | 'irq_enter_rcu' | 'irq_exit_rcu' | 'handle_softirqs'
  // drivers/irqchip/irq-gic-v3.c
  | 'gic_handle_irq' | '__gic_handle_irq_from_irqson' | '__gic_handle_irq_from_irqsoff' | '__gic_handle_irq' | '__gic_handle_nmi'
  // kernel/sched/core.c
  | 'preempt_schedule_irq' | 'schedule' | '__schedule' | 'ret_from_fork'
  // kernel/sched/idle.c, arch/arm64/kernel/idle.c
  | 'default_idle_call' | 'cpu_do_idle'

export type Kernel = Here & { readonly code: Calls<Name>; readonly mayResched: Predicate }
export type Routines = { readonly [K in Name]: (k: Kernel) => Lines }

export interface Design extends Routines {
  /** arch_irqentry_exit_need_resched(): may this exit preempt, as far as the architecture is concerned? */
  readonly arch_irqentry_exit_need_resched: (k: Here) => Predicate
}

/** preempt_count of the running task. */
export const countOf = ({ cpu, me }: Here): Count => cpu.preemptCount[me]

/** !regs_irqs_disabled(regs): the interrupted context had interrupts on. */
export const regsIrqsEnabled = (k: Here): Expr<boolean> => not(regsIrqsDisabled(k, k.frame.regs))

/** !irqs_disabled(). */
export const irqsEnabled = (k: Here): Expr<boolean> => not(irqsDisabled(k))
