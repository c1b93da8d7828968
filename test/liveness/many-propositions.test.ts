/**
 * More propositions than a record has room for, or than there is a table for: what a record tells and what the state is asked for agree.
 */

import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { action, all, leadsTo, model, range, set, state } from '../../src/language/index.ts'
import { buildModel, checkSpec, littleMemory, verdictsOf } from '../support/build.ts'

const last = 39

/** A counter that may stop from 20 on. */
const counter = model('counter', () => {
  const { x } = state({ x: range(0, last).starts(0) })
  return {
    actions: [
      action('count', {}, () => ({ when: x.lt(20), then: set(x, x.plus(1)) }), { fair: 'weak' }),
      action('go on', {}, () => ({ when: all(x.ge(20), x.lt(last)), then: set(x, x.plus(1)) })),
      action('begin anew', {}, () => ({ when: x.is(last), then: set(x, 0) })),
    ],
    terminal: true,
    properties: Object.fromEntries(
      Array.from({ length: last }, (_, i) => [`after ${i}`, leadsTo(x.is(i), x.is(i + 1))]),
    ),
  }
})

it.each([1, 10, last])('are told by records, or asked for: %i properties', async (count) => {
  const names = Array.from({ length: count }, (_, i) => `after ${i}`)
  const verdictsWith = async (edgeBytes: number) =>
    verdictsOf(await checkSpec(counter, { ...littleMemory, properties: names }, { edgeBytes }))
  const expected = Object.fromEntries(names.map((name, i) => [name, i < 20 ? 'holds' : 'violated']))

  expect(await verdictsWith(2 ** 24)).toEqual(expected)
  expect(await verdictsWith(0)).toEqual(expected)
})

it('are as many as there is room for', () => {
  const propertiesUpTo = (count: number) => Array.from({ length: count }, (_, i) => i)
  const { compiled } = compile(buildModel(counter), propertiesUpTo(last))

  expect(compiled.propositions).toEqual(propertiesUpTo(28))
  expect(compile(buildModel(counter), propertiesUpTo(10)).compiled.propositions).toEqual(propertiesUpTo(11))
})
