/**
 * The model takes the steps that the kernel takes, in its order and with its masks: every exception from EL0, and the work before the
 * return there, in every design, without and with pseudo-NMI, compared step by step.
 */

import { describe, expect, it } from 'vitest'
import { lateTfsr } from '../../../specs/lib/arm64/designs/late-tfsr.ts'
import { linux73 } from '../../../specs/lib/arm64/designs/linux-7-3.ts'
import { merged } from '../../../specs/lib/arm64/designs/merged.ts'
import { minimalFix } from '../../../specs/lib/arm64/designs/minimal-fix.ts'
import { patch1, patch2 } from '../../../specs/lib/arm64/designs/patch-1.ts'
import { preGeneric, preGenericV519 } from '../../../specs/lib/arm64/designs/pre-generic.ts'
import { proposal } from '../../../specs/lib/arm64/designs/proposal.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { splitInheritance } from '../../../specs/lib/arm64/designs/split-inheritance.ts'
import type { Design } from '../../../specs/lib/arm64/kernel.ts'
import type { Mode } from '../../../specs/lib/arm64/pstate.ts'
import { system } from '../../../specs/lib/arm64/system.ts'
import type { Model } from '../../../src/model/ir.ts'
import { buildModel } from '../../support/build.ts'
import { type El0Design, type El0Sequence, el0Sequences } from './el0-sequences.ts'
import { checksLate } from './further-sequences.ts'
import { codedSteps, expectedSteps } from './sequence.ts'
import { handlerPath, type Prefix } from './single-path.ts'

const designs: { readonly [name in El0Design]: Design } = {
  'a-v5.19': preGenericV519,
  a: preGeneric,
  b: merged,
  c1: patch1,
  c2: patch2,
  c3: minimalFix,
  c4: rework,
  c5: linux73,
  d: proposal,
  e3: splitInheritance,
  e5: lateTfsr,
}

const prefixes: { readonly [exception: string]: Prefix } = {
  irq: ['a device interrupts', 'IRQ from EL0'],
  pNMI: ['PMU overflows', 'IRQ from EL0'],
  svc: ['SVC'],
  abort: ['data abort from EL0'],
  SError: ['SError from EL0'],
  watchpoint: ['watchpoint from EL0'],
  resched: ['resched_curr', 'SVC'],
  'other work': ['data abort from EL0', { until: 'do_mem_abort' }, { take: 'do_mem_abort', choosing: true }],
}

/** Built once for all its rows. */
const built = new Map<string, Model>()
function modelOf(design: El0Design, mode: Mode): Model {
  const name = `${design}, ${mode}`
  const on = { design: designs[design], mode, tasks: ['T1', 'T2'], users: ['T1', 'T2'], preempts: [] } as const
  const model = built.get(name) ?? buildModel(system(name, on))
  built.set(name, model)
  return model
}

/** Compared from the vector to ERET, or one turn of the loop: up to the second reading of the flags. */
function part(steps: readonly string[], wanted: readonly string[]): readonly string[] {
  if (wanted[0]?.startsWith('VEC') === true) return steps
  const isRead = (step: string): boolean => step.startsWith('LOOP')
  const start = steps.findIndex(isRead) - wanted.findIndex(isRead)
  return steps.slice(start, start + wanted.length)
}

/** Designs that differ from another for exceptions from EL1 only. */
const alike: { readonly [design in El0Design]?: readonly El0Design[] } = {
  b: ['c3'],
  c1: ['c2'],
  c4: ['e3'],
}

/** e5 looks for tag faults after the mask, where d has a hook; SErrors and watchpoints keep their handlers. */
const late = (sequence: El0Sequence): readonly { readonly sequence: El0Sequence; readonly design: El0Design }[] =>
  sequence.designs.includes('d')
    ? [
        {
          design: 'e5',
          sequence: { ...sequence, steps: keepsHandler(sequence) ? sequence.steps : checksLate(sequence.steps) },
        },
      ]
    : []
const keepsHandler = ({ exception }: El0Sequence): boolean => exception === 'SError' || exception === 'watchpoint'

const rows = el0Sequences.flatMap((sequence) => [
  ...sequence.designs.flatMap((design) =>
    [design, ...(alike[design] ?? [])].map((each) => ({ sequence, design: each })),
  ),
  ...late(sequence),
])

describe('the steps of an exception from EL0', () => {
  it.each(rows)('$sequence.name, design $design: $sequence.exception, $sequence.mode', ({ sequence, design }) => {
    const { mode, exception } = sequence
    const path = handlerPath(modelOf(design, mode), prefixes[exception] ?? [])

    const wanted = expectedSteps(sequence)
    expect(part(codedSteps(path, mode), wanted)).toEqual(wanted)
  })
})
