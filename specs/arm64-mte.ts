/**
 * Asynchronous tag faults (MTE) and the designs of the arm64 entry code: is every fault reported before the kernel goes back to the
 * code that made it, and is the right code blamed?
 *
 * With all exceptions, and `-quiet` with interrupts and aborts only, which check on entry and on exit: SErrors, watchpoints and
 * pseudo-NMIs never look at the register, in any design. docs/arm64-entry.md explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { lockdepAfterMask, lockdepAfterSError, wrongMask } from './lib/arm64/findings.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Design } from './lib/arm64/kernel.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { mteProperties } from './lib/arm64/properties/mte.ts'
import { leastHardware } from './lib/arm64/hardware.ts'
import { system, type System } from './lib/arm64/system.ts'

const mte: Omit<System, 'design' | 'mode'> & Required<Pick<System, 'nesting'>> = {
  tasks: ['T1', 'T2'], preempts: ['__el1_irq'], having: ['MTE'], budgets: { watchpoint: 0 },
  nesting: { depth: 2, otherDepth: 1 },
}

/** Enough for designs whose violations need no nesting. */
const flat = { depth: 1, otherDepth: 1 }

/** SErrors stand for all that never checks. */
const all = (name: string, design: Design, expectViolated: readonly string[], nesting = mte.nesting) =>
  system(name, { ...mte, nesting, design, mode: 'no-pNMI', expectViolated: [...neverChecked, ...lockdepAfterSError, ...expectViolated] })
const pnmi = (name: string, design: Design, expectViolated: readonly string[], nesting = mte.nesting) =>
  system(`${name}-pnmi`, {
    ...mte, nesting, budgets: { SError: 0, watchpoint: 0 }, design, mode: 'pNMI', expectViolated: [...neverChecked, ...expectViolated],
  })
const quiet = (name: string, design: Design, expectViolated: readonly string[], nesting = mte.nesting) =>
  system(`${name}-quiet`, { ...mte, nesting, budgets: { SError: 0, watchpoint: 0 }, design, mode: 'no-pNMI', expectViolated })

const unreported = 'MTE-1: an interrupt or abort returns with no tag fault unreported'
const wrongBlame = 'MTE-3: a tag fault is charged to its maker'
const neverChecked = ['MTE-2: a tag fault is reported before an exception returns to its maker', wrongBlame]

export const b = all('b', merged, [unreported, ...wrongMask], flat)
export const c1 = all('c1', patch1, [unreported])
export const c4 = all('c4', rework, [])
export const c5 = all('c5', linux73, [])
export const d = all('d', proposal, [unreported])
export const e5 = all('e5', lateTfsr, [])

export const bPnmi = pnmi('b', merged, [unreported], flat)
export const c4Pnmi = pnmi('c4', rework, [pmrWarning])
export const c5Pnmi = pnmi('c5', linux73, [])
export const dPnmi = pnmi('d', proposal, [unreported, ...lockdepAfterMask])
export const e5Pnmi = pnmi('e5', lateTfsr, lockdepAfterMask)

export const bQuiet = quiet('b', merged, [unreported, wrongBlame, ...wrongMask], flat)
export const c1Quiet = quiet('c1', patch1, [])
export const c5Quiet = quiet('c5', linux73, [])
export const dQuiet = quiet('d', proposal, lockdepAfterMask)
export const e5Quiet = quiet('e5', lateTfsr, lockdepAfterMask)

/** Exceptions from EL0 too; SErrors, which never look, break into their exit. */
const user = (name: string, design: Design, mode: Mode, expectViolated: readonly string[]) =>
  system(mode === 'pNMI' ? `${name}-user-pnmi` : `${name}-user`, {
    ...mte, tasks: ['T1', 'idle'], users: ['T1'], outside: leastHardware, preempts: [], claims: mteProperties,
    design, mode, expectViolated: [...neverChecked, ...expectViolated],
  })

export const c4User = user('c4', rework, 'no-pNMI', [])
export const dUser = user('d', proposal, 'no-pNMI', [unreported])
export const e5User = user('e5', lateTfsr, 'no-pNMI', [])
export const c4UserPnmi = user('c4', rework, 'pNMI', [pmrWarning])
export const dUserPnmi = user('d', proposal, 'pNMI', [unreported])
export const e5UserPnmi = user('e5', lateTfsr, 'pNMI', [])
