/**
 * Several models at once: the same answer as one after another, for any number of workers, also where one is stopped or fails.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Workshop, workshop } from './command.ts'

let shop: Workshop

/** Models of (max + 1)² states; each takes longer than the time after which threads start, so that they do. */
function grids(...models: readonly { readonly name: string; readonly max: number; readonly extra?: string }[]): string {
  const exports = models.map(
    ({ name, max, extra = '' }) => `
    export const ${name} = model('${name}', () => {
      const { x, y } = state({ x: range(0, ${max}).starts(0), y: range(0, ${max}).starts(0) })
      const up = action('up', {}, () => ({ when: x.lt(${max}), then: set(x, x.plus(1)) }), { fair: 'weak' })
      const right = action('right', {}, () => ({ when: y.lt(${max}), then: set(y, y.plus(1)) }), { fair: 'weak' })
      return {
        actions: [up, right],
        terminal: true,
        properties: { low: always(x.plus(y).lt(${max})), arrives: eventually(all(x.is(${max}), y.is(${max}))), ${extra} },
        expectViolated: ['low'],
      }
    })`,
  )
  return `import { action, all, always, eventually, measure, model, range, set, state } from 'modelcheck'\n${exports.join('\n')}`
}

beforeAll(() => {
  shop = workshop()
  const sizes = [250, 30, 300, 200, 3, 220]
  shop.write('grids.ts', grids(...sizes.map((max, i) => ({ name: `grid${i}`, max }))))
})
afterAll(() => shop.remove())

const figures = (json: string): unknown =>
  JSON.parse(json, (key, value) => (['elapsedMs', 'peakBytes', 'workers'].includes(key) ? null : value))

const filesIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(join(shop.folder, folder)).map((name) => [name, readFileSync(join(shop.folder, folder, name), 'utf8')])

it('tells the same, in the same order, and saves the same files for any number of workers', () => {
  const [alone, ...others] = ['1', '2', '4'].map((workers) => {
    const out = `out-${workers}`
    mkdirSync(join(shop.folder, out))
    const args = ['grids.ts', '--workers', workers, '--report', `${out}.json`, '--out', out]
    const { code, stdout } = shop.run(...args)
    const report = readFileSync(join(shop.folder, `${out}.json`), 'utf8').replaceAll(`${out}/`, '')
    const said = stdout.replaceAll(`${out}/`, '').replace(/levels, .* s$/gm, 'levels')
    return { code, said, report: figures(report), files: filesIn(out) }
  })

  expect(alone?.code).toBe(0)
  expect(alone?.files).toHaveLength(6)
  for (const other of others) expect(other).toEqual(alone)
})

describe('where one of several models', () => {
  it('needs more memory than its share, it is checked again with all of it', () => {
    shop.write('large.ts', grids({ name: 'a', max: 300 }, { name: 'b', max: 999 }, { name: 'c', max: 200 }))
    const { code, stdout } = shop.run('large.ts', '--workers', '4', '--memory', '20M', '--json', '--property', 'low')
    const { models } = JSON.parse(stdout)

    expect(code).toBe(0)
    expect(models.map(({ reason, states }: Told) => [reason, states.distinct])).toEqual([
      [null, 301 ** 2],
      [null, 1e6],
      [null, 201 ** 2],
    ])
  })

  it('hits a limit of states, the others do not', () => {
    const { code, stdout } = shop.run('grids.ts', '--workers', '2', '--max-states', '60000', '--json')
    const { models } = JSON.parse(stdout)

    expect(code).toBe(3)
    const limit = 'state limit'
    expect(models.map(({ reason }: Told) => reason)).toEqual([limit, null, limit, null, null, null])
  })

  it('cannot be compiled, the others are told, and the exit code is that of an invalid spec', () => {
    const extra = 'many: measure(x.times(1000))'
    const three = ['a', 'b', 'c'].map((name) => ({ name, max: 250 }))
    shop.write('wrong.ts', grids(...three, { name: 'd', max: 70, extra }, { name: 'e', max: 20 }))
    const { code, stdout, stderr } = shop.run('wrong.ts', '--workers', '2', '--quiet', '--report', 'wrong.json')
    const { errors, models } = JSON.parse(readFileSync(join(shop.folder, 'wrong.json'), 'utf8'))

    expect([code, stdout.match(/^\w+$/gm)]).toEqual([2, ['a', 'b', 'c', 'e']])
    expect(stderr).toMatch(/error MC208: model 'd' is not checked: /)
    expect(errors.map((one: { readonly code: string }) => one.code)).toEqual(['MC208'])
    expect(models.map((one: { readonly name: string }) => one.name)).toEqual(['a', 'b', 'c', 'e'])
  })

  it('cannot be compiled, the code of the others is written', async () => {
    const extra = 'many: measure(x.times(1000))'
    shop.write('emit.ts', grids({ name: 'a', max: 20 }, { name: 'b', max: 70, extra }, { name: 'c', max: 20 }))
    const all = await shop.call('emit.ts', '--quiet', '--emit', 'code.js')
    const none = await shop.call('emit.ts', '--model', 'b', '--emit', 'none.js')

    expect([all.code, all.stdout.match(/^\w+$/gm)]).toEqual([2, ['a', 'c']])
    expect(readFileSync(join(shop.folder, 'code.js'), 'utf8').match(/^\/\/ model .*/gm)).toEqual([
      '// model a',
      '// model c',
    ])
    expect(none.stderr).toMatch(/^none.js is not written: no model can be compiled\n.*error MC208: /)
    expect(existsSync(join(shop.folder, 'none.js'))).toBe(false)
  })

  it('calls nothing interchangeable, it is searched without symmetry and says so; where none does, that is a mistake', async () => {
    const pair = (name: string, more: string): string => `
      export const ${name} = model('${name}', () => {
        const { on } = state({ on: each(['p', 'q'], bool).starts(false) })
        return { actions: action('turn', { who: ['p', 'q'] }, ({ who }) => ({ then: set(on[who], not(on[who])) })), ${more} }
      })`
    const imports = "import { action, bool, each, model, not, set, state } from 'modelcheck'"
    shop.write('pairs.ts', imports + pair('alike', "interchangeable: [['p', 'q']]") + pair('plain', ''))
    const reduced = ['pairs.ts', '--reduce', 'symmetry']
    const both = await shop.call(...reduced, '--reduce', 'dead-variables', '--json', '--emit', 'pairs.js')
    const text = await shop.call(...reduced)
    const plain = await shop.call(...reduced, '--model', 'plain')
    const { models } = JSON.parse(both.stdout)

    const warning = 'it calls nothing interchangeable, and is searched without symmetry'
    expect([both.code, text.code, plain.code]).toEqual([0, 0, 2])
    expect(models).toMatchObject([
      { states: { distinct: 3 }, reductions: ['dead-variables', 'symmetry'], warnings: [] },
      { states: { distinct: 4 }, reductions: ['dead-variables'], warnings: [warning] },
    ])
    expect(text.stdout).toContain(`  warning: ${warning}\n`)
    expect(plain.stderr).toContain('error MC306: no labels are called interchangeable')
    expect(readFileSync(join(shop.folder, 'pairs.js'), 'utf8')).toContain('// model plain')
  })

  it('cannot be compiled, the summary counts it; with --quiet no empty line is the last', async () => {
    const extra = 'many: measure(x.times(1000))'
    shop.write('last.ts', grids({ name: 'a', max: 20 }, { name: 'b', max: 20 }, { name: 'c', max: 70, extra }))
    const ofAll = (await shop.call('last.ts')).stdout
    const quiet = (await shop.call('last.ts', '--quiet')).stdout

    expect(ofAll).toMatch(/\n\nall \d+ verdicts are as expected\n1 of 3 models is not checked\n$/)
    expect(quiet).toMatch(/\n\nb\n/)
    expect(quiet).toMatch(/[^\n]\n$/)
  })
})

interface Told {
  readonly reason: string | null
  readonly states: { readonly distinct: number }
}

it('stops all at SIGINT: those that were on their way with what they know, the others before they begin', async () => {
  shop.write('long.ts', grids(...['a', 'b', 'c', 'd'].map((name) => ({ name, max: 9000 }))))
  const areUnderWay = /^[ab] .*(\d,\d{3}|[kM]) distinct.*^[ab] .*(\d,\d{3}|[kM]) distinct/ms
  const { code, stdout, hasOrphans } = await shop.interruptWhen(areUnderWay, 'long.ts', '--workers', '2', '--json')
  const models: readonly Told[] = JSON.parse(stdout).models

  expect([code, hasOrphans, ...models.map(({ reason }) => reason)]).toEqual([3, false, ...Array(4).fill('interrupted')])
  expect(models.map(({ states }) => states.distinct > 1000)).toEqual([true, true, false, false])
})

it('one model has the thread that has built its spec: no other starts', () => {
  shop.write('many.ts', grids({ name: 'many', max: 700 }))
  const text = `import { isMainThread } from 'node:worker_threads'
let started = 0
process.on('worker', () => { started++ })
if (isMainThread) process.on('exit', () => console.error('threads: ' + started))`
  shop.write('count.mjs', text)
  const { stderr } = shop.shell(
    `NODE_OPTIONS='--import ./count.mjs' modelcheck many.ts --workers 2 --property low --quiet`,
  )

  expect(stderr).toContain('threads: 1\n')
})
