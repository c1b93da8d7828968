/**
 * The machine: one CPU with its exception masks and its interrupt controller, and two tasks.
 *
 * DAIF and PMR belong to the CPU. They are saved in an exception frame by hardware (DAIF) and by kernel_entry (PMR),
 * and by nobody else: a context switch leaves them as they are.
 * Sources: Arm ARM DDI 0487, D1.3 (exception entry and return), D19.1 (PMR); arch/arm64/kernel/entry.S.
 */

import { bool, each, oneOf, range, record, state, type Variables } from 'modelcheck'

export const tasks = ['T1', 'T2'] as const
export type Task = (typeof tasks)[number]

/** PSTATE.DAIF: a set bit masks. D debug, A SError, I IRQ, F FIQ. */
export const flags = record({ D: bool, A: bool, I: bool, F: bool })
export const open = { D: false, A: false, I: false, F: false }
export const masked = { D: true, A: true, I: true, F: true }
/** DAIF_PROCCTX_NOIRQ and DAIF_ERRCTX of asm/daifflags.h. */
export const noIrq = { D: false, A: false, I: true, F: true }
export const errorContext = { D: false, A: true, I: true, F: true }

/** GIC_PRIO_IRQON, GIC_PRIO_IRQOFF, GIC_PRIO_IRQON | GIC_PRIO_PSR_I_SET of arm-gic-v3-prio.h. */
export const priority = oneOf(['ON', 'OFF', 'PSR'])

/** Without pseudo-NMI interrupts are masked by DAIF; with it, by PMR. */
export type Mode = 'no-pNMI' | 'pNMI'

/** What an exception frame holds, and what its handler keeps in local variables. */
export const frame = {
  /** pt_regs: SPSR and the saved PMR. */
  regs: record({ daif: flags, pmr: priority }).starts({ daif: open, pmr: 'ON' }),
  /** The interrupt that IAR named. */
  intid: oneOf(['none', 'irq', 'nmi']).starts('none'),
  /** irqentry_state_t.lockdep of irqentry_nmi_enter. */
  lockdep: bool.starts(false),
  /** Observer: PMR when the exception was taken. */
  pmrThen: priority.starts('ON'),
}
export type Frame = Variables<typeof frame>

export function machine() {
  return state({
    current: oneOf(tasks).starts('T1'),
    daif: flags.starts(open),
    pmr: priority.starts('ON'),
    irqPending: bool.starts(false),
    nmiPending: bool.starts(false),
    serrorPending: bool.starts(false),
    /** Running priority of the GIC: what is acknowledged and not yet dropped. */
    running: each(['irq', 'nmi'], bool).starts(false),
    needResched: each(tasks, bool).starts(false),
    preemptCount: each(tasks, range(0, 3)).starts(0),
    hardirqCount: each(tasks, range(0, 4)).starts(0),
    nmiCount: each(tasks, range(0, 4)).starts(0),
    /** lockdep's per-CPU belief that interrupts are enabled (hardirqs_enabled). */
    hardirqsOn: bool.starts(true),
    /** Extended quiescent state: how often RCU was told that an NMI-like handler runs. */
    rcuNmiNesting: range(0, 4).starts(0),
    /** Observer: the mask with which a task was switched out. */
    switchedOut: each(tasks, record({ away: bool, daif: flags, pmr: priority })).starts({ away: false, daif: open, pmr: 'ON' }),
  })
}
export type Machine = ReturnType<typeof machine>
