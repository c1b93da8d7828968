/**
 * Steps where instrumentation must not run. Code before and after them may be traced, probed, sanitised: there lockdep, the
 * tracer and RCU have to be right, and there a fault is possible.
 *
 * "Before this function is called it is not safe to call regular kernel code, instrumentable code, or any code which may trigger
 * an exception": arch/arm64/kernel/entry-common.c on its enter functions, and likewise on its exit functions.
 */

import { assemblySteps } from './entry-asm.ts'
import { stackSteps } from './stacks.ts'

/** Where a task is while it runs its EL0 half. */
export const el0 = 'EL0'

const noinstr = new Set([
  'instrumentation_begin',
  'instrumentation_end',
  ...assemblySteps,
  ...stackSteps,
  'write_sysreg(NOIRQ, daif)',
  'local_daif_inherit',
  'local_daif_mask',
  'local_daif_restore(ERRCTX)',
  'local_daif_restore(PROCCTX)',
  'local_daif_restore(PROCCTX_NOIRQ)',
  'local_daif_inherit (all but interrupts)',
  'lockdep_hardirqs_off',
  'lockdep_hardirqs_on',
  'trace_hardirqs_off_finish',
  'trace_hardirqs_on',
  'trace_hardirqs_on_prepare',
  'state.exit_rcu',
  // They read a register; only what they report would be more.
  'mte_check_tfsr_entry',
  'mte_check_tfsr_exit',
  'ct_irq_enter',
  'ct_irq_exit',
  'ct_nmi_enter',
  'ct_nmi_exit',
  'user_exit_irqoff',
  'user_enter_irqoff',
  el0,
  '__nmi_enter',
  '__nmi_exit',
  // The idle loop around WFI (noinstr, __cpuidle).
  'ct_idle_enter',
  'ct_idle_exit',
  'wfi',
  'raw_local_irq_enable',
  'raw_local_irq_disable',
  'arm_cpuidle_save_irq_context',
  'arm_cpuidle_restore_irq_context',
])

export const isNoinstr = (label: string): boolean => noinstr.has(label)
export const isInstrumentable = (label: string): boolean => !isNoinstr(label)
