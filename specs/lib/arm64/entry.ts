/**
 * Exception entry and exit that all designs share: assembly, interrupt controller, NMI and debug bookkeeping.
 * Sources: arch/arm64/kernel/entry.S, entry-common.c; drivers/irqchip/irq-gic-v3.c; kernel/entry/common.c;
 * kernel/context_tracking.c.
 */

import { all, either, type Line, type Lines, not, set, type Statements, step, until, when } from 'modelcheck'
import type { Design, Here, Kernel } from './here.ts'
import { masked } from './machine.ts'
import { gicUnmaskPnmis, localDaifInherit, localDaifRestoreError, regsIrqsEnabled, writeNoIrq } from './masks.ts'

export const shared: Omit<Design, 'el1_abort' | '__el1_irq' | 'exit_to_kernel_mode' | 'irqentry_exit_cond_resched' | 'preempt_schedule_irq' | '__schedule'> = {
  // Saves PMR and notes that DAIF.I is what masks now. Hardware has masked everything.
  kernel_entry: ({ mode, cpu, frame }) =>
    mode === 'pNMI' && step('PMR := PSR', set(frame.regs.pmr, cpu.pmr), set(cpu.pmr, 'PSR')),

  kernel_exit: ({ mode, cpu, frame }) => [
    step('disable_daif', set(cpu.daif, masked)),
    mode === 'pNMI' && step('PMR := regs->pmr', set(cpu.pmr, frame.regs.pmr)),
  ],

  // Interrupts were masked: only a pseudo-NMI can have come through.
  el1_interrupt: (k) => [
    k.code.kernel_entry(),
    step('write_sysreg(NOIRQ, daif)', writeNoIrq(k)),
    k.mode === 'pNMI' ? either([k.code.__el1_pnmi()], [k.code.__el1_irq()]) : k.code.__el1_irq(),
    k.code.kernel_exit(),
  ],

  __el1_pnmi: (k) => [
    until('irqentry_nmi_enter', not(regsIrqsEnabled(k)), nmiEnter(k)),
    k.code.gic_handle_nmi(),
    k.code.irqentry_nmi_exit(),
  ],

  el1_error: (k) => [
    k.code.kernel_entry(),
    step('local_daif_restore(ERRCTX)', localDaifRestoreError(k)),
    k.code.irqentry_nmi_enter(),
    step('do_serror'),
    k.code.irqentry_nmi_exit(),
    k.code.kernel_exit(),
  ],

  el1_dbg: (k) => [
    k.code.kernel_entry(),
    k.code.arm64_enter_el1_dbg(),
    step('preempt_disable', set(k.cpu.preemptCount[k.me], k.cpu.preemptCount[k.me].plus(1))),
    step('do_debug_exception'),
    step('preempt_enable_no_resched', set(k.cpu.preemptCount[k.me], k.cpu.preemptCount[k.me].minus(1))),
    k.code.arm64_exit_el1_dbg(),
    k.code.kernel_exit(),
  ],

  enter_from_kernel_mode: (k) => [
    k.mode === 'pNMI'
      ? until('irqentry_enter', true, set(k.cpu.hardirqsOn, false))
      : step('irqentry_enter', set(k.cpu.hardirqsOn, false)),
    step('mte_check_tfsr_entry'),
  ],

  irqentry_nmi_enter: (k) => step('irqentry_nmi_enter', nmiEnter(k)),

  irqentry_nmi_exit: ({ cpu, frame, me }) =>
    step('irqentry_nmi_exit',
      set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.minus(1)),
      set(cpu.hardirqsOn, frame.lockdep),
      set(cpu.nmiCount[me], cpu.nmiCount[me].minus(1))),

  // As an NMI for RCU and lockdep, but without the NMI part of preempt_count.
  arm64_enter_el1_dbg: ({ cpu, frame }) =>
    step('arm64_enter_el1_dbg',
      set(frame.lockdep, cpu.hardirqsOn),
      set(cpu.hardirqsOn, false),
      set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.plus(1))),

  arm64_exit_el1_dbg: ({ cpu, frame }) =>
    step('arm64_exit_el1_dbg',
      set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.minus(1)),
      set(cpu.hardirqsOn, frame.lockdep)),

  // From a context with interrupts on. RPR tells, after IAR, whether it was a pseudo-NMI after all.
  gic_handle_irq: (k) => [
    step('irq_enter_rcu', set(k.cpu.hardirqCount[k.me], k.cpu.hardirqCount[k.me].plus(1))),
    step('gic_read_iar', acknowledge(k)),
    k.mode === 'pNMI' ? either(nestedNmi(k), regularIrq(k)) : [endOfInterrupt(k), step('handle_irq')],
    step('irq_exit_rcu', set(k.cpu.hardirqCount[k.me], k.cpu.hardirqCount[k.me].minus(1))),
  ],

  // From a context with interrupts off: PMR is lowered around IAR, so that only a pseudo-NMI is acknowledged.
  gic_handle_nmi: (k) => [
    step('gic_pmr_mask_irqs', set(k.cpu.pmr, 'OFF')),
    step('gic_read_iar', acknowledge(k)),
    step('gic_write_pmr(PSR)', set(k.cpu.pmr, 'PSR')),
    endOfInterrupt(k),
    step('handle_nmi'),
  ],
}

/** IAR: the pending interrupt of highest priority that PMR lets through becomes active. */
function acknowledge({ cpu, frame }: Here): Statements {
  return when(cpu.nmiPending,
    [set(cpu.nmiPending, false), set(cpu.running.nmi, true), set(frame.intid, 'nmi')],
    when(all(cpu.irqPending, cpu.pmr.isNot('OFF')),
      [set(cpu.irqPending, false), set(cpu.running.irq, true), set(frame.intid, 'irq')]))
}

/** EOIR with EOImode 1 drops the running priority. */
function endOfInterrupt({ cpu, frame }: Here): Line {
  return step('gic_write_eoir',
    when(frame.intid.is('nmi'), set(cpu.running.nmi, false), set(cpu.running.irq, false)),
    // Dead from here on: forgotten, so that it does not tell states apart.
    set(frame.intid, 'none'))
}

function nmiEnter({ cpu, frame, me }: Here): Statements {
  return [
    set(frame.lockdep, cpu.hardirqsOn),
    set(cpu.nmiCount[me], cpu.nmiCount[me].plus(1)),
    set(cpu.hardirqsOn, false),
    set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.plus(1)),
  ]
}

function nestedNmi(k: Kernel): Lines {
  const { cpu, me, frame } = k
  return [
    until('nmi_enter', frame.intid.is('nmi'),
      set(cpu.nmiCount[me], cpu.nmiCount[me].plus(1)), set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.plus(1))),
    endOfInterrupt(k),
    step('handle_nmi'),
    step('nmi_exit',
      set(cpu.rcuNmiNesting, cpu.rcuNmiNesting.minus(1)), set(cpu.nmiCount[me], cpu.nmiCount[me].minus(1))),
    step('gic_unmask_pnmis', gicUnmaskPnmis(k)),
  ]
}

function regularIrq(k: Kernel): Lines {
  return [
    until('gic_unmask_pnmis', k.frame.intid.isNot('nmi'), gicUnmaskPnmis(k)),
    endOfInterrupt(k),
    step('handle_irq'),
  ]
}

/** local_daif_inherit(regs), the handler's own work in the interrupted context's mask. */
export function inheritAndHandle(k: Kernel): Lines {
  return [step('local_daif_inherit', localDaifInherit(k)), step('do_mem_abort')]
}
