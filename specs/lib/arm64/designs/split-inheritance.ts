/**
 * Split inheritance (e3), which the thread names as a cost of the proposal: D and A (with pseudo-NMI also I) are inherited at once,
 * interrupts only after the bookkeeping. The exit is that of the rework.
 *
 * Source: the thread; the masks are what it implies.
 */

import { step } from 'modelcheck'
import { localDaifInheritButIrqs } from '../daifflags.ts'
import type { Design } from '../kernel.ts'
import { inheritAndHandle } from './merged.ts'
import { rework } from './rework.ts'

export const splitInheritance: Design = {
  ...rework,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    step('local_daif_inherit (all but interrupts)', localDaifInheritButIrqs(k, k.frame.regs)),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],
}
