/**
 * The published costs of an abort, and the claim about them: with interrupts on, the proposal needs twice the DAIF writes of the
 * merged design, counted without the assembly's own; with pseudo-NMI it needs as many, and more PMR writes instead.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-costs.ts'
import { checkSpec } from '../../support/build.ts'

it.each([
  { builder: spec.b, on: { 'DAIF writes': [3] }, off: { 'DAIF writes': [3] } },
  { builder: spec.c5, on: { 'DAIF writes': [3] }, off: { 'DAIF writes': [2] } },
  { builder: spec.d, on: { 'DAIF writes': [4] }, off: { 'DAIF writes': [2] } },
  { builder: spec.bPnmi, on: { 'DAIF writes': [3], 'PMR writes': [4], barriers: [1] }, off: { 'PMR writes': [4] } },
  { builder: spec.dPnmi, on: { 'DAIF writes': [2], 'PMR writes': [6], barriers: [2] }, off: { 'PMR writes': [4] } },
])('$builder.name: an abort costs $on, with interrupts off $off', async ({ builder, on, off }) => {
  const { properties } = await checkSpec(builder)
  const read = (path: string): { readonly [what: string]: readonly number[] } =>
    Object.fromEntries(
      properties
        .filter(({ name }) => name.startsWith(`data abort, interrupts ${path}: `))
        .map(({ name, measure }) => [name.replace(/^.*: /, ''), Object.keys(measure?.histogram ?? {}).map(Number)]),
    )

  expect(read('on')).toMatchObject(on)
  expect(read('off')).toMatchObject(off)
})
