/**
 * local_irq_*() as state transformers, one for each kernel function.
 *
 * Traps: with pseudo-NMI they look at PMR only and never undo DAIF.I; without it, local_irq_restore() writes all four
 * bits, so that it heals a wrong D or A as well as it spreads one.
 * Sources: arch/arm64/include/asm/irqflags.h (I and F together since f0098155d337); include/linux/irqflags.h (tracing).
 */

import { all, any, check, type Expr, not, set, type Statements, when } from 'modelcheck'
import { type IrqViews, traceHardirqsOff, traceHardirqsOn } from './lockdep.ts'
import type { Mask, Masks } from './pstate.ts'

type Traced = Masks & IrqViews

/** With CONFIG_ARM64_DEBUG_PRIORITY_MASKING the kernel warns of a PMR that none of its helpers wrote. */
export const pmrWarning = 'WARN: local_irq_enable or local_irq_disable finds PMR neither ON nor OFF'
const checkPmr = ({ mode, cpu }: Masks): Statements =>
  mode === 'pNMI' && check(any(cpu.pmr.is('ON'), cpu.pmr.is('OFF')), pmrWarning)

/** irqs_disabled(). Never looks at DAIF when PMR is what masks. */
export const irqsDisabled = ({ mode, cpu }: Masks): Expr<boolean> => (mode === 'pNMI' ? cpu.pmr.isNot('ON') : cpu.daif.I.is(true))

/** A pending regular interrupt would be taken, as far as the masks go. */
export const irqsDeliverable = ({ mode, cpu }: Masks): Expr<boolean> =>
  mode === 'pNMI' ? all(cpu.pmr.is('ON'), not(cpu.daif.I)) : not(cpu.daif.I)

/** local_irq_enable(): the tracer is told before. */
export const localIrqEnable = (k: Traced): Statements => [traceHardirqsOn(k), checkPmr(k), rawLocalIrqEnable(k)]

/** local_irq_disable(): the tracer is told after. */
export const localIrqDisable = (k: Traced): Statements => [checkPmr(k), rawLocalIrqDisable(k), traceHardirqsOff(k)]

/** raw_local_irq_enable() and raw_local_irq_disable(): the masks alone, for code that must not trace. */
export const rawLocalIrqEnable = ({ mode, cpu }: Masks): Statements =>
  mode === 'pNMI' ? set(cpu.pmr, 'ON') : [set(cpu.daif.I, false), set(cpu.daif.F, false)]
export const rawLocalIrqDisable = ({ mode, cpu }: Masks): Statements =>
  mode === 'pNMI' ? set(cpu.pmr, 'OFF') : [set(cpu.daif.I, true), set(cpu.daif.F, true)]

/** local_save_flags(saved): DAIF, or PMR as it is; the other half of `saved` means nothing. */
export const localSaveFlags = ({ mode, cpu }: Masks, saved: Mask): Statements =>
  mode === 'pNMI' ? set(saved.pmr, cpu.pmr) : set(saved.daif, cpu.daif)

/** local_irq_save(saved): writes only when interrupts were enabled. */
export const localIrqSave = (k: Traced, saved: Mask): Statements => {
  const { mode, cpu } = k
  return [
    localSaveFlags(k, saved),
    mode === 'pNMI'
      ? when(cpu.pmr.is('ON'), set(cpu.pmr, 'OFF'))
      : when(not(cpu.daif.I), [set(cpu.daif.I, true), set(cpu.daif.F, true)]),
    traceHardirqsOff(k),
  ]
}

/** irqs_disabled_flags(saved). */
export const irqsDisabledFlags = ({ mode }: Masks, saved: Mask): Expr<boolean> =>
  mode === 'pNMI' ? saved.pmr.isNot('ON') : saved.daif.I.is(true)

/** local_irq_restore(saved): the tracer is told before, when interrupts were enabled. */
export const localIrqRestore = (k: Traced, saved: Mask): Statements => [
  when(not(irqsDisabledFlags(k, saved)), traceHardirqsOn(k)),
  k.mode === 'pNMI' ? set(k.cpu.pmr, saved.pmr) : set(k.cpu.daif, saved.daif),
]

/** regs_irqs_disabled(regs): interrupts were off where the exception was taken. `!interrupts_enabled(regs)`. */
export const regsIrqsDisabled = ({ mode }: Masks, regs: Mask): Expr<boolean> =>
  mode === 'pNMI' ? any(regs.daif.I, regs.pmr.isNot('ON')) : regs.daif.I.is(true)
