/**
 * What was never taken is said, by whom, in the text and in a difference of two reports.
 */

import { beforeAll, describe, expect, it } from 'vitest'
import type { ModelResult } from '../../checker/result.ts'
import { action, model, oneOf, range, set, state, step, threads, until } from '../../src/language/index.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderDiff } from '../../src/report/render-diff.ts'
import { renderResult } from '../../src/report/render-text.ts'
import { reportOf } from '../../src/report/report.ts'
import { diffReports, isWorse } from '../../src/report/report-diff.ts'
import { buildModel, checkSpec } from '../support/build.ts'

/** Only those whose turn it is go through the gate; the turn never changes. */
const gate = (opensFor: 'p' | 'q', limit: number) =>
  model('gate', () => {
    const { turn, n } = state({ turn: oneOf(['p', 'q']).starts(opensFor), n: range(0, 3).starts(0) })
    const walker = threads(['p', 'q'], {}, (me) => [step('come'), until('pass', turn.is(me)), step('go')])
    return {
      threads: walker,
      actions: action('count', {}, () => ({ lane: 'clock', when: n.lt(limit), then: set(n, n.plus(1)) })),
      terminal: true,
    }
  })

let open: ModelResult
beforeAll(async () => {
  open = await checkSpec(gate('p', 0))
})

const plain = paintFor(false)
const diffOf = (before: ModelResult, after: ModelResult) =>
  diffReports(reportOf('gate.ts', 1, [before]), reportOf('gate.ts', 1, [after]))

describe('the text', () => {
  it('says that something is never taken', () => {
    expect(renderResult(open, { paint: plain }).split('\n').at(-1)).toBe(
      '  never taken: 1 of 4 actions and lines; --coverage lists them',
    )
  })

  it('lists what is never taken, and how often the rest is, by each thread', () => {
    expect(renderResult(open, { paint: plain, coverage: true }).split('\n').slice(3).join('\n')).toMatchInlineSnapshot(`
      "  coverage of 4 actions and lines
          never taken  count
          taken  new states  share
              6           5  71.4%  come [p 2, q 4]
              2           1  14.3%  pass [p 2, q never]
              2           1  14.3%  go [p 2, q never]"
    `)
  })

  it('counts an action without any instance, as of an empty list', async () => {
    const nobody = model('nobody', () => {
      const { n } = state({ n: range(0, 3).starts(0) })
      const to = (id: number): readonly number[] => (id < 0 ? [id] : [])
      const send = action('send', { to: to(0) }, ({ to }) => ({ then: set(n, to) }))
      return {
        actions: [send, action('count', {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) }))],
        terminal: true,
      }
    })
    const result = await checkSpec(nobody)

    expect(renderResult(result, { paint: plain, coverage: true })).toContain('    never taken  send\n')
    expect(describeModel(buildModel(nobody), result).actions.map(({ name }) => name)).toContain('send')
  })

  it('does not call never taken what an early stop may have kept from coming', () => {
    const cut: ModelResult = { ...open, complete: false, reason: 'depth limit' }

    expect(renderResult(cut, { paint: plain })).not.toContain('taken')
    expect(renderResult(cut, { paint: plain, coverage: true })).toContain('not yet taken  count')
  })
})

describe('where steps were fused', () => {
  const fused = (result: ModelResult): ModelResult => ({ ...result, reductions: ['local-steps'] })

  it('says so of what is not counted, and of each reduction once', () => {
    expect(renderResult(fused(open), { paint: plain, coverage: true })).toContain('fused, or never taken  count')
    expect(
      renderResult({ ...open, reductions: ['dead-variables', 'local-steps'] }, { paint: plain, width: 120 }),
    ).toContain('  reduced by dead-variables, local-steps: the figures count what was searched, not what the model has')
  })

  it('tells the page', () => {
    const word = (result: ModelResult) => describeModel(buildModel(gate('p', 0)), result).result?.untaken

    expect([word(open), word(fused(open)), word({ ...open, complete: false })]).toEqual([
      'never',
      'fused, or never',
      'not yet',
    ])
  })

  it('holds it against nobody', async () => {
    const shut = fused(await checkSpec(gate('q', 0)))
    const diff = diffOf(open, shut)

    expect(renderDiff(diff, plain)).toContain('    pass by p: taken -> fused, or never taken')
    expect(renderDiff(diff, plain)).toContain('reductions: none -> local-steps')
    expect(isWorse(diff)).toBe(false)
  })
})

describe('the difference of two reports', () => {
  it('tells lines apart from actions, and what one thread alone no longer takes', async () => {
    const diff = diffOf(open, await checkSpec(gate('q', 1)))

    expect(renderDiff(diff, plain)).toMatchInlineSnapshot(`
      "gate
        actions
        + count: never taken -> taken
        lines of routines
        - pass by p: taken -> never taken
        + pass by q: never taken -> taken
        - go by p: taken -> never taken
        + go by q: never taken -> taken
        search
          distinct states: 8 -> 16
          generated states: 11 -> 29
          levels: 5 -> 6"
    `)
    expect(isWorse(diff)).toBe(true)
  })

  it('compares with a report that has no figures of threads', () => {
    const [old] = reportOf('gate.ts', 1, [open]).models
    if (old === undefined) throw new Error('a model is missing')
    const actions = old.actions.map(({ name, generated, distinct }) => ({ name, generated, distinct }))
    const before = { ...reportOf('gate.ts', 1, []), models: [{ ...old, actions }] }

    expect(renderDiff(diffReports(before, reportOf('gate.ts', 1, [open])), plain)).toBe('nothing changed')
  })
})
