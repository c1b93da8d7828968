/**
 * Bug: after a pseudo-NMI that broke into a context with interrupts on, the driver returns without opening PSTATE.I. The rest of the
 * entry code believes that PMR masks, and local_irq_enable() cannot undo what DAIF.I does.
 *
 * Fixed by 614ab80c9647 (drivers/irqchip/irq-gic-v3.c): PMR := OFF, then I and F are opened, whatever was acknowledged.
 * Here with the preemption of the interrupt path and without the gate that was built around the bug.
 */

import { branch, step } from 'modelcheck'
import { patch2 } from '../lib/arm64/designs/patch-1.ts'
import { deaf, everyDesign, switchMask } from '../lib/arm64/findings.ts'
import { acknowledge, isNmiPriority } from '../lib/arm64/gic.ts'
import { pmrWarning } from '../lib/arm64/irqflags.ts'
import { gicUnmaskPnmis } from '../lib/arm64/gic-masks.ts'
import type { Design } from '../lib/arm64/kernel.ts'
import { system, type System } from '../lib/arm64/system.ts'

/** The NMI branch returns early. */
const beforeTheFix: Design = {
  ...patch2,
  __gic_handle_irq_from_irqson: (k) => [
    step('gic_read_iar', acknowledge(k, k.frame.intid)),
    branch('gic_rpr_is_nmi_prio', isNmiPriority(k),
      [k.code.nmi_enter(), k.code.__gic_handle_nmi(), k.code.nmi_exit()],
      [step('gic_unmask_pnmis', gicUnmaskPnmis(k)), k.code.__gic_handle_irq()]),
  ],
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'pNMI', preempts: ['__el1_irq'], nesting: { depth: 1, otherDepth: 1 },
}

export const buggy = system('nmi-leaves-irqs-masked', {
  ...on, design: beforeTheFix, expectViolated: [...deaf, ...switchMask, pmrWarning, ...everyDesign],
})

export const fixed = system('nmi-leaves-irqs-masked-fixed', { ...on, design: patch2, expectViolated: everyDesign })
