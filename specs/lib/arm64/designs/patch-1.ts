/**
 * Patch 1/2 of the thread (c1): generic irqentry_exit does not preempt; arm64 does so itself, in the interrupt path only, before
 * anything is masked. Patch 2/2 (c2): the gate goes, because that point has the right mask and a pseudo-NMI may preempt.
 *
 * Sources: mark/linux dc9f4cab0445 (ARCH_HAS_OWN_IRQ_PREEMPTION) and 423b062b9d14.
 */

import { doInterruptHandler } from '../entry-common.ts'
import type { Design } from '../kernel.ts'
import { merged } from './merged.ts'
import { rework } from './rework.ts'

export const patch1: Design = {
  ...merged,

  // Does not look at exit_rcu: the idle task has preempt_count raised.
  __el1_irq: (k) => [
    k.code.enter_from_kernel_mode(),
    k.code.irq_enter_rcu(),
    doInterruptHandler(k),
    k.code.irq_exit_rcu(),
    k.code.irqentry_exit_cond_resched(),
    k.code.exit_to_kernel_mode(),
  ],

  irqentry_exit: rework.irqentry_exit,
}

export const patch2: Design = { ...patch1, arch_irqentry_exit_need_resched: () => true }
