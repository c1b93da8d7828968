/**
 * arm64's handlers of exceptions from EL1, as all designs have them.
 *
 * Source: arch/arm64/kernel/entry-common.c.
 */

import { decide, type Lines, step } from 'modelcheck'
import { localDaifRestoreErrctx, writeDaifNoIrq } from './daifflags.ts'
import { ctNmiEnter, ctNmiExit } from './context-tracking.ts'
import { countOf, type Kernel, regsIrqsEnabled, type Routines } from './kernel.ts'
import {
  lockdepHardirqsOff, lockdepHardirqsOn, rememberLockdep, traceHardirqsOffFinish, traceHardirqsOnPrepare,
} from './lockdep.ts'
import { mteCheckTfsr } from './mte.ts'
import { minusOne, plusOne } from './preempt-count.ts'
import { callOnIrqStack } from './stacks.ts'

export const entryCommon: Pick<
  Routines,
  'el1_interrupt' | '__el1_irq' | '__el1_pnmi' | 'el1_error' | 'el1_dbg' | 'enter_from_kernel_mode' | 'arm64_enter_el1_dbg' | 'arm64_exit_el1_dbg'
> = {
  // Interrupts that break into a context with interrupts off can only be pseudo-NMIs.
  el1_interrupt: (k) => [
    k.code.kernel_entry(),
    step('write_sysreg(NOIRQ, daif)', writeDaifNoIrq(k)),
    k.mode === 'pNMI' ? decide(regsIrqsEnabled(k), k.code.__el1_irq(), k.code.__el1_pnmi()) : k.code.__el1_irq(),
    k.code.kernel_exit(),
  ],

  __el1_irq: (k) => [
    k.code.enter_from_kernel_mode(),
    k.code.irq_enter_rcu(),
    doInterruptHandler(k),
    k.code.irq_exit_rcu(),
    k.code.exit_to_kernel_mode(),
  ],

  __el1_pnmi: (k) => [
    k.code.irqentry_nmi_enter(),
    doInterruptHandler(k),
    k.code.irqentry_nmi_exit(),
  ],

  el1_error: (k) => [
    k.code.kernel_entry(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreErrctx(k)),
    k.code.irqentry_nmi_enter(),
    step('do_serror'),
    k.code.irqentry_nmi_exit(),
    k.code.kernel_exit(),
  ],

  el1_dbg: (k) => [
    k.code.kernel_entry(),
    k.code.arm64_enter_el1_dbg(),
    step('preempt_disable', plusOne(countOf(k), 'preempt')),
    step('do_watchpoint'),
    step('preempt_enable_no_resched', minusOne(countOf(k), 'preempt')),
    k.code.arm64_exit_el1_dbg(),
    k.code.kernel_exit(),
  ],

  enter_from_kernel_mode: (k) => [
    k.code.irqentry_enter(),
    step('mte_check_tfsr_entry', mteCheckTfsr(k)),
  ],

  // As an NMI for RCU and lockdep, but without the NMI part of preempt_count.
  arm64_enter_el1_dbg: (k) => [
    step('lockdep_hardirqs_off', rememberLockdep(k, k.frame.state.lockdep), lockdepHardirqsOff(k)),
    step('ct_nmi_enter', ctNmiEnter(k)),
    step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k)),
  ],

  arm64_exit_el1_dbg: (k) => decide(k.frame.state.lockdep.is('on'),
    [
      step('trace_hardirqs_on_prepare', traceHardirqsOnPrepare(k)),
      step('ct_nmi_exit', ctNmiExit(k)),
      step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
    ],
    step('ct_nmi_exit', ctNmiExit(k)),
  ),
}

/** do_interrupt_handler(): handle_arch_irq() or handle_arch_fiq(), on the IRQ stack. */
export const doInterruptHandler = (k: Kernel): Lines =>
  callOnIrqStack(k, k.line === 'FIQ' ? k.code.handle_arch_fiq() : k.code.gic_handle_irq())
