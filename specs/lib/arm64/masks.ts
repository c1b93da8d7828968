/**
 * The mask helpers as state transformers, one for each kernel function.
 * Sources: arch/arm64/include/asm/irqflags.h, asm/daifflags.h, drivers/irqchip/irq-gic-v3.c.
 */

import { all, type Expr, not, set, type Statements } from 'modelcheck'
import type { Here } from './here.ts'
import { errorContext, masked, noIrq, open } from './machine.ts'

/** irqs_disabled() is false. With pseudo-NMI it looks at PMR only, never at DAIF. */
export const irqsEnabled = ({ mode, cpu }: Here): Expr<boolean> =>
  mode === 'pNMI' ? cpu.pmr.is('ON') : not(cpu.daif.I)

/** A pending interrupt would really be taken, as far as the masks go. */
export const irqsDeliverable = ({ mode, cpu }: Here): Expr<boolean> =>
  mode === 'pNMI' ? all(cpu.pmr.is('ON'), not(cpu.daif.I)) : not(cpu.daif.I)

/** !regs_irqs_disabled(regs). */
export const regsIrqsEnabled = ({ mode, frame }: Here): Expr<boolean> =>
  mode === 'pNMI' ? all(not(frame.regs.daif.I), frame.regs.pmr.is('ON')) : not(frame.regs.daif.I)

/** local_irq_enable(): lockdep is told before. With pseudo-NMI, DAIF stays as it is. */
export const localIrqEnable = ({ mode, cpu }: Here): Statements => [
  set(cpu.hardirqsOn, true),
  mode === 'pNMI' ? set(cpu.pmr, 'ON') : [set(cpu.daif.I, false), set(cpu.daif.F, false)],
]

/** local_irq_disable(): lockdep is told after. */
export const localIrqDisable = ({ mode, cpu }: Here): Statements => [
  mode === 'pNMI' ? set(cpu.pmr, 'OFF') : [set(cpu.daif.I, true), set(cpu.daif.F, true)],
  set(cpu.hardirqsOn, false),
]

export const localDaifMask = ({ mode, cpu }: Here): Statements => [
  set(cpu.daif, masked),
  mode === 'pNMI' && set(cpu.pmr, 'PSR'),
  set(cpu.hardirqsOn, false),
]

/** Reproduces the mask of the interrupted context bit for bit. */
export const localDaifInherit = (k: Here): Statements => {
  const { mode, cpu, frame } = k
  return [
    set(cpu.hardirqsOn, regsIrqsEnabled(k)),
    mode === 'pNMI' && set(cpu.pmr, frame.regs.pmr),
    set(cpu.daif, frame.regs.daif),
  ]
}

/** local_daif_restore(DAIF_ERRCTX). */
export const localDaifRestoreError = ({ mode, cpu }: Here): Statements => [
  mode === 'pNMI' && set(cpu.pmr, 'PSR'),
  set(cpu.daif, errorContext),
  set(cpu.hardirqsOn, false),
]

/** write_sysreg(DAIF_PROCCTX_NOIRQ, daif): the raw write, which leaves PMR alone. */
export const writeNoIrq = ({ cpu }: Here): Statements => set(cpu.daif, noIrq)

/** gic_unmask_pnmis(): PMR first, then I and F. */
export const gicUnmaskPnmis = ({ cpu }: Here): Statements => [
  set(cpu.pmr, 'OFF'),
  set(cpu.daif.I, false),
  set(cpu.daif.F, false),
]

export const allOpen = open
