/**
 * Random runs and new specs, as a user calls them: reproducible, saved, replayable, and never an uncaught error.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { simulationCodec } from '../../src/report/simulation.ts'
import { type Workshop, workshop } from './command.ts'

const imports =
  "import { action, check, choose, model, never, next, range, refines, sequenceOf, set, state, stepwise } from 'modelcheck'"

const counter = (name: string, initially: string, step: string, property: string): string => `
  export const ${name} = model('${name}', () => {
    const { n, queue } = state({ n: range(0, 3).starts(1), queue: sequenceOf(range(0, 3), 1).starts([]) })
    return { initially: ${initially}, actions: action('go', {}, () => ({ ${step} })), properties: { p: ${property} } }
  })`

/** Each raises an error somewhere else: in a step, in a property, where steps are compared, where an abstract state is computed. */
const failing = {
  step: ['then: set(n, n.plus(1))', 'never(n.is(0))'],
  judged: ['then: set(n, 2)', 'never(queue.at(0).is(0))'],
  relation: ['then: set(n, 2)', 'stepwise(next(queue).at(0).is(0))'],
  mapping: ['then: set(queue, queue.append(1))', 'refines(simple, { s: queue.at(0) })'],
  stuck: ['when: n.is(0), then: set(queue, queue.append(1))', 'refines(simple, { s: queue.at(0) })'],
} as const
const simple = `
  const simple = model('simple', () => ({ actions: action('x', {}, () => ({ then: set(state({ s: range(0, 3).starts(0) }).s, 1) })), properties: {} }))`

/** A step and a property, and the name of what is violated. */
const violating = {
  deadlock: ['when: n.is(1), then: set(n, 0)', 'never(n.is(3))', 'deadlock'],
  failed: ["then: [check(n.is(2), 'n is 2'), set(n, 1)]", 'never(n.is(3))', 'n is 2'],
  step: ['then: set(n, 0)', 'stepwise(next(n).ge(n))', 'p'],
  start: ['then: set(n, 1)', 'refines(simple, { s: n })', 'p'],
} as const

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  shop.write('start.ts', imports + counter('m', 'set(n, n.minus(2))', 'then: set(n, 0)', 'never(n.is(3))'))
  const nowhere = "choose('c', [0], () => ({ given: false, then: [] }))"
  shop.write('nowhere.ts', imports + counter('m', nowhere, 'then: set(n, 0)', 'never(n.is(3))'))
  const models = Object.entries(failing).map(([name, [step, property]]) => counter(name, '[]', step, property))
  shop.write('errors.ts', [imports, simple, ...models].join('\n'))
})
afterAll(() => shop.remove())

interface Told {
  readonly models: readonly {
    readonly name: string
    readonly properties: readonly { readonly name: string; readonly verdict: string }[]
  }[]
}

const swapped = ['simulate', 'specs/peterson.ts', '--model', 'peterson-swapped', '--runs', '20']
const file = 'counterexamples/peterson.peterson-swapped.mutual-exclusion.json'
const read = (name: string): string => readFileSync(join(shop.folder, name), 'utf8')

describe('modelcheck simulate', () => {
  it('saves what it finds; the same seed finds the same, and it replays', async () => {
    const first = await shop.call(...swapped)
    const saved = read(file)
    const again = await shop.call(...swapped)

    expect(first.code, first.stderr).toBe(0)
    expect(first.stdout).toMatch(
      /^peterson-swapped: 20 runs, [\d,]+ steps, seed 1\n {2}mutual exclusion is violated, as expected, in \d+ steps \(not a shortest run\)/,
    )
    expect([again.stdout, read(file)]).toEqual([first.stdout, saved])
    expect(JSON.parse(saved)).toMatchObject({ shortest: false, spec: 'specs/peterson.ts', loop: null })
    expect(await shop.call('replay', file)).toMatchObject({ code: 0, stdout: expect.stringContaining('certified') })
  })

  it('with another seed goes other ways', async () => {
    await shop.call(...swapped, '--out', 'one', '--seed', '2')
    await shop.call(...swapped, '--out', 'two', '--seed', '3')
    const [one, two] = ['one', 'two'].map((out) => read(file.replace('counterexamples', out)))
    expect(one).not.toBe(two)
  })

  it('with --json prints one document, with --quiet no trace', async () => {
    const json = await shop.call(...swapped, '--json')
    const report = simulationCodec.decode(JSON.parse(json.stdout))
    const quiet = await shop.call(...swapped, '--quiet', '--property', 'mutual*')

    expect(E.isRight(report) && report.right.models[0]?.properties).toMatchObject([
      { name: 'mutual exclusion', verdict: 'violated', asExpected: true, trace: { shortest: false, loop: 0, file } },
    ])
    expect(quiet.stdout.split('\n')).toHaveLength(3)
    expect((await shop.call(...swapped, '--property', 'deadlock', '--quiet')).stdout).not.toContain('violated')
  })

  it.each([
    ['start.ts', 'MC102', 'no initial state can be built'],
    ['nowhere.ts', 'MC103', 'there is no initial state'],
  ])('reports a start that cannot be as check does: %s', async (spec, code, words) => {
    const [simulated, checked] = [await shop.call('simulate', spec), await shop.call(spec)]

    expect(simulated.code).toBe(2)
    expect(simulated.stderr).toContain(`error ${code}: ${words}`)
    expect(simulated.stderr).toBe(checked.stderr)
    const { errors } = JSON.parse((await shop.call('simulate', spec, '--json')).stdout)
    expect(errors.map((one: { readonly code: string }) => one.code)).toEqual([code])
  })

  it('tells of the others where one model has no start', async () => {
    const nowhere = "choose('c', [0], () => ({ given: false, then: [] }))"
    const models = [
      counter('a', '[]', 'then: set(n, 0)', 'never(n.is(3))'),
      counter('b', nowhere, 'then: []', 'never(n.is(3))'),
    ]
    shop.write('one-nowhere.ts', [imports, ...models.reverse()].join('\n'))
    const { code, stdout, stderr } = await shop.call('simulate', 'one-nowhere.ts')
    const { errors, models: told } = JSON.parse((await shop.call('simulate', 'one-nowhere.ts', '--json')).stdout)

    expect([code, stdout]).toEqual([2, expect.stringMatching(/^a: 100 runs, [\d,]+ steps, seed 1\n$/)])
    expect(stderr).toMatch(/error MC103: model 'b' is not checked: there is no initial state/)
    expect([errors.length, told.map(({ name }: { readonly name: string }) => name)]).toEqual([1, ['a']])
  })

  it('finds a model error, wherever it is raised, as check does', async () => {
    const simulated = await shop.call('simulate', 'errors.ts')
    const checked = await shop.call('errors.ts', '--out', 'checked')

    expect([simulated.code, checked.code]).toEqual([1, 1])
    expect(simulated.stdout.match(/model error is violated/g)).toHaveLength(5)
    expect(checked.stdout.match(/model error is violated/g)).toHaveLength(5)
    for (const name of Object.keys(failing))
      expect((await shop.call('replay', `counterexamples/errors.${name}.model-error.json`)).code).toBe(0)
  })

  it('finds a deadlock, a check that fails, a step, and a start that the abstract model does not have, as check does', async () => {
    const models = Object.entries(violating).map(([name, [step, property]]) => counter(name, '[]', step, property))
    shop.write('violating.ts', [imports, simple, ...models].join('\n'))
    const violated = async (...args: readonly string[]): Promise<unknown> => {
      const report: Told = JSON.parse((await shop.call(...args, 'violating.ts', '--json')).stdout)
      return report.models.map(({ name, properties }) => [
        name,
        ...properties.flatMap((one) => (one.verdict === 'violated' ? [one.name] : [])),
      ])
    }
    const expected = Object.entries(violating).map(([name, [, , property]]) => [name, property])

    expect(await violated('simulate', '--runs', '3')).toEqual(expected)
    expect(await violated('--out', 'checked')).toEqual(expected)
  })
})

describe('modelcheck new', () => {
  it('writes a spec that is checked as it is, and never writes over a file', async () => {
    expect(await shop.call('new', 'my-lock')).toMatchObject({
      code: 0,
      stdout: 'wrote my-lock.ts; run: npx modelcheck my-lock.ts\n',
    })
    const text = read('my-lock.ts')

    expect((await shop.call('my-lock.ts')).code).toBe(0)
    expect(await shop.call('new', 'my-lock')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('MC401'),
    })
    expect((await shop.call('new', 'my-lock.ts')).stderr).toContain('my-lock.ts exists')
    expect(read('my-lock.ts')).toBe(text)
    expect(existsSync(join(shop.folder, 'my-lock.ts.ts'))).toBe(false)
  })

  it('takes the name of a module, which a CommonJS package wants', async () => {
    expect((await shop.call('new', 'other.mts')).stdout).toBe('wrote other.mts; run: npx modelcheck other.mts\n')
    expect(read('other.mts')).toContain(' npx modelcheck other.mts\n')
    expect(await shop.call('other.mts')).toMatchObject({ code: 0, stdout: expect.stringContaining('other\n') })
    expect(await shop.call('new', 'other.js')).toMatchObject({ code: 2, stderr: expect.stringContaining('.mts') })
  })
})
