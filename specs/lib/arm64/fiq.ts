/**
 * The FIQ line, by which Apple's interrupt controller delivers timers and IPIs. It takes the path of interrupts with another handler,
 * and is masked by PSTATE.F alone: since f0098155d337 whatever writes I writes F alike. There is no pseudo-NMI on such a machine.
 *
 * Sources: arch/arm64/kernel/entry-common.c (el1h_64_fiq_handler); drivers/irqchip/irq-apple-aic.c (aic_handle_fiq).
 */

import { action, type ActionHandle, bool, type Expr, all, not, set, step, type Variables } from 'modelcheck'
import type { Here, Routines } from './kernel.ts'

export const fiqState = { fiqPending: bool.starts(false) }

interface WithFiq {
  readonly cpu: Partial<Variables<typeof fiqState>> & Pick<Here['cpu'], 'daif'>
}

export const fiqTaken = ({ cpu: { daif, fiqPending } }: WithFiq): Expr<boolean> => all(not(daif.F), fiqPending ?? false)

/** The handlers of all sources that it finds pending. */
export const fiqHandler: Pick<Routines, 'handle_arch_fiq'> = {
  handle_arch_fiq: ({ cpu: { fiqPending } }) => step('handle_fiq', fiqPending !== undefined && set(fiqPending, false)),
}

export const raiseFiq = ({ cpu: { fiqPending } }: WithFiq): readonly ActionHandle[] =>
  fiqPending === undefined ? [] : [
    action('FIQ is raised', {}, () => ({ lane: 'device', when: not(fiqPending), then: set(fiqPending, true) })),
  ]
