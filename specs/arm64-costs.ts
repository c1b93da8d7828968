/**
 * What each design of the arm64 entry code costs: writes of DAIF and PMR and barriers, for each exception from EL1, measured over all
 * interleavings. "That doubles the number of times we have to write to DAIF" is a claim of the thread of March 2026.
 *
 * docs/arm64-entry.md has the table.
 */

import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'
import { costs } from './lib/arm64/costs.ts'

export const b = costs('b', merged, 'no-pNMI')
export const c1 = costs('c1', patch1, 'no-pNMI')
export const c4 = costs('c4', rework, 'no-pNMI')
export const c5 = costs('c5', linux73, 'no-pNMI')
export const d = costs('d', proposal, 'no-pNMI')
export const e3 = costs('e3', splitInheritance, 'no-pNMI')

export const bPnmi = costs('b-pnmi', merged, 'pNMI')
export const c1Pnmi = costs('c1-pnmi', patch1, 'pNMI')
export const c4Pnmi = costs('c4-pnmi', rework, 'pNMI')
export const c5Pnmi = costs('c5-pnmi', linux73, 'pNMI')
export const dPnmi = costs('d-pnmi', proposal, 'pNMI')
export const e3Pnmi = costs('e3-pnmi', splitInheritance, 'pNMI')
