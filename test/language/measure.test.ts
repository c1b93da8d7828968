/**
 * Measures of some of the states.
 */

import { expect, it } from 'vitest'
import { action, measure, model, range, set, state } from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const counter = model('counter', () => {
  const { n } = state({ n: range(0, 9).starts(0) })
  return {
    actions: { up: action('up', {}, () => ({ when: n.lt(9), then: set(n, n.plus(1)) })) },
    terminal: n.is(9),
    properties: {
      'from 6 on': measure(n, { where: n.ge(6) }),
      nowhere: measure(n, { where: n.gt(9) }),
    },
  }
})

it('counts the states where it is asked for, with a shortest run to both ends', async () => {
  const { properties } = await checkSpec(counter)

  const measured = properties.find(({ name }) => name === 'from 6 on')?.measure
  expect(measured?.histogram).toEqual({ '6': 1, '7': 1, '8': 1, '9': 1 })
  expect([measured?.min, measured?.max]).toEqual([6, 9])
  expect([measured?.minWitness?.steps.length, measured?.maxWitness?.steps.length]).toEqual([7, 10])
})

it('wants a state to measure', async () => {
  const result = await checkSpec(counter)

  expect(verdictsOf(result)['nowhere']).toBe('unreachable')
  expect(result.properties.find(({ name }) => name === 'nowhere')?.asExpected).toBe(false)
})

it('asks for the value nowhere else', async () => {
  const divided = model('divided', () => {
    const { n } = state({ n: range(0, 3).starts(0) })
    return {
      actions: { up: action('up', {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) })) },
      terminal: n.is(3),
      properties: { quotient: measure(n.plus(3).div(n), { where: n.gt(0) }) },
    }
  })

  const result = await checkSpec(divided)

  expect(verdictsOf(result)).toEqual({ quotient: 'measured', deadlock: 'holds' })
  expect(result.properties.find(({ name }) => name === 'quotient')?.measure?.histogram).toEqual({ '2': 2, '4': 1 })
})
