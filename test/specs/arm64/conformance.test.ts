/**
 * The model takes the steps that the kernel takes, in its order and with its masks: every exception from EL1, in every design,
 * without and with pseudo-NMI, compared step by step.
 */

import { describe, expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-designs.ts'
import type { ModelBuilder } from '../../../src/language/model.ts'
import type { Model } from '../../../src/model/ir.ts'
import { buildModel } from '../../support/build.ts'
import { type DesignLetter, el1Sequences, type Sequence } from './el1-sequences.ts'
import { derivedSequences, specialSequences } from './further-sequences.ts'
import { codedSteps, expectedSteps } from './sequence.ts'
import { handlerPath, type Meanwhile, type Prefix } from './single-path.ts'

const builders: { readonly [mode in Sequence['mode']]: { readonly [letter in DesignLetter]: ModelBuilder } } = {
  'no-pNMI': {
    a: spec.a,
    b: spec.b,
    c1: spec.c1,
    c2: spec.c2,
    c3: spec.c3,
    c4: spec.c4,
    c5: spec.c5,
    d: spec.d,
    e3: spec.e3,
    e5: spec.e5,
  },
  pNMI: {
    a: spec.aPnmi,
    b: spec.bPnmi,
    c1: spec.c1Pnmi,
    c2: spec.c2Pnmi,
    c3: spec.c3Pnmi,
    c4: spec.c4Pnmi,
    c5: spec.c5Pnmi,
    d: spec.dPnmi,
    e3: spec.e3Pnmi,
    e5: spec.e5Pnmi,
  },
}

const prefixes: { readonly [exception: string]: Prefix } = {
  irq: ['a device interrupts', 'IRQ'],
  pNMI: ['PMU overflows', 'IRQ'],
  'pNMI, interrupts off': ['work', 'local_irq_save', 'PMU overflows', 'IRQ'],
  abort: ['data abort'],
  'abort, interrupts off': ['work', 'local_irq_save', 'data abort'],
  'abort in a pNMI handler': ['PMU overflows', 'IRQ', { until: 'handle_nmi' }, 'data abort'],
  watchpoint: ['watchpoint'],
  SError: ['SError'],
  'irq, withdrawn': ['a device interrupts', 'IRQ'],
  'pNMI, interrupts off, withdrawn': ['work', 'local_irq_save', 'PMU overflows', 'IRQ'],
  'pNMI, interrupts off, withdrawn, an interrupt pends': ['work', 'local_irq_save', 'PMU overflows', 'IRQ'],
}

const atIar = 'gic_read_iar'
const meanwhile: { readonly [exception: string]: Meanwhile } = {
  'irq, withdrawn': { before: atIar, happens: ['the interrupt is withdrawn'] },
  'pNMI, interrupts off, withdrawn': { before: atIar, happens: ['the overflow is withdrawn'] },
  'pNMI, interrupts off, withdrawn, an interrupt pends': {
    before: atIar,
    happens: ['the overflow is withdrawn', 'a device interrupts'],
  },
}

/** Built once for all its rows. */
const built = new Map<ModelBuilder, Model>()
function modelOf(builder: ModelBuilder): Model {
  const model = built.get(builder) ?? buildModel(builder)
  built.set(builder, model)
  return model
}

function taken(builder: ModelBuilder, { exception, mode }: Sequence): readonly string[] {
  return codedSteps(handlerPath(modelOf(builder), prefixes[exception] ?? [], meanwhile[exception]), mode)
}

const rows = [...el1Sequences, ...derivedSequences, ...specialSequences].flatMap((sequence) =>
  sequence.designs.map((design) => ({ sequence, design, builder: builders[sequence.mode][design] })),
)

describe('the steps of an exception from EL1', () => {
  it.each(rows)('$sequence.name, design $design: $sequence.exception, $sequence.mode', ({ sequence, builder }) => {
    expect(taken(builder, sequence)).toEqual(expectedSteps(sequence))
  })
})
