/**
 * Liveness through the built command: the loop is marked in every format, and a vacuous property is warned of.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Workshop, workshop } from './command.ts'

/** A token that goes round for ever, a lamp that nobody is obliged to light, and a fourth place that no token reaches. */
const spec = `import { action, all, bool, eventually, leadsTo, model, range, set, state, always } from 'modelcheck'
export const ring = model('ring', () => {
  const { token, lit } = state({ token: range(0, 3).starts(0), lit: bool.starts(false) })
  const move = (from: number, to: number) =>
    action('move ' + from, {}, () => ({ when: token.is(from), then: set(token, to) }), { fair: 'weak' })
  return {
    actions: [
      move(0, 1), move(1, 2), move(2, 1), move(3, 0),
      action('light', {}, () => ({ when: token.is(0), then: set(lit, true) })),
    ],
    properties: {
      'comes back': always(eventually(token.is(0))),
      'from nowhere': leadsTo(token.is(3), lit),
      'comes back lit': always(eventually(all(token.is(0), lit))),
    },
  }
})
export const lamp = model('lamp', () => {
  const { lit } = state({ lit: bool.starts(false) })
  return {
    actions: [action('light', {}, () => ({ then: set(lit, true) }))],
    properties: { 'gets light': eventually(lit) },
  }
})
`

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  shop.write('ring.ts', spec)
})
afterAll(() => shop.remove())

const changes = (step: { readonly changes: object }): object => step.changes

const turning = 'counterexamples/ring.ring.comes-back.json'
const stopping = 'counterexamples/ring.lamp.gets-light.json'

describe('the loop of a lasso', () => {
  beforeAll(async () => {
    await shop.call('ring.ts')
  })

  it('is marked in the saved trace: the step after which it begins, and its changes cancel out', () => {
    const { loop, steps } = JSON.parse(readFileSync(join(shop.folder, turning), 'utf8'))

    expect([loop, steps.length]).toEqual([1, 3])
    expect(Object.assign({}, ...steps.slice(0, loop).map(changes))).toEqual(Object.assign({}, ...steps.map(changes)))
  })

  it('is marked in the Informal Trace Format by the index of the state it returns to', async () => {
    const itf = JSON.parse((await shop.call('trace', turning, '--format', 'itf')).stdout)

    expect([itf.loop, itf.states.length]).toEqual([1, 4])
    expect(itf.states.at(-1).token).toEqual(itf.states[itf.loop].token)
  })

  it('is marked in text at its first step and below its last', async () => {
    const { stdout } = await shop.call('trace', turning)

    expect(stdout).toMatch(/^ *↺2 /m)
    expect(stdout).toContain('↺ steps 2 to 3 repeat for ever')
  })

  it('is the last state alone when the run stops', async () => {
    const saved = JSON.parse(readFileSync(join(shop.folder, stopping), 'utf8'))
    const itf = JSON.parse((await shop.call('trace', stopping, '--format', 'itf')).stdout)

    expect([saved.loop, saved.steps.length]).toEqual([0, 0])
    expect([itf.loop, itf.states.length]).toEqual([0, 1])
    expect((await shop.call('trace', stopping)).stdout).not.toContain('↺')
  })

  it('is counted in the report', async () => {
    const { models } = JSON.parse(
      (await shop.call('ring.ts', '--json', '--property', 'comes back', '--model', 'ring')).stdout,
    )

    expect(models[0].properties[0].trace).toMatchObject({ stem: 1, loop: 2 })
  })
})

it('is shown once when several properties are violated by it, with the reason of each', async () => {
  const { stdout } = await shop.call('ring.ts', '--model', 'ring', '--property', 'comes*')

  expect(stdout.match(/initial state/g)).toHaveLength(1)
  expect(stdout).toMatch(
    /\n {2}comes back lit is violated, by the run of comes back:\n +↺ steps 2 to 3 repeat for ever\n +=> token = 0 and lit never holds\n +=> weak fairness of move 0, move 3: [\s\S]+saved as counterexamples\/ring\.ring\.comes-back-lit\.json/,
  )
})

describe('a vacuous property', () => {
  it('holds with warnings in JSON and in text', async () => {
    const options = ['ring.ts', '--model', 'ring', '--property', 'from nowhere']
    const { models } = JSON.parse((await shop.call(...options, '--json')).stdout)
    const [property] = models[0].properties

    expect(property.verdict).toBe('holds')
    expect(property.warnings).toEqual([
      'the premise `token = 3` holds in no reachable state',
      'the weak fairness of move 3 asks for nothing: it is never enabled',
    ])
    expect((await shop.call(...options)).stdout).toContain(
      'warning: the premise `token = 3` holds in no reachable state',
    )
  })
})
