/**
 * A kernel has code for what is claimed by the properties that are judged, and for no other claim.
 */

import { describe, expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { createKernel } from '../../checker/compile/compiled-model.ts'
import { action, eventually, model, never, range, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'

const counter = buildModel(
  model('counter', () => {
    const { n } = state({ n: range(0, 7).starts(3) })
    return {
      actions: action('count', {}, () => ({ when: n.lt(7), then: set(n, n.plus(1)) })),
      terminal: true,
      properties: {
        'not three': never(n.is(3)),
        'more than five': never(n.le(5)),
        'three comes': eventually(n.is(3)),
        'six comes': eventually(n.is(6)),
      },
    }
  }),
)

/** Of the first state. */
function claims(judged: readonly number[]) {
  const { compiled } = compile(counter, judged)
  const kernel = createKernel(compiled)
  const base = kernel.load(compiled.initialStates, 0)
  const each = (ask: (index: number) => boolean): readonly number[] => [0, 1, 2, 3].filter(ask)
  return {
    violated: each((index) => kernel.violates(base, index)),
    holding: each((index) => kernel.holds(base, index)),
    told: compiled.propositions,
  }
}

describe('a kernel knows', () => {
  it('all claims if all properties are judged', () => {
    expect(claims([0, 1, 2, 3])).toEqual({ violated: [0, 1], holding: [0], told: [0, 1] })
  })

  it('no claim of properties that are not', () => {
    expect(claims([1, 3])).toEqual({ violated: [1], holding: [], told: [1] })
    expect(claims([2])).toEqual({ violated: [], holding: [0], told: [0] })
    expect(claims([])).toEqual({ violated: [], holding: [], told: [] })
  })
})
