/**
 * The TFSR check moved out of the way (e5): the exit looks at the register after everything has been masked, when RCU may have
 * stopped watching. Where it indicates a problem, the exit path enters anew, reports, leaves, and looks again.
 *
 * Entering anew has to keep the contract of the proposal (d): everything but interrupts is opened first. A re-entry with
 * everything masked would be preempted with everything masked. Source: the thread names the idea ("push that entirely out of the way and
 * re-enter when it indicates a problem"); the steps are what it implies.
 */

import { type Lines, loop, step } from 'modelcheck'
import { localDaifInheritButIrqs, localDaifMask, localDaifRestoreNoIrq } from '../daifflags.ts'
import { instrumented } from '../instrumentation.ts'
import type { Design, Kernel } from '../kernel.ts'
import { isTagFaultNoted, mteCheckTfsr } from '../mte.ts'
import { merged } from './merged.ts'
import { proposal } from './proposal.ts'
import { proposalUserWith } from './proposal-user.ts'

/** irqentry_exit() without a hook, and the mask. */
const leave = (k: Kernel): Lines => [k.code.irqentry_exit(), step('local_daif_mask', localDaifMask(k))]

/** The look at the register is a step; without MTE it finds nothing. */
const whileTagFault = (k: Kernel, body: Lines): Lines =>
  k.cpu.tfsr === undefined ? step('mte_check_tfsr_exit') : loop('mte_check_tfsr_exit', isTagFaultNoted(k), body)

/** The same for a task at EL0, where RCU does not watch either. */
const leaveToUser = (k: Kernel): Lines => [
  instrumented(k, k.code.exit_to_user_mode_loop()),
  k.code.exit_to_user_mode(),
  step('local_daif_mask', localDaifMask(k)),
]

const exitToUser = (k: Kernel): Lines => [
  leaveToUser(k),
  whileTagFault(k, [
    step('local_daif_restore(PROCCTX_NOIRQ)', localDaifRestoreNoIrq(k)),
    k.code.enter_from_user_mode(),
    step('mte_report_tfsr', mteCheckTfsr(k)),
    leaveToUser(k),
  ]),
  k.code.ret_to_user(),
]

export const lateTfsr: Design = {
  ...proposal,
  ...proposalUserWith(exitToUser),

  enter_from_kernel_mode: merged.enter_from_kernel_mode,
  irqentry_enter: merged.irqentry_enter,
  irqentry_exit: merged.irqentry_exit,

  exit_to_kernel_mode: (k) => [
    leave(k),
    whileTagFault(k, [
      step('local_daif_inherit (all but interrupts)', localDaifInheritButIrqs(k, k.frame.regs)),
      k.code.irqentry_enter(),
      step('mte_report_tfsr', mteCheckTfsr(k)),
      leave(k),
    ]),
  ],
}
