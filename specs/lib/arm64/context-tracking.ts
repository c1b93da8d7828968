/**
 * RCU: is it watching this CPU, and how many NMI-like handlers has it been told of?
 *
 * nmiNesting counts from the base of the context (0 in the idle loop; a large number, here 0 as well, elsewhere). A handler that
 * finds RCU not watching adds 1 and makes it watch, any other adds 2, so that 1 means "outermost, came from idle or EL0".
 * Source: kernel/context_tracking.c.
 */

import { set, type Statements, type Var, when } from 'modelcheck'

export interface RcuView {
  readonly cpu: {
    readonly rcuWatching: Var<boolean>
    readonly nmiNesting: Var<number>
  }
}

export const ctNmiEnter = ({ cpu }: RcuView): Statements =>
  when(cpu.rcuWatching,
    set(cpu.nmiNesting, cpu.nmiNesting.plus(2)),
    [set(cpu.rcuWatching, true), set(cpu.nmiNesting, cpu.nmiNesting.plus(1))])

export const ctNmiExit = ({ cpu }: RcuView): Statements =>
  when(cpu.nmiNesting.is(1),
    [set(cpu.nmiNesting, 0), set(cpu.rcuWatching, false)],
    set(cpu.nmiNesting, cpu.nmiNesting.minus(2)))

/** The same, with interrupts off by contract. */
export const ctIrqEnter = ctNmiEnter
export const ctIrqExit = ctNmiExit

/** The extended quiescent state of the idle loop, and of EL0 (user_enter_irqoff, user_exit_irqoff: CONFIG_CONTEXT_TRACKING_USER). */
export const ctIdleEnter = ({ cpu }: RcuView): Statements => set(cpu.rcuWatching, false)
export const ctIdleExit = ({ cpu }: RcuView): Statements => set(cpu.rcuWatching, true)
export const ctUserEnter = ctIdleEnter
export const ctUserExit = ctIdleExit
