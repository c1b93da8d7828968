/**
 * What one instance may do is what all may do, without the others.
 */

import { describe, expect, it } from 'vitest'
import { action, arbitrary, choose, each, model, range, set, state } from '../../src/language/index.ts'
import { eachInitialState, successors, successorsBy } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { canonicalJson } from '../../src/model/values.ts'
import { buildModel } from '../support/build.ts'

/** Steps that choose, that are held back, that leave an array, and states outside of an assumption. */
const rich = buildModel(
  model('rich', () => {
    const { x, a } = state({ x: range(0, 5).starts(0), a: each(2, range(0, 3)).starts(0) })
    return {
      initially: arbitrary(x),
      actions: [
        action('pick', { i: [0, 1] }, ({ i }) => ({
          when: x.lt(4),
          then: choose('to', [0, 1, 2], (to) => set(a.at(i), to)),
        })),
        action('far', {}, () => ({ when: x.ge(2), then: set(a.at(x), 3) })),
        action('never', {}, () => ({ when: x.gt(5), then: set(x, 0) })),
      ],
      within: { small: x.lt(5) },
      terminal: true,
    }
  }),
)

describe('the successors by one instance', () => {
  it('are those among all successors, in every initial state', () => {
    const outcomes = (state: State): readonly string[] => successors(rich, state).map((one) => canonicalJson(one))
    const byInstance = (state: State): readonly string[] =>
      rich.instances.flatMap((_, index) => successorsBy(rich, state, index).map((one) => canonicalJson(one)))

    const starts = [...eachInitialState(rich)]
    expect(starts.length).toBeGreaterThan(4)
    for (const start of starts) expect(byInstance(start)).toEqual(outcomes(start))
    expect(new Set(starts.map((start) => outcomes(start).length)).size).toBeGreaterThan(2)
  })
})
