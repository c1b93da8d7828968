/**
 * Conditions as they are typed: read into expressions of the model, or refused with the place.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { parsePredicate } from '../../src/explorer/predicate.ts'
import {
  always,
  bool,
  decide,
  each,
  model,
  oneOf,
  range,
  sequenceOf,
  setOf,
  state,
  step,
  threads,
} from '../../src/language/index.ts'
import { printExpr } from '../../src/model/print.ts'
import { holdsIn, initialStates } from '../../src/model/step.ts'
import { buildModel } from '../support/build.ts'
import { careless } from '../support/preemption.ts'

const tasks = buildModel(careless)
const sets = buildModel(
  model('sets', () => {
    const { s, q, n } = state({
      by: each(['T1', 'T2'], oneOf(['on', 'off'])).starts('on'),
      s: setOf(range(0, 2)).starts([1]),
      q: sequenceOf(range(0, 2), 3).starts([]),
      n: range(0, 9).starts(4),
    })
    return { actions: [], terminal: n.is(4), properties: { p: always(s.has(1)), r: always(q.length.le(3)) } }
  }),
)

function read(text: string, of = tasks): string {
  const parsed = parsePredicate(of, text)
  return E.isRight(parsed) ? printExpr(parsed.right) : `${parsed.left.at}: ${parsed.left.message}`
}

describe('a condition', () => {
  it.each([
    ['mask.A', 'mask.A'],
    ['mask.A and current = T2', 'mask.A and current = T2'],
    ["current != 'T2' || not pending", 'current != T2 or not pending'],
    ['T2 = current', 'current = T2'],
    ['mask.A and mask.I or pending', '(mask.A and mask.I) or pending'],
    ['pending => mask.I => mask.A', 'pending => (mask.I => mask.A)'],
    ['not mask.A and mask.I', 'not mask.A and mask.I'],
    ['not (mask.A and mask.I)', 'not (mask.A and mask.I)'],
    ['T1.saved.A', 'T1.saved.A'],
    ['(true)', 'true'],
    ['pending = false', 'pending = false'],
  ])('%s', (text, meant) => {
    expect(read(text)).toBe(meant)
  })

  it('speaks of steps and of frames', () => {
    const [start = {}] = initialStates(tasks)
    const holds = (text: string): boolean => {
      const parsed = parsePredicate(tasks, text)
      if (E.isLeft(parsed)) throw new Error(parsed.left.message)
      return holdsIn(tasks, parsed.right, start)
    }

    expect(holds('at(T1, enable)')).toBe(true)
    expect(holds('at(T1, handle)')).toBe(false)
    expect(holds('nesting(T1) = 0')).toBe(true)
  })

  it('speaks of the step that a decision leads to, as `at` of the language does', () => {
    const fork = buildModel(
      model('fork', () => {
        const { left } = state({ left: bool.starts(true) })
        return { threads: threads(['t'], {}, () => decide(left, step('left'), step('right'))) }
      }),
    )

    expect(read('at(t, left)', fork)).toBe('t.pc = left | right and left')
    expect(read('at(t, right)', fork)).toBe('t.pc = left | right and not left')
  })

  it('speaks of arrays by label', () => {
    expect(read('by.T1 = off', sets)).toBe('by.T1 = off')
    expect(read('by.T3 = off', sets)).toContain('`T3` is none of T1, T2')
  })

  it('speaks of sets', () => {
    expect(read('n - 3 in s', sets)).toBe('n - 3 in s')
    expect(read('n + 1 >= n - 1', sets)).toBe('n + 1 >= n - 1')
    expect(read('1 in n', sets)).toContain('a set is wanted here')
  })
})

describe('what is no condition', () => {
  it.each([
    ['', '0: the condition ends too early'],
    ['mask', '0: a condition is wanted here'],
    ['mask.Q', '5: '],
    ['nobody', '0: there is no variable `nobody`'],
    ['current = T9', '10: `T9` is none of T1, T2'],
    ['mask.A and', '10: the condition ends too early'],
    ['mask.A)', '6: `)` is not understood'],
    ['(mask.A', '7: `)` is wanted here'],
    ['at(T9, work)', '3: there is no thread `T9`'],
    ['at(T1, nowhere)', '7: T1 has no step `nowhere`'],
    ['constructor.constructor("return process")()', '0: there is no variable `constructor`'],
    ['mask.__proto__', '5: '],
  ])('%s', (text, complaint) => {
    expect(read(text).slice(0, complaint.length)).toBe(complaint)
  })

  it('is too deep or too long', () => {
    expect(read(`${'('.repeat(500)}mask.A${')'.repeat(500)}`)).toContain('nested too deep')
    expect(read('!'.repeat(1000))).toContain('nested too deep')
    expect(read('x'.repeat(3000))).toContain('at most 2000 characters')
  })
})
