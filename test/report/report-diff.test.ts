/**
 * What changed between two reports, and which way.
 */

import { beforeAll, expect, it } from 'vitest'
import { peterson, swapped } from '../../specs/peterson.ts'
import { paintFor } from '../../src/report/paint.ts'
import { diffMarkdown, renderDiff } from '../../src/report/render-diff.ts'
import { type Report, reportOf } from '../../src/report/report.ts'
import { diffReports, isEmpty, isWorse } from '../../src/report/report-diff.ts'
import { checkSpec } from '../support/build.ts'
import { hostileName } from '../support/traces.ts'

type ModelReport = Report['models'][number]
let good: ModelReport
let bad: ModelReport

beforeAll(async () => {
  const models = reportOf('specs/peterson.ts', 1, [await checkSpec(peterson), await checkSpec(swapped)]).models
  const [one, two] = models
  if (one === undefined || two === undefined) throw new Error('two models are expected')
  good = one
  bad = {
    ...two,
    name: one.name,
    properties: two.properties.map((p) => ({ ...p, asExpected: p.verdict !== 'violated' })),
  }
})

const reportWith = (...models: readonly ModelReport[]): Report => ({
  version: '0',
  spec: 'specs/x.ts',
  workers: 1,
  errors: [],
  models,
})
const diffText = (before: ModelReport, after: ModelReport): string =>
  renderDiff(diffReports(reportWith(before), reportWith(after)), paintFor(false))

it('says nothing about what did not change, whatever the clock and the machine say', () => {
  const diff = diffReports(reportWith(good), reportWith({ ...good, elapsedMs: 1e6, peakBytes: 1 }))

  expect(isEmpty(diff)).toBe(true)
  expect(isWorse(diff)).toBe(false)
})

it('marks a new violation as worse, and its repair as better', () => {
  expect(diffText(good, bad)).toMatchInlineSnapshot(`
    "peterson
      verdicts
      - mutual exclusion: holds -> violated in 6 steps, not as expected
      search
        distinct states: 26 -> 50
        generated states: 45 -> 95
        levels: 8 -> 10"
  `)
  expect(isWorse(diffReports(reportWith(good), reportWith(bad)))).toBe(true)
  expect(isWorse(diffReports(reportWith(bad), reportWith(good)))).toBe(false)
  const lines = renderDiff(diffReports(reportWith(good), reportWith(bad)), paintFor(false), 60).split('\n')
  expect([lines.length, lines.filter((line) => line.length > 60)]).toEqual([8, []])
  expect(diffText(bad, good)).toContain('  + mutual exclusion: violated in 6 steps, not as expected -> holds')
})

it('tells what is newly left out, and what no longer is, though it changes no figure', () => {
  const assuming = (name: string): ModelReport => ({ ...good, assumptions: [{ name, limit: 1, held: 0 }] })

  expect(diffText(assuming('IRQ, at most 2 at once'), assuming('IRQ, at most 1 at once'))).toMatchInlineSnapshot(`
    "peterson
      search
        IRQ, at most 2 at once: assumed -> not assumed
        IRQ, at most 1 at once: not assumed -> assumed"
  `)
})

it('marks an action that went dead, a property that nobody judges, and a model that is gone', () => {
  const dead = { ...good, actions: good.actions.map((a) => (a.name === 'critical' ? { ...a, generated: 0 } : a)) }
  expect(diffText(good, dead)).toContain('  - critical: taken -> never taken')
  expect(diffText(dead, good)).toContain('  + critical: never taken -> taken')

  const silent = { ...good, properties: good.properties.filter(({ name }) => name !== 'p0 gets in') }
  expect(diffText(good, silent)).toContain('  - p0 gets in: holds -> not claimed')

  const gone = diffReports(reportWith(good), reportWith())
  expect([isWorse(gone), renderDiff(gone, paintFor(false))]).toEqual([true, 'peterson is gone'])
})

it('tells measures and sizes, which are neither better nor worse', () => {
  const measured = (max: number): ModelReport => ({
    ...good,
    properties: good.properties.map((p) => ({ ...p, measure: { min: 0, max, histogram: {} } })),
  })
  const diff = diffReports(reportWith(measured(1)), reportWith(measured(2)))

  expect(renderDiff(diff, paintFor(false))).toContain('    mutual exclusion: 0 … 1 -> 0 … 2')
  expect(isWorse(diff)).toBe(false)
})

it('tells a search that was cut off', () => {
  const cut = { ...good, complete: false, reason: 'time limit' }
  expect(diffText(good, cut)).toContain('  - search: complete -> time limit')
})

it('keeps hostile names inert', () => {
  const evil = (model: ModelReport): ModelReport => ({
    ...model,
    name: hostileName,
    properties: model.properties.map((p) => ({ ...p, name: `${p.name}${hostileName}` })),
  })
  const diff = diffReports(reportWith(evil(good)), reportWith(evil(bad)))

  const text = renderDiff(diff, paintFor(false))
  const markdown = diffMarkdown(diff)

  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the claim.
  expect(text + markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(markdown).not.toContain('<')
  for (const line of markdown.split('\n').filter((one) => one.startsWith('|'))) {
    expect(line.replaceAll(/\\./g, '').split('|').length).toBe(6)
  }
})
