/**
 * arm64's handlers of exceptions from EL0, and the exit to it, as all designs but the proposal have them.
 *
 * Left out: what concerns neither masks nor bookkeeping (FP state, errata, branch predictor hardening, PAC keys, single step).
 * Sources: arch/arm64/kernel/entry-common.c at ae654112eac0 (el0_*, arm64_exit_to_user_mode; the same steps at 99eb057ccd67);
 * arch/arm64/kernel/entry.S (ret_to_user: unlike ret_to_kernel it never masks, because C code has).
 */

import { choose, type Lines, set, type Statements, step } from 'modelcheck'
import { localDaifMask, localDaifRestoreErrctx, localDaifRestoreProcctx, writeDaifNoIrq } from './daifflags.ts'
import { restorePmr } from './entry-asm.ts'
import { doInterruptHandler } from './entry-common.ts'
import { workOf } from './exit-to-user.ts'
import { localIrqDisable } from './irqflags.ts'
import { countOf, type Kernel, type Routines } from './kernel.ts'
import { mteCheckTfsr } from './mte.ts'
import { minusOne, plusOne } from './preempt-count.ts'

export const entryUser: Pick<
  Routines,
  'el0_interrupt' | 'el0_svc' | 'el0_da' | 'el0_error' | 'el0_watchpt' | 'arm64_exit_to_user_mode' | 'ret_to_user'
> = {
  el0_interrupt: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    step('write_sysreg(NOIRQ, daif)', writeDaifNoIrq(k)),
    k.code.irq_enter_rcu(),
    doInterruptHandler(k),
    k.code.irq_exit_rcu(),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],

  el0_svc: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    restoreProcctx(k),
    step('do_el0_svc'),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],

  el0_da: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    restoreProcctx(k),
    userFault(k),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],

  el0_error: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreErrctx(k)),
    k.code.irqentry_nmi_enter(),
    step('do_serror'),
    k.code.irqentry_nmi_exit(),
    // What the NMI half of the entry remembered is of no use to the other half.
    restoreProcctx(k, set(k.frame.state.lockdep, 'unread')),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],

  el0_watchpt: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    step('preempt_disable', plusOne(countOf(k), 'preempt')),
    step('do_watchpoint'),
    step('preempt_enable_no_resched', minusOne(countOf(k), 'preempt')),
    restoreProcctx(k),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],

  arm64_exit_to_user_mode: (k) => [
    step('local_irq_disable', localIrqDisable(k)),
    k.code.exit_to_user_mode_loop(),
    step('local_daif_mask', localDaifMask(k)),
    step('mte_check_tfsr_exit', mteCheckTfsr(k)),
    k.code.exit_to_user_mode(),
  ],

  ret_to_user: restorePmr,
}

const restoreProcctx = (k: Kernel, ...also: readonly Statements[]): Lines =>
  step('local_daif_restore(PROCCTX)', localDaifRestoreProcctx(k), ...also)

/** The page is there, or the task gets a signal. */
export const userFault = (k: Kernel): Lines =>
  step('do_mem_abort', choose('SIGSEGV', [false, true], (isFatal) => isFatal && set(workOf(k).signalPending, true)))
