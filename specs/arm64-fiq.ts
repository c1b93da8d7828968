/**
 * The FIQ line beside the IRQ line, under the designs of the arm64 entry code: FIQs take the path of interrupts, and what disables
 * interrupts has to mask both.
 *
 * docs/arm64-entry.md explains the verdicts.
 */

import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { patch1 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { lockdepAfterMask, tracingHelpers, wrongMask } from './lib/arm64/findings.ts'
import { raiseFiq } from './lib/arm64/fiq.ts'
import { leastHardware } from './lib/arm64/hardware.ts'
import type { Design } from './lib/arm64/kernel.ts'
import { toldWhileWatching } from './lib/arm64/properties/bookkeeping.ts'
import { el0Properties } from './lib/arm64/properties/el0.ts'
import { fiqProperties } from './lib/arm64/properties/fiq.ts'
import { system } from './lib/arm64/system.ts'

/** Apple's machines have no pseudo-NMI. */
const fiq = (name: string, design: Design, expectViolated: readonly string[] = [], nesting = { depth: 2, otherDepth: 1 }) =>
  system(name, {
    design, mode: 'no-pNMI', expectViolated,
    tasks: ['T1', 'T2'], preempts: ['__el1_irq'], having: ['FIQ'], budgets: { SError: 0, watchpoint: 0 },
    nesting,
  })

/** From EL0 too: what masks there, and what the way in leaves open. */
const fromEl0 = (name: string, design: Design, expectViolated: readonly string[] = []) =>
  system(`${name}-user`, {
    design, mode: 'no-pNMI', expectViolated, tasks: ['T1', 'T2'], users: ['T1', 'T2'], preempts: [], having: ['FIQ'],
    outside: (k) => [...leastHardware(k), ...raiseFiq(k)],
    claims: (seen) => ({ ...fiqProperties(seen), ...el0Properties(seen), ...toldWhileWatching(seen) }),
    budgets: { SError: 0, watchpoint: 0, 'SError from EL0': 0, 'watchpoint from EL0': 0 },
  })

export const b = fiq('b', merged, wrongMask, { depth: 1, otherDepth: 1 })
export const c1 = fiq('c1', patch1)
export const c4 = fiq('c4', rework)
export const c5 = fiq('c5', linux73)
export const d = fiq('d', proposal, lockdepAfterMask)

export const bUser = fromEl0('b', merged)
export const c4User = fromEl0('c4', rework)
export const dUser = fromEl0('d', proposal, tracingHelpers)
