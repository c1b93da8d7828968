/**
 * The mask helpers as state transformers, against tables of what each kernel function does to DAIF and PMR, and to the views
 * of lockdep and the tracer. Without pseudo-NMI (N) PMR is never read nor written; with it (P) it is.
 */

import { describe, expect, it } from 'vitest'
import {
  localDaifInherit,
  localDaifMask,
  localDaifRestore,
  localDaifRestoreErrctx,
  localDaifRestoreNoIrq,
  localDaifRestoreProcctx,
  localDaifSave,
  localDaifSaveFlags,
  maskWarning,
  restoreWarning,
  writeDaifNoIrq,
} from '../../../specs/lib/arm64/daifflags.ts'
import {
  armCpuidleRestoreIrqContext,
  armCpuidleSaveIrqContext,
  gicArchEnableIrqs,
  gicPmrMaskIrqs,
  gicUnmaskPnmis,
  restoreIrq,
  saveAndDisableDaif,
} from '../../../specs/lib/arm64/gic-masks.ts'
import {
  irqsDisabled,
  irqsDisabledFlags,
  localIrqDisable,
  localIrqEnable,
  localIrqRestore,
  localIrqSave,
  localSaveFlags,
  pmrWarning,
  regsIrqsDisabled,
} from '../../../specs/lib/arm64/irqflags.ts'
import { hardirqs } from '../../../specs/lib/arm64/lockdep.ts'
import { flags, type Mode, mask, openMask, priority } from '../../../specs/lib/arm64/pstate.ts'
import { action, bool, type Expr, model, never, type Statements, set, state } from '../../../src/language/index.ts'
import type { Value } from '../../../src/model/ir.ts'
import { initialStates, successors } from '../../../src/model/step.ts'
import { showValue } from '../../../src/model/values.ts'
import { buildModel } from '../../support/build.ts'

/** `DAIF/PMR`. */
type MaskText = string

const flagsOf = (text: MaskText) => ({
  D: text.includes('D'),
  A: text.startsWith('.A') || text.startsWith('DA'),
  I: text[2] === 'I',
  F: text[3] === 'F',
})
const maskOf = (text: MaskText) => ({ daif: flagsOf(text.slice(0, 4)), pmr: text.slice(5) as 'ON' })

function world(mode: Mode) {
  const cpu = state({
    daif: flags.starts(openMask.daif),
    pmr: priority.starts('ON'),
    hardirqs: hardirqs.starts({ L: true, T: true }),
  })
  return { mode, cpu, ...state({ saved: mask.starts(openMask), answer: bool.starts(false) }) }
}
type World = ReturnType<typeof world>

interface Before {
  readonly mask: MaskText
  readonly saved?: MaskText
  /** What lockdep and the tracer believe of interrupts. */
  readonly believes?: 'on' | 'off'
}

/** Runs a helper once on the reference evaluator. */
function run(mode: Mode, before: Before, helper: (k: World) => Statements) {
  const builder = model('helper', () => {
    const k = world(mode)
    const isOn = (before.believes ?? 'on') === 'on'
    const initial = [
      set(k.cpu.daif, maskOf(before.mask).daif),
      set(k.cpu.pmr, maskOf(before.mask).pmr),
      set(k.saved, maskOf(before.saved ?? '..../ON')),
      set(k.cpu.hardirqs, { L: isOn, T: isOn }),
    ]
    return {
      initially: initial,
      actions: action('run', {}, () => ({ then: helper(k) })),
      properties: { vacuous: never(false) },
    }
  })
  const built = buildModel(builder)
  const [start = {}] = initialStates(built)
  const [outcome] = successors(built, start)
  if (outcome === undefined || 'error' in outcome) throw new Error('the helper fails')
  const after = outcome.state
  const text = (v: Value | undefined): string => showValue(v ?? '')
  const saved = after['saved'] as { readonly daif: Value; readonly pmr: Value }
  return {
    mask: `${text(after['daif'])}/${text(after['pmr'])}`,
    saved: `${text(saved.daif)}/${text(saved.pmr)}`,
    believe: text(after['hardirqs']),
    answer: after['answer'],
    warnings: outcome.failedChecks.map(({ message }) => message),
  }
}

const [N, P] = ['no-pNMI', 'pNMI'] as const
const answer = (e: (k: World) => Expr<boolean>) => (k: World) => set(k.answer, e(k))

interface Row {
  readonly what: string
  readonly helper: (k: World) => Statements
  readonly mode: Mode
  readonly from: MaskText
  readonly to: MaskText
  /** What lockdep and the tracer believe afterwards; before, the opposite. Without it they are not told. */
  readonly tells?: 'on' | 'off'
  readonly given?: MaskText
  readonly saves?: MaskText
  readonly warns?: string
}

const row = (
  what: string,
  helper: (k: World) => Statements,
  mode: Mode,
  from: MaskText,
  to: MaskText,
  rest: Partial<Row> = {},
): Row => ({
  what,
  helper,
  mode,
  from,
  to,
  ...rest,
})

const restore = (k: World) => localDaifRestore(k, k.saved.daif)
const daifSave = (k: World) => localDaifSave(k, k.saved.daif)
const saveFlags = (k: World) => localDaifSaveFlags(k, k.saved.daif)

const rows: readonly Row[] = [
  row('local_irq_enable', localIrqEnable, N, '..IF/ON', '..../ON', { tells: 'on' }),
  row('local_irq_enable leaves D and A', localIrqEnable, N, 'DAIF/ON', 'DA../ON', { tells: 'on' }),
  row('local_irq_enable', localIrqEnable, P, '..../OFF', '..../ON', { tells: 'on' }),
  row('local_irq_enable never undoes DAIF.I', localIrqEnable, P, 'DAIF/PSR', 'DAIF/ON', {
    tells: 'on',
    warns: pmrWarning,
  }),
  row('local_irq_disable', localIrqDisable, N, '..../ON', '..IF/ON', { tells: 'off' }),
  row('local_irq_disable', localIrqDisable, P, '..../ON', '..../OFF', { tells: 'off' }),
  row('local_irq_disable overwrites the flag', localIrqDisable, P, '..IF/PSR', '..IF/OFF', {
    tells: 'off',
    warns: pmrWarning,
  }),
  row('local_irq_save', (k) => localIrqSave(k, k.saved), N, 'D.../ON', 'D.IF/ON', { tells: 'off', saves: 'D.../ON' }),
  row('local_irq_save', (k) => localIrqSave(k, k.saved), P, '..../ON', '..../OFF', { tells: 'off', saves: '..../ON' }),
  row('local_irq_save writes only from ON', (k) => localIrqSave(k, k.saved), P, '..IF/PSR', '..IF/PSR', {
    tells: 'off',
    saves: '..../PSR',
  }),
  row('local_irq_restore writes all four bits', (k) => localIrqRestore(k, k.saved), N, 'DAIF/ON', '..IF/ON', {
    given: '..IF/ON',
  }),
  row('local_irq_restore spreads a wrong mask', (k) => localIrqRestore(k, k.saved), N, '..IF/ON', 'DA../ON', {
    given: 'DA../ON',
    tells: 'on',
  }),
  row('local_irq_restore', (k) => localIrqRestore(k, k.saved), P, '..../OFF', '..../ON', {
    given: '..../ON',
    tells: 'on',
  }),
  row('local_irq_restore', (k) => localIrqRestore(k, k.saved), P, '..../OFF', '..../OFF', { given: '..../OFF' }),
  row('local_save_flags', (k) => localSaveFlags(k, k.saved), N, 'DA../ON', 'DA../ON', { saves: 'DA../ON' }),
  row('local_save_flags', (k) => localSaveFlags(k, k.saved), P, '..IF/PSR', '..IF/PSR', { saves: '..../PSR' }),

  row('local_daif_mask', localDaifMask, N, '..../ON', 'DAIF/ON', { tells: 'off' }),
  row('local_daif_mask', localDaifMask, P, '..../OFF', 'DAIF/PSR', { tells: 'off' }),
  row('local_daif_mask', localDaifMask, P, '..../OFF|PSR', 'DAIF/PSR', { tells: 'off', warns: maskWarning }),
  row('local_daif_save_flags', saveFlags, N, 'D.IF/ON', 'D.IF/ON', { saves: 'D.IF/ON' }),
  row('local_daif_save_flags', saveFlags, P, '..../ON', '..../ON', { saves: '..../ON' }),
  row('local_daif_save_flags shows a mask by PMR', saveFlags, P, '..../OFF', '..../OFF', { saves: '..IF/ON' }),
  row('local_daif_save', daifSave, N, '..IF/ON', 'DAIF/ON', { tells: 'off', saves: '..IF/ON' }),
  row('local_daif_save', daifSave, P, '..../OFF', 'DAIF/PSR', { tells: 'off', saves: '..IF/ON' }),
  row('local_daif_restore(PROCCTX)', localDaifRestoreProcctx, N, 'DAIF/ON', '..../ON', { tells: 'on' }),
  row('local_daif_restore(PROCCTX)', localDaifRestoreProcctx, P, 'DAIF/PSR', '..../ON', { tells: 'on' }),
  row('local_daif_restore(NOIRQ)', localDaifRestoreNoIrq, N, 'DAIF/ON', '..IF/ON', { tells: 'off' }),
  row('local_daif_restore(NOIRQ) strips I and F', localDaifRestoreNoIrq, P, 'DAIF/PSR', '..../OFF', { tells: 'off' }),
  row('local_daif_restore(ERRCTX)', localDaifRestoreErrctx, N, 'DAIF/ON', '.AIF/ON', { tells: 'off' }),
  row('local_daif_restore(ERRCTX)', localDaifRestoreErrctx, P, 'DAIF/OFF', '.AIF/PSR', { tells: 'off' }),
  row('local_daif_restore warns of open interrupts', localDaifRestoreErrctx, P, '..../OFF', '.AIF/PSR', {
    tells: 'off',
    warns: restoreWarning,
  }),
  row('local_daif_restore(f), I clear', restore, N, 'DAIF/ON', 'D.../ON', { given: 'D.../ON', tells: 'on' }),
  row('local_daif_restore(f), I set', restore, N, 'DAIF/ON', '..IF/ON', { given: '..IF/ON', tells: 'off' }),
  row('local_daif_restore(f), I clear', restore, P, 'DAIF/PSR', 'D.../ON', { given: 'D.../ON', tells: 'on' }),
  row('local_daif_restore(f), I set, A clear', restore, P, 'DAIF/PSR', 'D.../OFF', { given: 'D.IF/ON', tells: 'off' }),
  row('local_daif_restore(f), I and A set', restore, P, 'DAIF/ON', '.AIF/PSR', { given: '.AIF/ON', tells: 'off' }),
  row('local_daif_restore(MASK)', restore, P, 'DAIF/ON', 'DAIF/PSR', { given: 'DAIF/ON', tells: 'off' }),
  row('a round trip turns a mask by I into one by PMR', (k) => [daifSave(k), restore(k)], P, '..IF/PSR', '..../OFF', {
    tells: 'off',
    saves: '..IF/ON',
  }),
  row('local_daif_inherit', (k) => localDaifInherit(k, k.saved), N, 'DAIF/ON', 'D.IF/ON', { given: 'D.IF/ON' }),
  row('local_daif_inherit', (k) => localDaifInherit(k, k.saved), N, 'DAIF/ON', '..../ON', {
    given: '..../ON',
    tells: 'on',
  }),
  row('local_daif_inherit reproduces I', (k) => localDaifInherit(k, k.saved), P, 'DAIF/PSR', '..IF/PSR', {
    given: '..IF/PSR',
  }),
  row('local_daif_inherit', (k) => localDaifInherit(k, k.saved), P, 'DAIF/PSR', '..../ON', {
    given: '..../ON',
    tells: 'on',
  }),
  row('write_sysreg(NOIRQ, daif)', writeDaifNoIrq, N, 'DAIF/ON', '..IF/ON'),
  row('write_sysreg(NOIRQ, daif) leaves PMR', writeDaifNoIrq, P, 'DAIF/PSR', '..IF/PSR'),

  row('gic_pmr_mask_irqs', gicPmrMaskIrqs, P, '..IF/PSR', '..IF/OFF'),
  row('gic_arch_enable_irqs', gicArchEnableIrqs, P, 'DAIF/OFF', 'DA../OFF'),
  row('gic_unmask_pnmis', gicUnmaskPnmis, P, '..IF/PSR', '..../OFF'),
  row('gic_unmask_pnmis', gicUnmaskPnmis, N, '..IF/ON', '..IF/ON'),
  row('arm_cpuidle_save_irq_context', (k) => armCpuidleSaveIrqContext(k, k.saved), P, '..../OFF', '..IF/PSR', {
    saves: '..../OFF',
  }),
  row('arm_cpuidle_restore_irq_context', (k) => armCpuidleRestoreIrqContext(k, k.saved), P, '..IF/PSR', '..../OFF', {
    given: '..../OFF',
  }),
  row('save_and_disable_daif', (k) => saveAndDisableDaif(k, k.saved.daif), P, '..../OFF', 'DAIF/OFF', {
    saves: '..../ON',
  }),
  row('restore_irq', (k) => restoreIrq(k, k.saved.daif), P, 'DAIF/OFF', '..IF/OFF', { given: '..IF/ON' }),
]

describe('mask helpers', () => {
  it.each(rows)('$what, $mode: $from to $to', ({ helper, mode, from, to, tells, given, saves, warns }) => {
    const believed = tells === 'on' ? 'off' : 'on'

    const after = run(
      mode,
      { mask: from, believes: believed, ...(given === undefined ? {} : { saved: given }) },
      helper,
    )

    expect(after).toMatchObject({
      mask: to,
      saved: saves ?? given ?? '..../ON',
      believe: (tells ?? believed) === 'on' ? 'LT' : '..',
      warnings: warns === undefined ? [] : [warns],
    })
  })

  it.each([
    { mode: N, mask: '..IF/ON', disabled: true },
    { mode: N, mask: 'DA../ON', disabled: false },
    { mode: P, mask: 'DAIF/ON', disabled: false },
    { mode: P, mask: '..../OFF', disabled: true },
    { mode: P, mask: '..IF/PSR', disabled: true },
  ])('irqs_disabled at $mask, $mode: $disabled', ({ mode, mask: text, disabled }) => {
    expect(run(mode, { mask: text }, answer(irqsDisabled)).answer).toBe(disabled)
    expect(
      run(
        mode,
        { mask: '..../ON', saved: text },
        answer((k) => irqsDisabledFlags(k, k.saved)),
      ).answer,
    ).toBe(disabled)
  })

  it.each([
    { mode: N, mask: '..IF/ON', disabled: true },
    { mode: N, mask: 'DA../ON', disabled: false },
    { mode: P, mask: '..IF/ON', disabled: true },
    { mode: P, mask: '..../OFF', disabled: true },
    { mode: P, mask: '..../ON', disabled: false },
  ])('regs_irqs_disabled of $mask, $mode: $disabled', ({ mode, mask: text, disabled }) => {
    const regs = answer((k) => regsIrqsDisabled(k, k.saved))
    expect(run(mode, { mask: '..../ON', saved: text }, regs).answer).toBe(disabled)
  })
})
