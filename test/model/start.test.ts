/**
 * Whether a state is initial, against the list of those that are.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { always, arbitrary, bool, each, model, range, state } from '../../src/language/index.ts'
import { ModelError } from '../../src/model/evaluate.ts'
import type { Model } from '../../src/model/ir.ts'
import { isInitialState } from '../../src/model/start.ts'
import { initialStates, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson } from '../../src/model/values.ts'
import { buildModel } from '../support/build.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf } from '../support/law.ts'
import { randomModel } from '../support/random-model.ts'

function startsOf(model: Model): readonly State[] {
  try {
    return initialStates(model)
  } catch (error) {
    if (error instanceof ModelError) return []
    throw error
  }
}

it('is said of the initial states of random models, and of no state after them', () => {
  let asked = { initial: 0, other: 0 }
  fc.assert(
    fc.property(draws, (list) => {
      const model = randomModel(new Choices(list))
      const starts = startsOf(model)
      const keys = new Set(starts.map(canonicalJson))
      const later = starts.slice(0, 3).flatMap((start) => successors({ ...model, assumptions: [] }, start))
      const states = [...starts, ...later.flatMap((one) => ('state' in one ? [one.state] : []))]
      for (const one of states) {
        const isInitial = keys.has(canonicalJson(one))
        asked = { initial: asked.initial + (isInitial ? 1 : 0), other: asked.other + (isInitial ? 0 : 1) }
        expect(isInitialState(model, one)).toBe(isInitial)
      }
    }),
    lawOf(20_261_126, 150),
  )
  expect(Math.min(asked.initial, asked.other)).toBeGreaterThan(100)
})

it('is said of one of more states than can be listed', () => {
  const anywhere = model('anywhere', () => {
    const { cells } = state({ cells: each(range(1, 60), bool).starts(false), isFixed: bool.starts(true) })
    return { initially: arbitrary(cells), terminal: true, properties: { p: always(cells.at(1)) } }
  })
  const built = buildModel(anywhere)
  const cells = Array.from({ length: 60 }, (_, i) => i % 7 < 3)

  expect(isInitialState(built, { cells, isFixed: true })).toBe(true)
  expect(isInitialState(built, { cells, isFixed: false })).toBe(false)
  expect(new Set(initialStates(built, 100).map(canonicalJson)).size).toBe(100)
})
