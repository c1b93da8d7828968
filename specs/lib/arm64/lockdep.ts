/**
 * Who believes that hardware interrupts are enabled: L lockdep (hardirqs_enabled), T the irqsoff tracer (not tracing_irq_cpu).
 * They are told by software, and may be wrong.
 *
 * Sources: kernel/locking/lockdep.c (lockdep_hardirqs_on, lockdep_hardirqs_off: also inside an NMI, because arm64 has
 * TRACE_IRQFLAGS_NMI_SUPPORT); kernel/trace/trace_preemptirq.c.
 */

import { bool, record, set, type Statements, type Var, when } from 'modelcheck'
import type { VarOf } from './pstate.ts'

export const hardirqs = record({ L: bool, T: bool })

export interface IrqViews {
  readonly cpu: { readonly hardirqs: VarOf<typeof hardirqs> }
}

export const lockdepHardirqsOn = ({ cpu }: IrqViews): Statements => set(cpu.hardirqs.L, true)
export const lockdepHardirqsOff = ({ cpu }: IrqViews): Statements => set(cpu.hardirqs.L, false)

/** The tracer's half, for entry code, where lockdep is told at another time than the tracer. */
export const traceHardirqsOnPrepare = ({ cpu }: IrqViews): Statements => set(cpu.hardirqs.T, true)
export const traceHardirqsOffFinish = ({ cpu }: IrqViews): Statements => set(cpu.hardirqs.T, false)

export const traceHardirqsOn = (k: IrqViews): Statements => [traceHardirqsOnPrepare(k), lockdepHardirqsOn(k)]
export const traceHardirqsOff = (k: IrqViews): Statements => [lockdepHardirqsOff(k), traceHardirqsOffFinish(k)]

/** lockdep_hardirqs_enabled(), kept for the exit of an NMI-like entry. */
export const rememberLockdep = ({ cpu }: IrqViews, into: Var<'unread' | 'off' | 'on'>): Statements =>
  when(cpu.hardirqs.L, set(into, 'on'), set(into, 'off'))
