/**
 * The generic entry code as merged for v6.18 (b): irqentry_exit decides about preemption after everything has been masked.
 *
 * Sources: commits 99eb057ccd67 and b3cf07851b6c; arch/arm64/include/asm/entry-common.h (the gate).
 */

import { not, any, all, step } from 'modelcheck'
import { localDaifInherit, localDaifMask } from '../daifflags.ts'
import { assembly } from '../entry-asm.ts'
import { entryCommon } from '../entry-common.ts'
import { entryUser } from '../entry-user.ts'
import { exitToUser } from '../exit-to-user.ts'
import { fiqHandler } from '../fiq.ts'
import { gicDriver } from '../gic-driver.ts'
import { irqentry } from '../irqentry.ts'
import type { Design, Kernel } from '../kernel.ts'
import { scheduler } from '../scheduler.ts'
import { softirqs } from '../softirq.ts'
import { stackMasks } from '../stacks.ts'
import { mteCheckTfsr } from '../mte.ts'
import { idleLoop } from '../tasks.ts'

export const merged: Design = {
  ...assembly,
  ...entryCommon,
  ...entryUser,
  ...irqentry,
  ...softirqs,
  ...exitToUser,
  ...gicDriver,
  ...fiqHandler,
  ...stackMasks,
  ...scheduler,
  ...idleLoop,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    step('local_daif_mask', localDaifMask(k)),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  exit_to_kernel_mode: (k) => [
    step('mte_check_tfsr_exit', mteCheckTfsr(k)),
    k.code.irqentry_exit(),
  ],

  // With pseudo-NMI, a non-zero DAIF was taken to mean that an NMI is being handled.
  arch_irqentry_exit_need_resched: ({ mode, cpu: { daif } }) =>
    mode === 'pNMI' ? not(any(daif.D, daif.A, daif.I, daif.F)) : all(),
}

/** The same without the gate: what preemption would do with pseudo-NMI. */
export const mergedWithoutGate: Design = { ...merged, arch_irqentry_exit_need_resched: () => true }

export const inheritAndHandle = (k: Kernel) => [
  step('local_daif_inherit', localDaifInherit(k, k.frame.regs)),
  step('do_mem_abort'),
]
