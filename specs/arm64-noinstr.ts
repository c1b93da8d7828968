/**
 * Where instrumentation may run in the entry code, in every design from generic entry on: instrumentation_begin() and
 * instrumentation_end() as steps, and kmsan_unpoison_entry_regs(). What traces, probes or sanitises must find RCU watching and lockdep right.
 *
 * Exceptions from EL1, in a kernel thread and in the idle task, which RCU does not watch; `-user`: exceptions from EL0. Models of their
 * own: the steps would multiply the states of the others. docs/arm64-entry.md explains the verdicts.
 */

import { lateTfsr } from './lib/arm64/designs/late-tfsr.ts'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged, mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { minimalFix } from './lib/arm64/designs/minimal-fix.ts'
import { patch1, patch2 } from './lib/arm64/designs/patch-1.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { splitInheritance } from './lib/arm64/designs/split-inheritance.ts'
import { leastHardware } from './lib/arm64/hardware.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import type { Design } from './lib/arm64/kernel.ts'
import { instrumentationProperties, preemptedInRegion, tagFaultsOutside, unpoisoned } from './lib/arm64/properties/instrumentation.ts'
import type { Mode } from './lib/arm64/pstate.ts'
import { system } from './lib/arm64/system.ts'

const asked = { having: ['instrumentation'], claims: instrumentationProperties, preempts: [] } as const

/** arm64's own code looks for tag faults outside of regions, and its debug exceptions do not tell KMSAN. */
const ofArm64 = [tagFaultsOutside, unpoisoned]
/** It preempts outside of regions too; the generic irqentry_exit() does so inside. */
const outside = [preemptedInRegion]

const fromEl1 = (name: string, design: Design, mode: Mode, expectViolated: readonly string[]) =>
  system(mode === 'pNMI' ? `${name}-pnmi` : name, {
    ...asked, design, mode, tasks: ['T1', 'idle'], expectViolated: [...ofArm64, ...expectViolated],
  })

/** Watchpoints in the kernel are in the other models. */
const fromEl0 = (name: string, design: Design, mode: Mode, expectViolated: readonly string[]) =>
  system(mode === 'pNMI' ? `${name}-user-pnmi` : `${name}-user`, {
    ...asked, design, mode, tasks: ['T1', 'idle'], users: ['T1'], outside: leastHardware, budgets: { watchpoint: 0 },
    expectViolated: [tagFaultsOutside, ...expectViolated],
  })

export const b = fromEl1('b', merged, 'no-pNMI', [])
export const c1 = fromEl1('c1', patch1, 'no-pNMI', outside)
export const c2 = fromEl1('c2', patch2, 'no-pNMI', outside)
export const c3 = fromEl1('c3', minimalFix, 'no-pNMI', [])
export const c4 = fromEl1('c4', rework, 'no-pNMI', outside)
export const c5 = fromEl1('c5', linux73, 'no-pNMI', outside)
export const d = fromEl1('d', proposal, 'no-pNMI', [])
export const e3 = fromEl1('e3', splitInheritance, 'no-pNMI', outside)
export const e5 = fromEl1('e5', lateTfsr, 'no-pNMI', [])

export const bPnmi = fromEl1('b', merged, 'pNMI', [])
export const bNoGatePnmi = fromEl1('b-no-gate', mergedWithoutGate, 'pNMI', [pmrWarning])
export const c1Pnmi = fromEl1('c1', patch1, 'pNMI', outside)
export const c2Pnmi = fromEl1('c2', patch2, 'pNMI', outside)
export const c3Pnmi = fromEl1('c3', minimalFix, 'pNMI', [])
export const c4Pnmi = fromEl1('c4', rework, 'pNMI', [...outside, pmrWarning])
export const c5Pnmi = fromEl1('c5', linux73, 'pNMI', outside)
export const dPnmi = fromEl1('d', proposal, 'pNMI', [])
export const e3Pnmi = fromEl1('e3', splitInheritance, 'pNMI', [...outside, pmrWarning])
export const e5Pnmi = fromEl1('e5', lateTfsr, 'pNMI', [])

export const bUser = fromEl0('b', merged, 'no-pNMI', [])
export const bUserPnmi = fromEl0('b', merged, 'pNMI', [])
export const c4User = fromEl0('c4', rework, 'no-pNMI', outside)
export const c4UserPnmi = fromEl0('c4', rework, 'pNMI', [...outside, pmrWarning])
export const dUser = fromEl0('d', proposal, 'no-pNMI', [])
export const dUserPnmi = fromEl0('d', proposal, 'pNMI', [])
