/**
 * The masks as the interrupt controller's driver, the idle loop and the assembly write them: no tracing, no checks.
 *
 * Sources: drivers/irqchip/irq-gic-v3.c (gic_unmask_pnmis in newer trees); arch/arm64/include/asm/cpuidle.h;
 * arch/arm64/include/asm/assembler.h.
 */

import { set, type Statements } from 'modelcheck'
import { type Mask, type Masks, masked } from './pstate.ts'

export const gicPmrMaskIrqs = ({ cpu }: Masks): Statements => set(cpu.pmr, 'OFF')

export const gicArchEnableIrqs = ({ cpu }: Masks): Statements => [set(cpu.daif.I, false), set(cpu.daif.F, false)]

/** PMR first. Without pseudo-NMI, nothing. */
export const gicUnmaskPnmis = (k: Masks): Statements => k.mode === 'pNMI' && [gicPmrMaskIrqs(k), gicArchEnableIrqs(k)]

/** WFI wakes for what DAIF.I holds back, but not for what PMR does: so that PMR lets everything through meanwhile. */
export const armCpuidleSaveIrqContext = ({ mode, cpu }: Masks, saved: Mask): Statements =>
  mode === 'pNMI' && [
    set(saved, { daif: cpu.daif, pmr: cpu.pmr }),
    set(cpu.daif.I, true),
    set(cpu.daif.F, true),
    set(cpu.pmr, 'PSR'),
  ]

export const armCpuidleRestoreIrqContext = ({ mode, cpu }: Masks, saved: Mask): Statements =>
  mode === 'pNMI' && [set(cpu.pmr, saved.pmr), set(cpu.daif, saved.daif)]

/** Assembly around a change of stacks. PMR stays. */
export const saveAndDisableDaif = ({ cpu }: Masks, saved: Mask['daif']): Statements => [set(saved, cpu.daif), set(cpu.daif, masked)]
export const restoreIrq = ({ cpu }: Masks, saved: Mask['daif']): Statements => set(cpu.daif, saved)
