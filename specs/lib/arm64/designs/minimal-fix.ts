/**
 * The fix for stable kernels (c3): the order stays, the gate refuses where D or A is masked; with pseudo-NMI, where any bit is.
 *
 * Source: commit 2371bd83b3df, arch/arm64/include/asm/entry-common.h.
 */

import { any, not } from 'modelcheck'
import type { Design } from '../kernel.ts'
import { merged } from './merged.ts'

export const minimalFix: Design = {
  ...merged,
  arch_irqentry_exit_need_resched: ({ mode, cpu: { daif } }) =>
    mode === 'pNMI' ? not(any(daif.D, daif.A, daif.I, daif.F)) : not(any(daif.D, daif.A)),
}
