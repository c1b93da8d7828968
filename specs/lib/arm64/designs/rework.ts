/**
 * The upstream rework (c4): the exit to the kernel disables interrupts, decides about preemption, and only then masks
 * everything.
 *
 * Sources: commits 041aa7a85390 (generic half), c5538d0141b3 and ae654112eac0 (arm64 half). There the functions are called
 * arm64_exit_to_kernel_mode, irqentry_exit_to_kernel_mode_preempt and irqentry_exit_to_kernel_mode_after_preempt.
 */

import { all, decide, not, step } from 'modelcheck'
import { localDaifMask } from '../daifflags.ts'
import { toIrqsOff, toIrqsOn, toIrqsOnOfIdle } from '../irqentry.ts'
import { localIrqDisable } from '../irqflags.ts'
import { type Design, regsIrqsEnabled } from '../kernel.ts'
import { mteCheckTfsr } from '../mte.ts'
import { inheritAndHandle, merged } from './merged.ts'

export const rework: Design = {
  ...merged,

  // No local_daif_mask of its own.
  el1_abort: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  exit_to_kernel_mode: (k) => [
    step('local_irq_disable', localIrqDisable(k)),
    decide(all(regsIrqsEnabled(k), not(k.frame.state.exitRcu)), k.code.irqentry_exit_cond_resched()),
    step('local_daif_mask', localDaifMask(k)),
    step('mte_check_tfsr_exit', mteCheckTfsr(k)),
    k.code.irqentry_exit(),
  ],

  irqentry_exit: (k) => decide(regsIrqsEnabled(k),
    decide(k.frame.state.exitRcu, toIrqsOnOfIdle(k), toIrqsOn(k)),
    toIrqsOff(k)),

  arch_irqentry_exit_need_resched: () => true,
}
