/**
 * The form of Linux 7.3-rc (c5): the exit picks by the state of the interrupted context, so that no write is redundant and PMR never
 * loses its flag on the way; NMI-like handlers mask everything before their exit; the assembly no longer does.
 *
 * Sources: commit 0d774e0517f3 (disable_daif moves into C); a description of 7.3.0-rc4, less certain than the other designs'.
 */

import { decide, not, step } from 'modelcheck'
import { localDaifMask, localDaifRestoreErrctx } from '../daifflags.ts'
import { restorePmr } from '../entry-asm.ts'
import { doInterruptHandler } from '../entry-common.ts'
import { localIrqDisable } from '../irqflags.ts'
import { type Design, regsIrqsEnabled } from '../kernel.ts'
import { mteCheckTfsr } from '../mte.ts'
import { inheritAndHandle } from './merged.ts'
import { rework } from './rework.ts'

export const linux73: Design = {
  ...rework,

  kernel_exit: restorePmr,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    decide(regsIrqsEnabled(k), step('local_irq_disable', localIrqDisable(k))),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  // Interrupts are off already.
  exit_to_kernel_mode: (k) => [
    decide(regsIrqsEnabled(k), decide(not(k.frame.state.exitRcu), k.code.irqentry_exit_cond_resched())),
    step('local_daif_mask', localDaifMask(k)),
    step('mte_check_tfsr_exit', mteCheckTfsr(k)),
    k.code.irqentry_exit(),
  ],

  __el1_pnmi: (k) => [
    k.code.irqentry_nmi_enter(),
    doInterruptHandler(k),
    step('local_daif_mask', localDaifMask(k)),
    k.code.irqentry_nmi_exit(),
  ],

  el1_error: (k) => [
    k.code.kernel_entry(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreErrctx(k)),
    k.code.irqentry_nmi_enter(),
    step('do_serror'),
    step('local_daif_mask', localDaifMask(k)),
    k.code.irqentry_nmi_exit(),
    k.code.kernel_exit(),
  ],
}
