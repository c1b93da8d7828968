/**
 * Any value at all: each value of each part, and no other.
 */

import { describe, expect, it } from 'vitest'
import {
  arbitrary,
  bool,
  type Declared,
  each,
  model,
  oneOf,
  range,
  record,
  sequenceOf,
  setOf,
  state,
} from '../../src/language/index.ts'
import { checkSpec, countsOf } from '../support/build.ts'

const anywhere = (x: Declared<unknown>) =>
  model('anywhere', () => {
    const variables = state({ x })
    return { initially: arbitrary(variables.x), terminal: true }
  })

describe('arbitrary', () => {
  const colour = oneOf(['red', 'green', 'blue'])
  it.each([
    ['a boolean', bool.starts(false), 2],
    ['a range that does not start at 0', range(-2, 4).starts(0), 7],
    ['an enumeration', colour.starts('green'), 3],
    ['a record', record({ lit: bool, colour }).starts({ lit: true, colour: 'blue' }), 6],
    ['an array by labels', each(['a', 'b'], colour).starts('red'), 9],
    ['an array by a range', each(range(1, 3), bool).starts(true), 8],
    ['a set, whatever it starts with', setOf(range(1, 4)).starts([2, 3]), 16],
    ['an array of records of sets', each(2, record({ some: setOf(bool) })).starts({ some: [] }), 16],
  ])('starts in every value of %s', async (_, declared, values) => {
    expect(countsOf(await checkSpec(anywhere(declared)))).toEqual([values, values, 1])
  })

  it('refuses a sequence (MC109)', () => {
    const built = anywhere(sequenceOf(bool, 2).starts([])).build()
    expect('left' in built && built.left.map(({ code }) => code)).toEqual(['MC109'])
  })
})
