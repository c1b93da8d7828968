/**
 * Ends before the end: every limit and signal give a partial report, the right exit code, and no thread that lives on.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { raft } from '../../specs/raft.ts'
import { emitCode } from '../../src/cli/emit-code.ts'
import { buildModel } from '../support/build.ts'
import { type Ended, root, type Workshop, workshop } from './command.ts'

let shop: Workshop
beforeAll(() => {
  shop = workshop()
})
afterAll(() => shop.remove())

const committed = 'peterson.peterson-swapped.mutual-exclusion.json'

/** Many seconds of work, with levels large enough for threads. */
const long = ['specs/filter-lock.ts', '--model', 'filter-lock', '--set', 'processes=6', '--json']

function partial({ code, stdout }: Ended): {
  readonly reason: string
  readonly verdicts: readonly string[]
  readonly distinct: number
} {
  expect(code).toBe(3)
  const [model] = JSON.parse(stdout).models
  expect(model.complete).toBe(false)
  return {
    reason: model.reason,
    verdicts: model.properties.map((property: { readonly verdict: string }) => property.verdict),
    distinct: model.states.distinct,
  }
}

describe.each(['1', '2'])('a long search on %s threads', (workers) => {
  // On a busy machine the time may be up before there is a state.
  it.each([
    ['--timeout', '0.5', 'time limit', 0],
    ['--memory', '5M', 'memory limit', 1],
  ])('stops by %s %s', async (option, value, reason, leastDistinct) => {
    const found = partial(await shop.call(...long, '--workers', workers, option, value))
    expect(found.reason).toBe(reason)
    expect(new Set(found.verdicts)).toEqual(new Set(['inconclusive']))
    expect(found.distinct).toBeGreaterThanOrEqual(leastDistinct)
  })

  it('stops at the first SIGINT with a partial report', async () => {
    const ended = await shop.interrupt(...long, '--workers', workers)
    const found = partial(ended)
    expect([found.reason, ended.hasOrphans]).toEqual(['interrupted', false])
    expect(new Set(found.verdicts)).toEqual(new Set(['inconclusive']))
    expect(found.distinct).toBeGreaterThan(0)
  })
})

it('a long search stops with a partial report when its terminal is closed', async () => {
  const ended = await shop.hangUp(...long, '--workers', '2')
  expect([partial(ended).reason, ended.hasOrphans]).toEqual(['interrupted', false])
})

it.each([
  ['--max-states', '50000', 'state limit'],
  ['--max-depth', '12', 'depth limit'],
])('a long search stops by %s %s with the same figures for any number of threads', async (option, value, reason) => {
  const reportOf = async (workers: string): Promise<unknown> => {
    const ended = await shop.call(...long, '--workers', workers, option, value)
    const found = partial(ended)
    expect(found.reason).toBe(reason)
    expect(new Set(found.verdicts)).toEqual(new Set(['inconclusive']))
    expect(found.distinct).toBeGreaterThan(100)
    return JSON.parse(ended.stdout, (key, figure) =>
      ['elapsedMs', 'peakBytes', 'workers'].includes(key) ? null : figure,
    )
  }
  expect(await reportOf('1')).toEqual(await reportOf('2'))
})

describe('the work after a search', () => {
  /** A second is told of when it has gone by: the search alone takes less, with a hundred of these many times as much. */
  const far = (
    property: string,
  ): string => `import { action, always, each, leadsTo, model, range, set, state } from 'modelcheck'
    export const far = model('far', () => {
      const { at } = state({ at: each(3, range(0, 129)).starts(0) })
      const step = ({ i }) => ({ when: at.at(i).lt(129), then: set(at.at(i), at.at(i).plus(1)) })
      const sum = at.at(0).plus(at.at(1)).plus(at.at(2))
      const hundred = Array.from({ length: 100 }, (_, i) => ['property ' + i, ${property}])
      const properties = { bounded: always(sum.lt(388)), ...Object.fromEntries(hundred) }
      return { actions: [action('up', { i: [0, 1, 2] }, step, { fair: 'weak' })], terminal: true, properties }
    })`

  it('leaves liveness properties undecided at SIGTERM', async () => {
    shop.write('ends.ts', far('leadsTo(sum.gt(i), sum.is(387))'))
    const ended = await shop.terminate('deciding', 'ends.ts', '--json')
    const found = partial(ended)
    expect([found.reason, ended.hasOrphans]).toEqual(['interrupted', false])
    // The machine says how many are decided by then; not the last.
    expect([found.verdicts[0], found.verdicts.at(-1)]).toEqual(['holds', 'inconclusive'])
  })

  it('leaves a long run unshown, and the verdict stands: exit code 1', async () => {
    shop.write('near.ts', far('always(sum.lt(387 - i))'))
    const { code, stdout, hasOrphans } = await shop.terminate('retracing', 'near.ts', '--json')
    const [near] = JSON.parse(stdout).models
    expect([code, near.complete, near.reason, hasOrphans]).toEqual([1, false, 'interrupted', false])
    // The shortest runs come first, which are those of the last.
    expect(near.properties[1]).toMatchObject({ name: 'property 0', verdict: 'violated', trace: null })
    expect(near.properties[1].reason).toEqual(['no run is shown: it was still being rebuilt at the end (interrupted)'])
  })
})

it.each([
  ['--timeout', '0.05', 'time limit'],
  ['--memory', '4M', 'memory limit'],
])('a model with more initial states than can be listed stops by %s %s', async (option, value, reason) => {
  shop.write(
    'anywhere.ts',
    `import { always, arbitrary, bool, each, model, state } from 'modelcheck'
    export const anywhere = model('anywhere', () => {
      const { cells } = state({ cells: each(48, bool).starts(false) })
      return { initially: arbitrary(cells), terminal: true, properties: { p: always(cells.at(0)) } }
    })`,
  )
  const { code, stdout } = await shop.call('anywhere.ts', option, value, '--json')
  const [found] = JSON.parse(stdout).models

  expect([code, found.complete, found.reason, found.states.distinct]).toEqual([3, false, reason, 0])
  // Random runs need no list.
  expect((await shop.call('simulate', 'anywhere.ts', '--runs', '20')).stdout).toContain('violated')
})

describe('a spec that is still being loaded', () => {
  const waits = "import { writeSync } from 'node:fs'\nwriteSync(2, 'loading')\nfor (;;) {}\nexport {}\n"
  const read = (name: string): string => readFileSync(join(shop.folder, name), 'utf8')

  beforeAll(() => {
    shop.write('waits.ts', waits)
    const saved = JSON.parse(readFileSync(join(root, 'counterexamples', committed), 'utf8'))
    shop.write('trace.json', JSON.stringify({ ...saved, spec: 'waits.ts' }))
  })

  it('is given up at the first SIGINT: every report is written, none names a model, exit code 3', async () => {
    const files = ['--report', 'out/r.json', '--junit', 'out/j.xml', '--sarif', 'out/s.sarif', '--html', 'out/h.html']
    const { code, stdout, hasOrphans } = await shop.interrupt('waits.ts', '--json', ...files)

    expect([code, hasOrphans]).toEqual([3, false])
    expect(JSON.parse(stdout)).toMatchObject({ spec: 'waits.ts', models: [], errors: [] })
    expect(JSON.parse(read('out/r.json'))).toEqual(JSON.parse(stdout))
    expect(read('out/j.xml')).toContain('<error message="interrupted while waits.ts was loaded"')
    expect(JSON.parse(read('out/s.sarif')).runs[0].invocations[0].executionSuccessful).toBe(false)
    expect(read('out/h.html')).toContain('interrupted while waits.ts was loaded')
  })

  it.each(['simulate waits.ts', 'replay trace.json', 'graph waits.ts', 'explore waits.ts', 'compare waits.ts'])(
    'is told of in words by %s, which leaves nothing behind',
    async (args) => {
      const { code, stdout, stderr, hasOrphans } = await shop.interrupt(...args.split(' '))

      expect([code, stdout, hasOrphans]).toEqual([3, '', false])
      expect(stderr).toContain('interrupted while waits.ts was loaded')
    },
  )

  it.each(['simulate', 'compare'])('leaves %s --json one document', async (command) => {
    const { code, stdout } = await shop.interrupt(command, 'waits.ts', '--json')

    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ errors: [], [command === 'compare' ? 'reports' : 'models']: [] })
  })
})

describe('an invalid spec', () => {
  it('is an error in every report that was asked for', async () => {
    shop.write('wrong.ts', 'export const x = {{{')
    const files = ['--report', 'w/r.json', '--junit', 'w/j.xml', '--sarif', 'w/s.sarif', '--html', 'w/h.html']
    const { code } = await shop.call('wrong.ts', ...files)
    const read = (name: string): string => readFileSync(join(shop.folder, 'w', name), 'utf8')

    expect(code).toBe(2)
    expect(JSON.parse(read('r.json')).errors[0].code).toBe('MC402')
    expect(read('j.xml')).toMatch(/errors="1".*<testcase name="MC402".*<error message="wrong.ts:1: /s)
    expect(JSON.parse(read('s.sarif')).runs[0].results[0]).toMatchObject({ ruleId: 'MC402', level: 'error' })
    expect(read('h.html')).toContain('error MC402')
  })
})

describe('random runs', () => {
  const many = ['simulate', 'specs/peterson.ts', '--runs', '100000000']

  it('stop at SIGINT with what was found, exit code 3', async () => {
    const { code, stdout, hasOrphans } = await shop.interrupt(...many, '--json')
    const { models } = JSON.parse(stdout)

    expect([code, hasOrphans]).toEqual([3, false])
    expect(models[0]).toMatchObject({ complete: false, reason: 'interrupted' })
    expect(models[0].runs).toBeLessThan(100_000_000)
  })

  it('stop when the time is up, which is for all models together', async () => {
    const { code, stdout } = await shop.call(...many, '--timeout', '0.5', '--quiet')

    expect(code).toBe(3)
    expect(stdout.match(/ of 100,000,000 runs, .*; stopped early: time limit/g)?.length).toBeGreaterThan(1)
  })
})

describe('the second signal', () => {
  it('ends the process at once, while the models that are left are still to be told', async () => {
    const { code, stdout, hasOrphans } = await shop.interruptTwice('specs/arm64-entry.ts', '--json')
    expect([130, 143]).toContain(code)
    expect([stdout, hasOrphans]).toEqual(['', false])
  })
})

describe('the first violation', () => {
  it('ends the search with --stop-at-first, and is the answer', async () => {
    const torn = ['specs/ticket-lock.ts', '--model', 'ticket-lock-torn']
    const { code, stdout } = await shop.call(...torn, '--stop-at-first', '--json')
    const [model] = JSON.parse(stdout).models
    expect([code, model.reason]).toEqual([3, 'first violation'])
    expect(model.properties.find(({ name }: { readonly name: string }) => name === 'mutual exclusion').verdict).toBe(
      'violated',
    )
  })
})

describe('a time limit', () => {
  it('is for all models together, and every model is reported', async () => {
    const { code, stdout } = await shop.call('specs/refinement.ts', '--timeout', '0', '--json')
    const { models } = JSON.parse(stdout)
    expect(code).toBe(3)
    expect(models.length).toBeGreaterThan(4)
    expect(new Set(models.map(({ reason }: { readonly reason: string }) => reason))).toEqual(new Set(['time limit']))
  })
})

describe('the code of many models', () => {
  it('is not written when the time is up, and says so', async () => {
    const { code, stdout, stderr } = await shop.call('specs/raft.ts', '--emit', 'late.js', '--timeout', '0', '--json')

    expect([code, stderr]).toEqual([3, 'late.js is not written: time limit\n'])
    expect(new Set(JSON.parse(stdout).models.map(({ reason }: { readonly reason: string }) => reason))).toEqual(
      new Set(['time limit']),
    )
    expect(existsSync(join(shop.folder, 'late.js'))).toBe(false)
  })

  it('hears a signal between them', async () => {
    const job = { spec: 'raft.ts', model: buildModel(raft), among: ['raft'], properties: null }
    const controller = new AbortController()
    const file = join(shop.folder, 'code.js')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    setTimeout(() => controller.abort(), 50)
    await emitCode(
      Array.from({ length: 1000 }, () => job),
      file,
      { signal: controller.signal },
    )

    expect(said.mock.calls).toEqual([[`${file} is not written: interrupted\n`]])
    expect(existsSync(file)).toBe(false)
    said.mockRestore()
  })
})

describe('the library', () => {
  it.each([
    ['time limit', 'timeoutSeconds: 0.5'],
    ['state limit', 'maxStates: 200000'],
    ['memory limit', 'memoryBytes: 2 ** 22'],
    ['interrupted', 'signal: AbortSignal.timeout(500)'],
  ])('leaves no thread behind after a %s: the process ends by itself', (reason, options) => {
    const script = `
      import { check, model, range, action, set, state, always } from '${join(root, 'dist/index.js')}'
      const long = model('long', () => {
        const v = state({ a: range(0, 999).starts(0), b: range(0, 999).starts(0), c: range(0, 9).starts(0) })
        const up = (name, place, max) => action(name, {}, () => ({ when: place.lt(max), then: set(place, place.plus(1)) }))
        return { actions: [up('a', v.a, 999), up('b', v.b, 999), up('c', v.c, 9)], terminal: true, properties: { p: always(v.a.ge(0)) } }
      })
      const report = await check(long, { workers: 2, ${options} })
      console.log(report.models[0].reason, process.getActiveResourcesInfo().filter((name) => name.includes('Worker')).length)
    `
    const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    })
    expect([stdout.trim(), status], stderr).toEqual([`${reason} 0`, 0])
  })
})
