/**
 * What each design of the arm64 entry code costs: writes of DAIF and PMR and barriers, for each exception from EL1, measured over all
 * interleavings. "That doubles the number of times we have to write to DAIF" is a claim of the thread of March 2026.
 *
 * `-nested` counts what breaks into an exception as well, for the worst case. docs/thread.md has the tables.
 */

import { costs, costsFromEl0 } from './lib/arm64/costs.ts'
import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'

export const b = costs('b', { design: merged, mode: 'no-pNMI' })
export const c1 = costs('c1', { design: patch1, mode: 'no-pNMI' })
export const c4 = costs('c4', { design: rework, mode: 'no-pNMI' })
export const c5 = costs('c5', { design: linux73, mode: 'no-pNMI' })
export const d = costs('d', { design: proposal, mode: 'no-pNMI' })
export const e3 = costs('e3', { design: splitInheritance, mode: 'no-pNMI' })
export const e5 = costs('e5', { design: lateTfsr, mode: 'no-pNMI' })

export const bPnmi = costs('b-pnmi', { design: merged, mode: 'pNMI' })
export const c1Pnmi = costs('c1-pnmi', { design: patch1, mode: 'pNMI' })
export const c4Pnmi = costs('c4-pnmi', { design: rework, mode: 'pNMI' })
export const c5Pnmi = costs('c5-pnmi', { design: linux73, mode: 'pNMI' })
export const dPnmi = costs('d-pnmi', { design: proposal, mode: 'pNMI' })
export const e3Pnmi = costs('e3-pnmi', { design: splitInheritance, mode: 'pNMI' })
export const e5Pnmi = costs('e5-pnmi', { design: lateTfsr, mode: 'pNMI' })

export const c1Nested = costs('c1-nested', { design: patch1, mode: 'no-pNMI', nested: 'daifWrites' })
export const c4Nested = costs('c4-nested', { design: rework, mode: 'no-pNMI', nested: 'daifWrites' })
export const c5Nested = costs('c5-nested', { design: linux73, mode: 'no-pNMI', nested: 'daifWrites' })
export const dNested = costs('d-nested', { design: proposal, mode: 'no-pNMI', nested: 'daifWrites' })

/** With pseudo-NMI, one count at a time. */
export const c1NestedPmr = costs('c1-nested-pmr-pnmi', { design: patch1, mode: 'pNMI', nested: 'pmrWrites' })
export const dNestedPmr = costs('d-nested-pmr-pnmi', { design: proposal, mode: 'pNMI', nested: 'pmrWrites' })
export const c1NestedBarriers = costs('c1-nested-barriers-pnmi', { design: patch1, mode: 'pNMI', nested: 'barriers' })
export const dNestedBarriers = costs('d-nested-barriers-pnmi', { design: proposal, mode: 'pNMI', nested: 'barriers' })

/** From EL0. */
export const c4User = costsFromEl0('c4-user', { design: rework, mode: 'no-pNMI' })
export const dUser = costsFromEl0('d-user', { design: proposal, mode: 'no-pNMI' })
export const e5User = costsFromEl0('e5-user', { design: lateTfsr, mode: 'no-pNMI' })
export const c4UserPnmi = costsFromEl0('c4-user-pnmi', { design: rework, mode: 'pNMI' })
export const dUserPnmi = costsFromEl0('d-user-pnmi', { design: proposal, mode: 'pNMI' })
export const e5UserPnmi = costsFromEl0('e5-user-pnmi', { design: lateTfsr, mode: 'pNMI' })
