/**
 * What validation and compilation refuse, beyond what the types refuse.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import {
  action,
  always,
  check,
  choose,
  measure,
  model,
  range,
  type Statements,
  set,
  state,
} from '../../src/language/index.ts'
import { type ProblemCode, SpecError } from '../../src/model/problem.ts'
import { validate } from '../../src/model/validate.ts'
import { buildModel } from '../support/build.ts'

type Start = (x: ReturnType<typeof declareX>['x']) => Statements

function declareX() {
  return state({ x: range(0, 3).starts(0) })
}

function codesOf(initially: Start, step: number): readonly ProblemCode[] {
  const built = model('start', () => {
    const { x } = declareX()
    return {
      initially: initially(x),
      actions: action('move', {}, () => ({ then: set(x, x.plus(step)) })),
      properties: { small: always(x.le(3)) },
    }
  }).build()
  const valid = E.isLeft(built) ? built : validate(built.right)
  if (E.isLeft(valid)) return valid.left.map(({ code }) => code)
  try {
    compile(valid.right, [])
    return []
  } catch (error) {
    if (error instanceof SpecError) return [error.problem.code]
    throw error
  }
}

describe('the start of a model', () => {
  it('may be any number of states', () => {
    expect(codesOf((x) => choose('n', [0, 1, 2], (n) => set(x, n)), 1)).toEqual([])
  })

  it('raises no error (MC102)', () => {
    expect(codesOf((x) => set(x, x.minus(1)), 1)).toEqual(['MC102'])
  })

  it('exists (MC103)', () => {
    expect(codesOf(() => choose('n', [0], () => ({ given: false, then: [] })), 1)).toEqual(['MC103'])
  })

  it('claims nothing by `check`, where nobody would judge it (MC107)', () => {
    expect(codesOf((x) => check(x.is(1), 'x is 1'), 1)).toEqual(['MC107'])
  })
})

describe('constants', () => {
  it.each([0.5, Number.NaN])('are integers, and not %d (MC102)', (wrong) => {
    expect(codesOf(() => [], wrong)).toContain('MC102')
  })
})

describe('a measure', () => {
  it('takes at most 65536 values (MC208)', () => {
    const measured = (max: number) => {
      const built = buildModel(
        model('measured', () => {
          const { x } = state({ x: range(1, max).starts(1) })
          return { terminal: true, properties: { 'how many': measure(x) } }
        }),
      )
      return () => compile(built, [0])
    }

    expect(measured(65_536)).not.toThrow()
    expect(measured(65_537)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'MC208',
          message: "'how many' may take 65537 values",
          hint: 'A measure takes at most 65536.',
          source: expect.objectContaining({ file: expect.stringContaining('validate.test.ts') }),
        }),
      }),
    )
  })
})
