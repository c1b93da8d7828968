/**
 * Every design of the arm64 entry code that the thread of March 2026 knows, without and with pseudo-NMI, under the same properties:
 * before generic entry, as merged, the fixes that were proposed and merged, and the reordering that was proposed.
 *
 * docs/arm64-entry.md says what each is and explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { minimalFix } from './lib/arm64/designs/minimal-fix.ts'
import { patch1, patch2 } from './lib/arm64/designs/patch-1.ts'
import { preGeneric } from './lib/arm64/designs/pre-generic.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'
import type { Design } from './lib/arm64/kernel.ts'
import { deaf, everyDesign, switchedMasked, wrongMask } from './lib/arm64/findings.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { system } from './lib/arm64/system.ts'

/** Some designs preempt on the way out of an interrupt only, the others on the way out of an abort too. */
const irqOnly = ['__el1_irq']
const both = ['el1_abort', '__el1_irq']

interface Variant {
  readonly design: Design
  readonly preempts: readonly string[]
  readonly expectViolated?: readonly string[]
}

const variant = (name: string, mode: Mode, { design, preempts, expectViolated = [] }: Variant) =>
  system(name, { design, mode, preempts, expectViolated: [...everyDesign, ...expectViolated] })
const without = (name: string, parts: Variant) => variant(name, 'no-pNMI', parts)
const withPnmi = (name: string, parts: Variant) => variant(`${name}-pnmi`, 'pNMI', parts)

export const a = without('a', { design: preGeneric, preempts: irqOnly })
export const b = without('b', { design: merged, preempts: both, expectViolated: wrongMask })
export const c1 = without('c1', { design: patch1, preempts: irqOnly })
export const c2 = without('c2', { design: patch2, preempts: irqOnly })
export const c3 = without('c3', { design: minimalFix, preempts: irqOnly })
export const c4 = without('c4', { design: rework, preempts: both })
export const c5 = without('c5', { design: linux73, preempts: both })
export const d = without('d', { design: proposal, preempts: both })
export const e3 = without('e3', { design: splitInheritance, preempts: both })
export const e5 = without('e5', { design: lateTfsr, preempts: both })

export const aPnmi = withPnmi('a', { design: preGeneric, preempts: irqOnly })
export const bPnmi = withPnmi('b', { design: merged, preempts: irqOnly })
export const bNoGatePnmi = withPnmi('b-no-gate', {
  design: mergedWithoutGate, preempts: both, expectViolated: [...switchedMasked, ...deaf, pmrWarning],
})
export const c1Pnmi = withPnmi('c1', { design: patch1, preempts: irqOnly })
export const c2Pnmi = withPnmi('c2', { design: patch2, preempts: irqOnly })
export const c3Pnmi = withPnmi('c3', { design: minimalFix, preempts: irqOnly })
export const c4Pnmi = withPnmi('c4', { design: rework, preempts: both, expectViolated: [pmrWarning] })
export const c5Pnmi = withPnmi('c5', { design: linux73, preempts: both })
export const dPnmi = withPnmi('d', { design: proposal, preempts: both })
export const e3Pnmi = withPnmi('e3', { design: splitInheritance, preempts: both, expectViolated: [pmrWarning] })
export const e5Pnmi = withPnmi('e5', { design: lateTfsr, preempts: both })
