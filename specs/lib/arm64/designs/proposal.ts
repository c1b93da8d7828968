/**
 * The reordering proposed in the thread (d): everything but regular interrupts is opened before irqentry_enter and masked after
 * irqentry_exit, so that the generic code always runs as it does elsewhere. The TFSR checks are hooks inside it:
 * arch_irqentry_enter_rcu and arch_irqentry_exit_rcu, the latter on all three exit branches.
 *
 * An interrupt cannot be opened for pseudo-NMIs that early: before IAR it would be taken again at once. There D and A are opened, as
 * ever, and the driver does the rest. Source: the diff at the end of the mail of 20 March 2026; the masks are what it implies.
 */

import { decide, type Lines, step } from 'modelcheck'
import { localDaifInheritButIrqs, localDaifMask } from '../daifflags.ts'
import { irqentryEnter, toIrqsOff, toIrqsOn, toIrqsOnOfIdle } from '../irqentry.ts'
import { localIrqDisable, localIrqEnable } from '../irqflags.ts'
import { type Design, type Kernel, regsIrqsEnabled } from '../kernel.ts'
import { mteCheckTfsr } from '../mte.ts'
import { linux73 } from './linux-7-3.ts'
import { proposalUser } from './proposal-user.ts'

const archIrqentryEnterRcu = (k: Kernel): Lines => step('mte_check_tfsr_entry', mteCheckTfsr(k))
const archIrqentryExitRcu = (k: Kernel): Lines => step('mte_check_tfsr_exit', mteCheckTfsr(k))

export const proposal: Design = {
  ...linux73,
  ...proposalUser,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    step('local_daif_inherit (all but interrupts)', localDaifInheritButIrqs(k, k.frame.regs)),
    k.code.enter_from_kernel_mode(),
    decide(regsIrqsEnabled(k), step('local_irq_enable', localIrqEnable(k))),
    step('do_mem_abort'),
    decide(regsIrqsEnabled(k), step('local_irq_disable', localIrqDisable(k))),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  enter_from_kernel_mode: ({ code }) => code.irqentry_enter(),

  exit_to_kernel_mode: (k) => [
    k.code.irqentry_exit(),
    step('local_daif_mask', localDaifMask(k)),
  ],

  irqentry_enter: (k) => irqentryEnter(k, archIrqentryEnterRcu(k)),

  irqentry_exit: (k) => decide(regsIrqsEnabled(k),
    decide(k.frame.state.exitRcu,
      toIrqsOnOfIdle(k, archIrqentryExitRcu(k)),
      toIrqsOn(k, k.code.irqentry_exit_cond_resched(), archIrqentryExitRcu(k))),
    [archIrqentryExitRcu(k), toIrqsOff(k)]),
}
