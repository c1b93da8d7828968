/**
 * Bug: the handler of an SError taken in the kernel tells lockdep and the tracer "interrupts off" before it enters as an NMI. lockdep's
 * belief is not put back on the way out (LKD-1); and in the idle loop the tracer is called while RCU does not watch (TRC-2).
 *
 * local_daif_restore(DAIF_ERRCTX) ends with trace_hardirqs_off(). No fix is known to us. Here its two lines change places: the NMI entry
 * remembers what lockdep believed, and RCU watches. Until then debug exceptions stay masked. For the rework and for the form of 7.3-rc, whose
 * handler masks everything before it leaves.
 */

import { step } from 'modelcheck'
import { localDaifMask, localDaifRestoreErrctx } from '../lib/arm64/daifflags.ts'
import { linux73 } from '../lib/arm64/designs/linux-7-3.ts'
import { rework } from '../lib/arm64/designs/rework.ts'
import { everyDesign } from '../lib/arm64/findings.ts'
import type { Design } from '../lib/arm64/kernel.ts'
import { system, type System } from '../lib/arm64/system.ts'

/** Two lines change places. */
export const afterTheFix: Design = {
  ...rework,
  el1_error: (k) => [
    k.code.kernel_entry(),
    k.code.irqentry_nmi_enter(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreErrctx(k)),
    step('do_serror'),
    k.code.irqentry_nmi_exit(),
    k.code.kernel_exit(),
  ],
}

const linux73AfterTheFix: Design = {
  ...linux73,
  el1_error: (k) => [
    k.code.kernel_entry(),
    k.code.irqentry_nmi_enter(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreErrctx(k)),
    step('do_serror'),
    step('local_daif_mask', localDaifMask(k)),
    k.code.irqentry_nmi_exit(),
    k.code.kernel_exit(),
  ],
}

const on: Pick<System, 'preempts' | 'nesting'> = { preempts: ['el1_abort', '__el1_irq'], nesting: { depth: 1, otherDepth: 1 } }

export const buggy = system('serror-tells-too-early', { ...on, mode: 'no-pNMI', design: rework, expectViolated: everyDesign })
export const fixed = system('serror-tells-too-early-fixed', { ...on, mode: 'no-pNMI', design: afterTheFix })
export const fixedPnmi = system('serror-tells-too-early-fixed-pnmi', { ...on, mode: 'pNMI', design: afterTheFix })
export const fixed73Pnmi = system('serror-tells-too-early-fixed-7.3-pnmi', { ...on, mode: 'pNMI', design: linux73AfterTheFix })
