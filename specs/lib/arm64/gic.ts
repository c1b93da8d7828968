/**
 * The interrupt controller: a regular interrupt and a pseudo-NMI, each pending or not, each inactive, active (acknowledged) or
 * dropped (its running priority is given up, but it is not deactivated).
 *
 * An interrupt is signalled if its priority is higher than PMR and than the running priority. A pseudo-NMI's is higher than
 * every value of PMR. Source: Arm IHI 0069, 4.8; drivers/irqchip/irq-gic-v3.c (EOImode 1).
 */

import { all, any, type Expr, oneOf, set, type Statements, type Var, when } from 'modelcheck'
import type { Mode, priority, VarOf } from './pstate.ts'

export const lifeCycle = oneOf(['inactive', 'active', 'dropped'])

/** What a read of IAR can return; `none` before it. `special` is 1020-1023: nothing to acknowledge. */
export const intid = oneOf(['none', 'irq', 'nmi', 'special'])

export interface GicView {
  readonly mode: Mode
  readonly cpu: {
    readonly pmr: VarOf<typeof priority>
    readonly irqPending: Var<boolean>
    readonly nmiPending: Var<boolean>
    readonly irq: VarOf<typeof lifeCycle>
    readonly nmi: VarOf<typeof lifeCycle>
  }
}

/** 0xc0 is higher than ON, PSR and the illegal value, but not than OFF; equal to the running priority of another. */
const irqSignalled = ({ cpu }: GicView): Expr<boolean> =>
  all(cpu.irqPending, cpu.irq.is('inactive'), cpu.nmi.isNot('active'), cpu.pmr.isNot('OFF'))

const nmiSignalled = ({ cpu, mode }: GicView): Expr<boolean> =>
  mode === 'pNMI' ? all(cpu.nmiPending, cpu.nmi.is('inactive')) : all(false)

export const signalled = (k: GicView): Expr<boolean> => any(nmiSignalled(k), irqSignalled(k))

/** IAR: the signalled interrupt of highest priority becomes active. It need not be the one that caused the exception. */
export const acknowledge = (k: GicView, into: Intid): Statements => {
  const { cpu } = k
  const irqOrNone = when(irqSignalled(k), [set(cpu.irqPending, false), set(cpu.irq, 'active'), set(into, 'irq')], set(into, 'special'))
  if (k.mode !== 'pNMI') return irqOrNone
  return when(nmiSignalled(k), [set(cpu.nmiPending, false), set(cpu.nmi, 'active'), set(into, 'nmi')], irqOrNone)
}

/** RPR: the running priority is that of a pseudo-NMI. */
export const isNmiPriority = ({ cpu }: GicView): Expr<boolean> => cpu.nmi.is('active')

type Intid = VarOf<typeof intid>

/** EOIR: drops the running priority that the acknowledged interrupt raised. */
export const dropPriority = ({ cpu }: GicView, which: Intid): Statements => [
  when(which.is('irq'), set(cpu.irq, 'dropped')),
  when(which.is('nmi'), set(cpu.nmi, 'dropped')),
]

/** DIR. */
export const deactivate = ({ cpu }: GicView, which: Intid): Statements => [
  when(which.is('irq'), set(cpu.irq, 'inactive')),
  when(which.is('nmi'), set(cpu.nmi, 'inactive')),
]
