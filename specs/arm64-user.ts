/**
 * The designs of the arm64 entry code on exceptions from EL0: the way in, the work before the way out, the first return of a new task,
 * and what breaks in meanwhile. Two tasks with an EL0 half, or one and a kernel thread; with kernel threads only: arm64-designs.ts.
 *
 * For a in its last form see c1, and for c2: their routines are those of c1 but for a gate that changes no state.
 * docs/arm64-user.md explains the verdicts.
 */

import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { minimalFix } from './lib/arm64/designs/minimal-fix.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { preGenericV519 } from './lib/arm64/designs/pre-generic.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'
import { deaf, lockdepAfterSError, switchedMasked, tracingHelpers, wrongMask } from './lib/arm64/findings.ts'
import { leastHardware } from './lib/arm64/hardware.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Design } from './lib/arm64/kernel.ts'
import type { Task } from './lib/arm64/machine.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { system } from './lib/arm64/system.ts'

/** Some designs preempt on the way out of an interrupt only, the others on the way out of an abort too. */
const irqOnly = ['__el1_irq']
const both = ['el1_abort', '__el1_irq']

const tasks = (mode: Mode, users: readonly Task[]) =>
  (name: string, design: Design, preempts: readonly string[], expectViolated: readonly string[] = []) =>
    system(mode === 'pNMI' ? `${name}-pnmi` : name, {
      design, mode, preempts,
      tasks: ['T1', 'T2'], users, outside: leastHardware,
      expectViolated: [...lockdepAfterSError, ...expectViolated],
    })
const without = tasks('no-pNMI', ['T1', 'T2'])
const withPnmi = tasks('pNMI', ['T1', 'T2'])

export const aV519 = without('a-v5.19', preGenericV519, irqOnly)
export const b = without('b', merged, both, wrongMask)
export const c1 = without('c1', patch1, irqOnly)
export const c3 = without('c3', minimalFix, irqOnly)
export const c4 = without('c4', rework, both)
export const c5 = without('c5', linux73, both)
export const d = without('d', proposal, both, tracingHelpers)
export const e3 = without('e3', splitInheritance, both)

export const aV519Pnmi = withPnmi('a-v5.19', preGenericV519, irqOnly)
export const bPnmi = withPnmi('b', merged, irqOnly)
export const bNoGatePnmi = withPnmi('b-no-gate', mergedWithoutGate, both, [...switchedMasked, ...deaf, pmrWarning])
export const c1Pnmi = withPnmi('c1', patch1, irqOnly)
export const c3Pnmi = withPnmi('c3', minimalFix, irqOnly)
export const c4Pnmi = withPnmi('c4', rework, both, [pmrWarning])
export const c5Pnmi = withPnmi('c5', linux73, both)
export const dPnmi = withPnmi('d', proposal, both, tracingHelpers)
export const e3Pnmi = withPnmi('e3', splitInheritance, both, [pmrWarning])

/** The second task is a kernel thread, which never returns to EL0, where a wrong mask would be mended. */
const beside = tasks('no-pNMI', ['T1'])
const besidePnmi = tasks('pNMI', ['T1'])

export const bKthread = beside('b-kthread', merged, both, wrongMask)
export const c4Kthread = beside('c4-kthread', rework, both)
export const dKthread = beside('d-kthread', proposal, both, tracingHelpers)
export const c4KthreadPnmi = besidePnmi('c4-kthread', rework, both, [pmrWarning])
