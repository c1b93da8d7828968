/**
 * The generic entry code as merged for v6.18: irqentry_exit decides about preemption after everything has been masked.
 * Sources: commits 99eb057ccd67 and b3cf07851b6c; arch/arm64/include/asm/entry-common.h (the DAIF gate).
 */

import { all, any, either, type Expr, type Lines, not, set, step, until } from 'modelcheck'
import { inheritAndHandle, shared } from './entry.ts'
import type { Design, Here, Kernel } from './here.ts'
import { localDaifMask, regsIrqsEnabled } from './masks.ts'
import { scheduler } from './scheduler.ts'

/** arch_irqentry_exit_need_resched(): may this exit preempt? */
export type Gate = (k: Here) => Expr<boolean>

/** With pseudo-NMI, a non-zero DAIF was taken to mean that an NMI is being handled. */
export const daifGate: Gate = ({ mode, cpu: { daif } }) =>
  mode === 'pNMI' ? not(any(daif.D, daif.A, daif.I, daif.F)) : all()

export const noGate: Gate = () => all()

export const merged = (gate: Gate): Design => ({
  ...shared,
  ...scheduler,

  el1_abort: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_kernel_mode(),
    inheritAndHandle(k),
    step('local_daif_mask', localDaifMask(k)),
    k.code.exit_to_kernel_mode(),
    k.code.kernel_exit(),
  ],

  __el1_irq: (k) => [
    enterWhenIrqsOn(k),
    k.code.gic_handle_irq(),
    k.code.exit_to_kernel_mode(),
  ],

  exit_to_kernel_mode: (k) => [
    step('mte_check_tfsr_exit'),
    either(
      [
        k.code.irqentry_exit_cond_resched(),
        step('trace_hardirqs_on', set(k.cpu.hardirqsOn, true)),
      ],
      [until('irqentry_exit: irqs were off', not(regsIrqsEnabled(k)))],
    ),
  ],

  irqentry_exit_cond_resched: (k) => condResched(k, gate(k)),
})

/** __el1_irq runs only where the interrupted context had interrupts on; without pseudo-NMI that is always so. */
export function enterWhenIrqsOn(k: Kernel): Lines {
  return [
    until('irqentry_enter', regsIrqsEnabled(k), set(k.cpu.hardirqsOn, false)),
    step('mte_check_tfsr_entry'),
  ]
}

/** Tests preempt_count, need_resched and the gate in one step, where the interrupted context had interrupts on. */
export function condResched(k: Kernel, gate: Expr<boolean>): Lines {
  const { cpu, me } = k
  const isFree = all(cpu.preemptCount[me].is(0), cpu.hardirqCount[me].is(0), cpu.nmiCount[me].is(0))
  const preempts = all(isFree, cpu.needResched[me], gate)
  const label = 'irqentry_exit_cond_resched'
  return either(
    [until(label, all(regsIrqsEnabled(k), preempts)), k.code.preempt_schedule_irq()],
    [until(label, all(regsIrqsEnabled(k), not(preempts)))],
  )
}
