/**
 * The upstream rework: the exit to the kernel disables interrupts, decides about preemption, and only then masks
 * everything. Sources: commits 041aa7a85390, c5538d0141b3, ae654112eac0.
 */

import { all, either, not, set, step, until } from 'modelcheck'
import { inheritAndHandle } from './entry.ts'
import type { Design } from './here.ts'
import { localDaifMask, localIrqDisable, regsIrqsEnabled } from './masks.ts'
import { condResched, merged, noGate } from './merged.ts'

const base = merged(noGate)

export const rework: Design = {
  ...base,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  exit_to_kernel_mode: (k) => [
    step('local_irq_disable', localIrqDisable(k)),
    either(
      [k.code.irqentry_exit_cond_resched(), step('local_daif_mask', localDaifMask(k))],
      [until('local_daif_mask', not(regsIrqsEnabled(k)), localDaifMask(k))],
    ),
    step('mte_check_tfsr_exit'),
    either(
      [until('trace_hardirqs_on', regsIrqsEnabled(k), set(k.cpu.hardirqsOn, true))],
      [until('irqentry_exit: irqs were off', not(regsIrqsEnabled(k)))],
    ),
  ],

  irqentry_exit_cond_resched: (k) => condResched(k, all()),
}
