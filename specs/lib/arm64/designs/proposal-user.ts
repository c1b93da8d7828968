/**
 * What the proposal (d) implies for exceptions from EL0: everything but interrupts is opened before the bookkeeping of the way in, and
 * masked after that of the way out. SErrors and debug exceptions keep their handlers.
 *
 * Source: the thread spells out the kernel's half only; this applies its contract to the other.
 */

import { type Lines, step } from 'modelcheck'
import { localDaifMask, localDaifRestoreNoIrq, writeDaifNoIrq } from '../daifflags.ts'
import { doInterruptHandler } from '../entry-common.ts'
import { userFault } from '../entry-user.ts'
import { instrumented } from '../instrumentation.ts'
import { localIrqDisable, localIrqEnable } from '../irqflags.ts'
import type { Kernel, Routines } from '../kernel.ts'
import { mteCheckTfsr } from '../mte.ts'

type FromUser = Pick<Routines, 'el0_interrupt' | 'el0_svc' | 'el0_da'>

/** With this way out, from interrupts off to ERET. */
export const proposalUserWith = (leave: (k: Kernel) => Lines): FromUser => ({
  el0_interrupt: (k) => [
    k.code.kernel_entry(),
    step('write_sysreg(NOIRQ, daif)', writeDaifNoIrq(k)),
    k.code.enter_from_user_mode(),
    k.code.irq_enter_rcu(),
    doInterruptHandler(k),
    k.code.irq_exit_rcu(),
    leave(k),
  ],

  el0_svc: (k) => [enterOpen(k), step('do_el0_svc'), step('local_irq_disable', localIrqDisable(k)), leave(k)],
  el0_da: (k) => [enterOpen(k), userFault(k), step('local_irq_disable', localIrqDisable(k)), leave(k)],
})

const enterOpen = (k: Kernel) => [
  k.code.kernel_entry(),
  step('local_daif_restore(PROCCTX_NOIRQ)', localDaifRestoreNoIrq(k)),
  k.code.enter_from_user_mode(),
  step('local_irq_enable', localIrqEnable(k)),
]

/** irqentry_exit() of a task at EL0, then the mask. */
const irqentryExit = (k: Kernel): Lines => [
  instrumented(k, k.code.exit_to_user_mode_loop()),
  step('mte_check_tfsr_exit', mteCheckTfsr(k)),
  k.code.exit_to_user_mode(),
  step('local_daif_mask', localDaifMask(k)),
  k.code.ret_to_user(),
]

export const proposalUser = proposalUserWith(irqentryExit)
