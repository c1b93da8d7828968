/**
 * Strips: what pictures of a run draw, carried by the model as data, without a say in what the model means.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { action, always, model, range, set, state } from '../../src/language/index.ts'
import { hashModel } from '../../src/model/hash-model.ts'
import { validate } from '../../src/model/validate.ts'
import { buildModel } from '../support/build.ts'

const counter = (hasStrip: boolean) =>
  model('counter', () => {
    const { n } = state({ n: range(0, 3).starts(0) })
    return {
      actions: { up: action('up', {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) })) },
      terminal: n.is(3),
      properties: { small: always(n.le(3)) },
      ...(hasStrip ? { strips: { count: n, 'is odd': n.mod(2).is(1) } } : {}),
    }
  })

describe('strips', () => {
  it('are named expressions of the model', () => {
    const { strips } = buildModel(counter(true))

    expect(strips.map(({ name, e }) => [name, e.kind])).toEqual([
      ['count', 'variable'],
      ['is odd', 'equal'],
    ])
  })

  it('do not change the hash that names the model', () => {
    expect(hashModel(buildModel(counter(true)))).toBe(hashModel(buildModel(counter(false))))
  })

  it('are validated like every expression (MC201)', () => {
    const built = buildModel(counter(true))
    const wrong = {
      ...built,
      strips: [{ name: 'x', e: { kind: 'variable' as const, name: 'nobody' }, source: built.source }],
    }

    const valid = validate(wrong)

    expect(E.isLeft(valid) && valid.left.map((one) => one.code)).toEqual(['MC201'])
  })
})
