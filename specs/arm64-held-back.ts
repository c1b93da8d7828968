/**
 * How long does each design keep a pseudo-NMI or an SError waiting: over how many lines of code at a stretch is it pending and masked? The users
 * of pseudo-NMI wait 10 ms (a stop), 1 s (a round-up) or 10 s (a backtrace).
 *
 * docs/pseudo-nmi.md has the table.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'
import { bound, heldBack } from './lib/arm64/held-back.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Design } from './lib/arm64/kernel.ts'

const nmi = (name: string, design: Design) => heldBack(`${name}-pnmi`, { what: 'pseudo-NMI', design, mode: 'pNMI' })
const serror = (name: string, design: Design) => heldBack(name, { what: 'SError', design, mode: 'no-pNMI' })

export const bPnmi = nmi('b', merged)
export const bNoGatePnmi = heldBack('b-no-gate-pnmi', {
  what: 'pseudo-NMI', design: mergedWithoutGate, mode: 'pNMI', expectViolated: [bound('pseudo-NMI'), pmrWarning],
})
export const c1Pnmi = nmi('c1', patch1)
export const c4Pnmi = nmi('c4', rework)
export const c5Pnmi = nmi('c5', linux73)
export const dPnmi = nmi('d', proposal)
export const e3Pnmi = nmi('e3', splitInheritance)
export const e5Pnmi = nmi('e5', lateTfsr)

export const b = heldBack('b', { what: 'SError', design: merged, mode: 'no-pNMI', expectViolated: [bound('SError')] })
export const c1 = serror('c1', patch1)
export const c4 = serror('c4', rework)
export const c5 = serror('c5', linux73)
export const d = serror('d', proposal)
export const e3 = serror('e3', splitInheritance)
export const e5 = serror('e5', lateTfsr)
