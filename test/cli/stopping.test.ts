/**
 * Ends before the end: every limit and SIGINT give a partial report, the right exit code, and no thread that lives on.
 */

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Ended, root, type Workshop, workshop } from './command.ts'

let shop: Workshop
beforeAll(() => {
  shop = workshop()
})
afterAll(() => shop.remove())

/** Many seconds of work, with levels large enough for threads. */
const long = ['specs/filter-lock.ts', '--set', 'processes=6', '--json']

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
  it.each([
    ['--max-states', '50000', 'state limit'],
    ['--max-depth', '12', 'depth limit'],
    ['--timeout', '1.5', 'time limit'],
    ['--memory', '24M', 'memory limit'],
  ])('stops by %s %s', (option, value, reason) => {
    const found = partial(shop.run(...long, '--workers', workers, option, value))
    expect(found.reason).toBe(reason)
    expect(new Set(found.verdicts)).toEqual(new Set(['inconclusive']))
    expect(found.distinct).toBeGreaterThan(100)
  })

  it('stops at the first SIGINT with a partial report', async () => {
    const found = partial(await shop.interrupt(1, ...long, '--workers', workers))
    expect(found.reason).toBe('interrupted')
    expect(new Set(found.verdicts)).toEqual(new Set(['inconclusive']))
  })
})

describe('a spec that is still being loaded', () => {
  const waits = "import { writeSync } from 'node:fs'\nwriteSync(2, 'loading')\nfor (;;) {}\nexport {}\n"

  it('is given up at the first SIGINT: a report without models, exit code 3', async () => {
    shop.write('waits.ts', waits)
    const { code, stdout } = await shop.interrupt(1, 'waits.ts', '--json')

    expect(code).toBe(3)
    expect(JSON.parse(stdout)).toMatchObject({ spec: 'waits.ts', models: [], errors: [] })
  })

  it('is told of in words without --json', async () => {
    const { code, stdout, stderr } = await shop.interrupt(1, 'simulate', 'waits.ts')

    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('interrupted while waits.ts was loaded')
  })
})

describe('the second SIGINT', () => {
  it('ends the process at once, while the models that are left are still to be told', async () => {
    const { code, stdout } = await shop.interrupt(2, 'specs/arm64-entry.ts', '--json')
    expect([code, stdout]).toEqual([130, ''])
  })
})

describe('limits of levels and states', () => {
  it('give the same figures for any number of threads', () => {
    const reports = ['1', '2'].map((workers) => {
      const { models } = JSON.parse(shop.run(...long, '--workers', workers, '--max-states', '50000').stdout)
      return models.map(
        ({ elapsedMs: _, peakBytes: __, ...figures }: { readonly elapsedMs: number; readonly peakBytes: number }) =>
          figures,
      )
    })
    expect(reports[0]).toEqual(reports[1])
  })
})

describe('the first violation', () => {
  it('ends the search with --stop-at-first, and is the answer', () => {
    const { code, stdout } = shop.run(
      'specs/ticket-lock.ts',
      '--model',
      'ticket-lock-torn',
      '--stop-at-first',
      '--json',
    )
    const [model] = JSON.parse(stdout).models
    expect([code, model.reason]).toEqual([3, 'first violation'])
    expect(model.properties.find(({ name }: { readonly name: string }) => name === 'mutual exclusion').verdict).toBe(
      'violated',
    )
  })
})

describe('a time limit', () => {
  it('is for all models together, and every model is reported', () => {
    const { code, stdout } = shop.run('specs/arm64-entry.ts', '--timeout', '0', '--json')
    const { models } = JSON.parse(stdout)
    expect(code).toBe(3)
    expect(models.length).toBeGreaterThan(4)
    expect(new Set(models.map(({ reason }: { readonly reason: string }) => reason))).toEqual(new Set(['time limit']))
  })
})

describe('the library', () => {
  it('leaves no thread behind: the process ends by itself', () => {
    const script = `
      import { check, model, range, action, set, state, always } from '${join(root, 'dist/index.js')}'
      const long = model('long', () => {
        const v = state({ a: range(0, 999).starts(0), b: range(0, 999).starts(0), c: range(0, 9).starts(0) })
        const up = (name, place, max) => action(name, {}, () => ({ when: place.lt(max), then: set(place, place.plus(1)) }))
        return { actions: [up('a', v.a, 999), up('b', v.b, 999), up('c', v.c, 9)], terminal: true, properties: { p: always(v.a.ge(0)) } }
      })
      const report = await check(long, { workers: 2, timeoutSeconds: 1 })
      console.log(report.models[0].reason, process.getActiveResourcesInfo().filter((name) => name.includes('Worker')).length)
    `
    const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 30_000,
    })
    expect([stdout.trim(), status], stderr).toEqual(['time limit 0', 0])
  })
})
