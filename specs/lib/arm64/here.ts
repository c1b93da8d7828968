/**
 * What one line of kernel code sees: the CPU, its own task, the frame of the exception it handles, and the other
 * routines, late bound.
 */

import type { Calls, Lines } from 'modelcheck'
import type { Frame, Machine, Mode, Task } from './machine.ts'

export interface Here {
  readonly mode: Mode
  readonly me: Task
  readonly cpu: Machine
  readonly frame: Frame
}

/** Names of the routines that a design consists of. */
export type Name =
  | 'kernel_entry' | 'kernel_exit'
  | 'el1_interrupt' | '__el1_irq' | '__el1_pnmi' | 'el1_abort' | 'el1_error' | 'el1_dbg'
  | 'enter_from_kernel_mode' | 'exit_to_kernel_mode' | 'irqentry_exit_cond_resched'
  | 'irqentry_nmi_enter' | 'irqentry_nmi_exit' | 'arm64_enter_el1_dbg' | 'arm64_exit_el1_dbg'
  | 'gic_handle_irq' | 'gic_handle_nmi' | 'preempt_schedule_irq' | '__schedule'

export type Kernel = Here & { readonly code: Calls<Name> }
export type Design = { readonly [K in Name]: (k: Kernel) => Lines }
