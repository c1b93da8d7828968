/**
 * local_daif_*() as state transformers, one for each kernel function.
 *
 * One helper is one step although it writes two registers: in the order they use, nothing can be taken between the two
 * writes that could not be taken just before or just after.
 * Source: arch/arm64/include/asm/daifflags.h.
 */

import { all, check, not, set, type Statements, when } from 'modelcheck'
import { regsIrqsDisabled } from './irqflags.ts'
import { type IrqViews, traceHardirqsOff, traceHardirqsOn } from './lockdep.ts'
import { errorContext, type Mask, type Masks, masked, noIrq, open } from './pstate.ts'

type Traced = Masks & IrqViews
type Flags = Mask['daif']

/** Warnings of CONFIG_ARM64_DEBUG_PRIORITY_MASKING. */
export const maskWarning = 'WARN: local_daif_mask finds PMR OFF with the PSR flag'
export const restoreWarning = 'WARN: local_daif_restore while DAIF.I or DAIF.F is open'

export const localDaifMask = (k: Traced): Statements => {
  const { mode, cpu } = k
  return [
    mode === 'pNMI' && check(cpu.pmr.isNot('OFF|PSR'), maskWarning),
    set(cpu.daif, masked),
    mode === 'pNMI' && set(cpu.pmr, 'PSR'),
    traceHardirqsOff(k),
  ]
}

/** local_daif_save_flags(): a mask by PMR shows as I and F. */
export const localDaifSaveFlags = ({ mode, cpu }: Masks, saved: Flags): Statements => [
  set(saved, cpu.daif),
  mode === 'pNMI' && when(cpu.pmr.isNot('ON'), [set(saved.I, true), set(saved.F, true)]),
]

export const localDaifSave = (k: Traced, saved: Flags): Statements => [localDaifSaveFlags(k, saved), localDaifMask(k)]

const checkMasked = ({ mode, cpu }: Masks): Statements => mode === 'pNMI' && check(all(cpu.daif.I, cpu.daif.F), restoreWarning)

/**
 * local_daif_restore(saved). With pseudo-NMI, interrupts that are disabled where SErrors are not come to be masked by
 * PMR, so that pseudo-NMIs get through: I and F are never left set with A open.
 */
export const localDaifRestore = (k: Traced, saved: Flags): Statements => {
  const { mode, cpu } = k
  return [
    checkMasked(k),
    when(not(saved.I), [
      traceHardirqsOn(k), mode === 'pNMI' && set(cpu.pmr, 'ON'), set(cpu.daif, saved),
    ], [
      mode === 'pNMI'
        ? when(not(saved.A), [
            set(cpu.pmr, 'OFF'), set(cpu.daif, { D: saved.D, A: saved.A, I: false, F: false }),
          ], [
            set(cpu.pmr, 'PSR'), set(cpu.daif, saved),
          ])
        : set(cpu.daif, saved),
      traceHardirqsOff(k),
    ]),
  ]
}

/** local_daif_restore(DAIF_PROCCTX). */
export const localDaifRestoreProcctx = (k: Traced): Statements => [
  checkMasked(k), traceHardirqsOn(k), k.mode === 'pNMI' && set(k.cpu.pmr, 'ON'), set(k.cpu.daif, open),
]

const disabled = (k: Traced, pmr: 'OFF' | 'PSR', daif: typeof open | typeof noIrq | typeof errorContext): Statements => [
  checkMasked(k), k.mode === 'pNMI' && set(k.cpu.pmr, pmr), set(k.cpu.daif, daif), traceHardirqsOff(k),
]

/** local_daif_restore(DAIF_PROCCTX_NOIRQ). */
export const localDaifRestoreNoIrq = (k: Traced): Statements => disabled(k, 'OFF', k.mode === 'pNMI' ? open : noIrq)

/** local_daif_restore(DAIF_ERRCTX). */
export const localDaifRestoreErrctx = (k: Traced): Statements => disabled(k, 'PSR', errorContext)

/** local_daif_inherit(regs): the mask of the interrupted context, bit for bit. */
export const localDaifInherit = (k: Traced, regs: Mask): Statements => [
  when(not(regsIrqsDisabled(k, regs)), traceHardirqsOn(k)),
  k.mode === 'pNMI' && set(k.cpu.pmr, regs.pmr),
  set(k.cpu.daif, regs.daif),
]

/**
 * Half of local_daif_inherit(): all but regular interrupts, never wider than the interrupted context. Where PMR is what masks
 * interrupts, I and F follow that context too: open for pseudo-NMIs, unless it was inside one.
 */
export const localDaifInheritButIrqs = ({ mode, cpu }: Masks, regs: Mask): Statements =>
  mode === 'pNMI'
    ? [when(not(regs.daif.I), set(cpu.pmr, 'OFF')), set(cpu.daif, regs.daif)]
    : set(cpu.daif, { D: regs.daif.D, A: regs.daif.A, I: true, F: true })

/** write_sysreg(DAIF_PROCCTX_NOIRQ, daif): the raw write, which leaves PMR alone and tells nobody. */
export const writeDaifNoIrq = ({ cpu }: Masks): Statements => set(cpu.daif, noIrq)

