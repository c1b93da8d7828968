/**
 * Steps that change nothing: they are counted, keep a state from being stuck, and are judged by whatever speaks of steps.
 */

import { expect, it } from 'vitest'
import { action, check, model, next, not, range, set, setOf, state, stepwise } from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const letters = [1, 2, 3]

/** Letters are never taken back: every step stays possible for ever, and in the end changes nothing. */
const mail = model('mail', () => {
  const { sent } = state({ sent: setOf(range(1, 3)).starts([]) })
  return {
    actions: action('send', { letter: letters }, ({ letter }) => ({ then: set(sent, sent.with(letter)) })),
    properties: { 'every step sends something': stepwise(not(sent.is(next(sent)))) },
    expectViolated: ['every step sends something'],
  }
})

it('counts them, and finds nobody stuck', async () => {
  const { states, properties } = await checkSpec(mail, { properties: ['deadlock'] })

  expect(states).toMatchObject({ distinct: 8, generated: 1 + 8 * letters.length, terminal: 0 })
  expect(properties.map(({ verdict }) => verdict)).toEqual(['holds'])
})

it('judges them by properties of steps', async () => {
  const { properties } = await checkSpec(mail)

  const property = properties.find(({ kind }) => kind === 'step')

  expect(property?.verdict).toBe('violated')
  expect(property?.trace?.steps.map(({ state: { sent } }) => sent)).toEqual([[], [1], [1]])
})

it('judges the checks in them', async () => {
  const twice = model('twice', () => {
    const { sent } = state({ sent: setOf(range(1, 3)).starts([]) })
    const send = action('send', { letter: letters }, ({ letter }) => ({
      then: [check(not(sent.has(letter)), 'nothing is sent twice'), set(sent, sent.with(letter))],
    }))
    return { actions: send, expectViolated: ['nothing is sent twice'] }
  })

  expect(verdictsOf(await checkSpec(twice))).toMatchObject({ 'nothing is sent twice': 'violated' })
})
