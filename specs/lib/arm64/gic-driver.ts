/**
 * The driver of the interrupt controller: acknowledge, tell a pseudo-NMI from a regular interrupt, drop the priority, run
 * the handler, deactivate.
 *
 * Source: drivers/irqchip/irq-gic-v3.c, after adf14453d2c0, 6efb50923771 and 614ab80c9647 (EOImode 1).
 */

import { branch, decide, type Lines, set, step } from 'modelcheck'
import { acknowledge, deactivate, dropPriority, isNmiPriority } from './gic.ts'
import { gicPmrMaskIrqs, gicUnmaskPnmis } from './gic-masks.ts'
import { hrtimerInterrupt } from './hrtimer.ts'
import { type Kernel, regsIrqsEnabled, type Routines } from './kernel.ts'
import { raiseSoftirq } from './softirq.ts'

export const gicDriver: Pick<
  Routines,
  'gic_handle_irq' | '__gic_handle_irq_from_irqson' | '__gic_handle_irq_from_irqsoff' | '__gic_handle_irq' | '__gic_handle_nmi'
> = {
  gic_handle_irq: (k) =>
    k.mode === 'pNMI'
      ? decide(regsIrqsEnabled(k), k.code.__gic_handle_irq_from_irqson(), k.code.__gic_handle_irq_from_irqsoff())
      : k.code.__gic_handle_irq_from_irqson(),

  // RPR says, after IAR and before EOIR, whether it was a pseudo-NMI after all.
  __gic_handle_irq_from_irqson: (k) => {
    if (k.mode !== 'pNMI') return [readIar(k), k.code.__gic_handle_irq()]
    const unmask = step('gic_unmask_pnmis', gicUnmaskPnmis(k))
    return [
      readIar(k),
      branch('gic_rpr_is_nmi_prio', isNmiPriority(k),
        [k.code.nmi_enter(), k.code.__gic_handle_nmi(), k.code.nmi_exit(), unmask],
        [unmask, k.code.__gic_handle_irq()]),
    ]
  },

  // PMR is lowered around IAR: should the pseudo-NMI be gone, a regular interrupt must not be taken in its place.
  __gic_handle_irq_from_irqsoff: (k) => [
    step('gic_pmr_mask_irqs', gicPmrMaskIrqs(k)),
    readIar(k),
    step('gic_write_pmr(PSR)', set(k.cpu.pmr, 'PSR')),
    k.code.__gic_handle_nmi(),
  ],

  __gic_handle_irq: (k) => whileActive(k, step('handle_irq', hrtimerInterrupt(k), raiseSoftirq(k))),
  __gic_handle_nmi: (k) => whileActive(k, step('handle_nmi')),
}

const readIar = (k: Kernel): Lines => step('gic_read_iar', acknowledge(k, k.frame.intid))

/** gic_complete_ack() and the handler of the interrupt; nothing for a special INTID. */
export function whileActive(k: Kernel, handler: Lines): Lines {
  // The INTID is dead where it is forgotten, so that it tells no states apart.
  const forget = set(k.frame.intid, 'none')
  return decide(k.frame.intid.is('special'),
    step('gic_irqnr_is_special', forget),
    [
      step('gic_write_eoir', dropPriority(k, k.frame.intid)),
      handler,
      step('gic_write_dir', deactivate(k, k.frame.intid), forget),
    ])
}
