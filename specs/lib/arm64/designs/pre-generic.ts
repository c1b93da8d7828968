/**
 * Before the generic entry code (a): the interrupt path preempts, synchronous exceptions never do. For exceptions from EL1 it takes the
 * steps of patch 1/2, which goes back to it; arm64_preempt_schedule_irq is the name of what decides.
 *
 * Sources: arch/arm64/kernel/entry-common.c at 1b2d3451ee50 (v5.19), with the driver after 614ab80c9647; do_notify_resume in
 * arch/arm64/kernel/signal.c at 5492242b0391. The exit to EL0 changed in this era: at first it masked everything before it
 * looked for work, and opened what each kind of work needs; at last (99eb057ccd67) it took the steps of the merged code.
 */

import { decide, step } from 'modelcheck'
import { localDaifMask, localDaifRestoreNoIrq, localDaifRestoreProcctx } from '../daifflags.ts'
import { doSignal, whileWork, workOf } from '../exit-to-user.ts'
import type { Design } from '../kernel.ts'
import { mteCheckTfsr } from '../mte.ts'
import { patch1 } from './patch-1.ts'

export const preGeneric: Design = { ...patch1 }

export const preGenericV519: Design = {
  ...preGeneric,

  arm64_exit_to_user_mode: (k) => [
    step('local_daif_mask', localDaifMask(k)),
    k.code.exit_to_user_mode_loop(),
    step('mte_check_tfsr_exit', mteCheckTfsr(k)),
    k.code.exit_to_user_mode(),
  ],

  // do_notify_resume(): "Unmask Debug and SError for the next task".
  exit_to_user_mode_loop: (k) =>
    whileWork(k, [
      decide(workOf(k).tiWork.resched,
        [step('local_daif_restore(PROCCTX_NOIRQ)', localDaifRestoreNoIrq(k)), k.code.schedule()],
        [step('local_daif_restore(PROCCTX)', localDaifRestoreProcctx(k)), doSignal(k)]),
      step('local_daif_mask', localDaifMask(k)),
    ]),
}
