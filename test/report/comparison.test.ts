/**
 * Designs side by side: which rows differ, what a table of many designs looks like, and hostile names.
 */

import { expect, it } from 'vitest'
import { peterson, swapped } from '../../specs/peterson.ts'
import { torn } from '../../specs/ticket-lock.ts'
import { comparisonOf } from '../../src/report/comparison.ts'
import { comparisonMarkdown } from '../../src/report/comparison-markdown.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderComparison } from '../../src/report/render-comparison.ts'
import { type Report, reportOf } from '../../src/report/report.ts'
import { checkSpec } from '../support/build.ts'
import { hostileName } from '../support/traces.ts'

const plain = paintFor(false)
const fileOf = (model: string, property: string): string =>
  `counterexamples/${model}.${property.replaceAll(' ', '-')}.json`

const report = checkLocks()

async function checkLocks(): Promise<Report> {
  const results = [await checkSpec(peterson), await checkSpec(swapped), await checkSpec(torn)]
  return reportOf('specs/locks.ts', 1, results, fileOf)
}

function copies(model: Report['models'][number], count: number, name = 'design'): Report {
  const models = Array.from({ length: count }, (_, i) => ({ ...model, name: `${name} ${i + 1}` }))
  return { version: '0', spec: 'specs/many.ts', workers: 1, errors: [], models }
}

it('sets what differs apart from what does not, and names the counterexamples', async () => {
  const text = renderComparison(comparisonOf([await report]), plain)

  expect(text).toMatchInlineSnapshot(`
    "peterson  specs/locks.ts, 26 states
    peterson-swapped  specs/locks.ts, 50 states
    ticket-lock-torn processes=3  specs/locks.ts, 13,345 states

                              peterson  peterson-swapped  ticket-lock-torn
    mutual exclusion                ok                ✗6                ✗6
    p0 gets in                      ok                ok               ✗19
    p1 gets in                      ok                ok               ✗19
    deadlock                        ok                ok               ✗16

    violated in every design that claims it:
      p2 gets in  (ticket-lock-torn only)

    ok holds or reached · ✗n violated in n steps

    counterexamples:
    mutual exclusion
      peterson-swapped  counterexamples/peterson-swapped.mutual-exclusion.json
      ticket-lock-torn  counterexamples/ticket-lock-torn.mutual-exclusion.json
    p0 gets in
      ticket-lock-torn  counterexamples/ticket-lock-torn.p0-gets-in.json
    p1 gets in
      ticket-lock-torn  counterexamples/ticket-lock-torn.p1-gets-in.json
    deadlock
      ticket-lock-torn  counterexamples/ticket-lock-torn.deadlock.json
    p2 gets in
      ticket-lock-torn  counterexamples/ticket-lock-torn.p2-gets-in.json"
  `)
})

it('writes the same as Markdown', async () => {
  expect(comparisonMarkdown(comparisonOf([await report]))).toMatchInlineSnapshot(`
    "|        | peterson | peterson-swapped | ticket-lock-torn |
    | ------ | -------- | ---------------- | ---------------- |
    | states | 26       | 50               | 13,345           |

    **Where the designs differ**

    |                  | peterson | peterson-swapped            | ticket-lock-torn             |
    | ---------------- | -------- | --------------------------- | ---------------------------- |
    | mutual exclusion | holds    | **violated** in 6 steps [1] | **violated** in 6 steps [2]  |
    | p0 gets in       | holds    | holds                       | **violated** in 19 steps [3] |
    | p1 gets in       | holds    | holds                       | **violated** in 19 steps [4] |
    | deadlock         | holds    | holds                       | **violated** in 16 steps [5] |

    **The same in every design**

    |            | peterson | peterson-swapped | ticket-lock-torn         |
    | ---------- | -------- | ---------------- | ------------------------ |
    | p2 gets in |          |                  | violated in 19 steps [6] |

    **Counterexamples**

    1. counterexamples/peterson-swapped.mutual-exclusion.json
    2. counterexamples/ticket-lock-torn.mutual-exclusion.json
    3. counterexamples/ticket-lock-torn.p0-gets-in.json
    4. counterexamples/ticket-lock-torn.p1-gets-in.json
    5. counterexamples/ticket-lock-torn.deadlock.json
    6. counterexamples/ticket-lock-torn.p2-gets-in.json"
  `)
})

it('tells a property apart whose measure differs', async () => {
  const [one, two] = (await report).models
  if (one === undefined || two === undefined) throw new Error('two models are expected')
  const measured = (max: number): Report['models'][number]['properties'][number] => ({
    name: 'writes',
    kind: 'measure',
    verdict: 'measured',
    asExpected: true,
    trace: null,
    measure: { min: 0, max, histogram: {} },
    reason: [],
    warnings: [],
  })
  const models = [
    { ...one, properties: [measured(1)] },
    { ...two, properties: [measured(2)] },
  ]

  const [row] = comparisonOf([{ version: '0', spec: '', workers: 1, errors: [], models }]).rows

  expect(row).toMatchObject({ differs: true, cells: [{ measure: { max: 1 } }, { measure: { max: 2 } }] })
})

const widths = [60, 80, 100]

it.each([2, 5, 20, 40])(
  'keeps a table of %i designs within the columns there are, each design in it',
  async (count) => {
    const [good, bad] = (await report).models
    if (good === undefined || bad === undefined) throw new Error('two models are expected')
    const comparison = comparisonOf([copies(good, count - 1), copies(bad, 1, 'broken')])

    for (const width of widths) {
      const text = renderComparison(comparison, plain, width)
      const table = text.slice(0, text.indexOf('in every design'))
      expect(table.split('\n').filter((line) => line.length > width)).toEqual([])
      expect(table.match(/\bok\b/g)?.length).toBe(count - 1)
      expect(table.match(/✗6/g)?.length).toBe(1)
    }
  },
)

it('says which designs have the same states, and shows no table where none differ', async () => {
  const [good] = (await report).models
  if (good === undefined) throw new Error('a model is expected')
  const other = { ...copies(good, 1, 'other'), models: [{ ...good, name: 'other', digest: 'of other states' }] }
  const comparison = comparisonOf([copies(good, 2), other])

  const text = renderComparison(comparison, plain)

  expect(text).toContain('the same states, by their digest: design 1, design 2\n')
  expect(text.match(/design 2/g)?.length).toBe(2)
  expect(comparisonMarkdown(comparison)).toContain('The same states, by their digest: design 1, design 2.')
})

it('says 1 state and 1 step', async () => {
  const [good, bad] = (await report).models
  if (good === undefined || bad === undefined) throw new Error('two models are expected')
  const properties = bad.properties.map((property) =>
    property.trace === null ? property : { ...property, trace: { ...property.trace, stem: 1, loop: 0 } },
  )
  const small = { ...bad, states: { ...bad.states, distinct: 1 }, properties }
  const comparison = comparisonOf([copies(good, 1), copies(small, 1, 'small')])

  expect(renderComparison(comparison, plain)).toContain('small 1  specs/many.ts, 1 state\n')
  expect(comparisonMarkdown(comparison)).toContain('**violated** in 1 step')
  expect(comparisonMarkdown(comparison)).not.toContain('1 steps')
})

it('tells what was not expected also of an answer that is the same everywhere', async () => {
  const [good] = (await report).models
  if (good === undefined) throw new Error('a model is expected')
  const wanted = good.properties.map((property) => ({ ...property, asExpected: false }))
  const text = renderComparison(
    comparisonOf([copies(good, 1), copies({ ...good, properties: wanted }, 1, 'wrong')]),
    plain,
  )

  expect(text).toContain('mutual exclusion  ! not as expected: wrong 1\n')
})

it('leaves out of each of several tables what none of its designs claims', async () => {
  const [good, bad] = (await report).models
  if (good === undefined || bad === undefined) throw new Error('two models are expected')
  const own = (model: typeof good, name: string): typeof good => ({
    ...model,
    properties: model.properties.slice(0, 1).map((property) => ({ ...property, name })),
  })
  const comparison = comparisonOf([
    copies(own(good, 'first'), 40),
    copies(own(bad, 'first'), 1, 'a'),
    copies(own(good, 'second'), 40, 'b'),
    copies(own(bad, 'second'), 1, 'c'),
  ])

  const [, ...tables] = renderComparison(comparison, plain).split(/\n {10,}(?=\d)/)

  const namesOf = (table: string | undefined): readonly string[] => table?.match(/^(first|second)\b/gm) ?? []
  expect(namesOf(tables[0])).toEqual(['first'])
  expect(namesOf(tables[1])).toEqual(['first', 'second'])
  expect(namesOf(tables[2])).toEqual(['second'])
})

it('keeps hostile names inert', async () => {
  const [model] = (await report).models
  if (model === undefined) throw new Error('a model is expected')
  const properties = model.properties.map((property) => ({ ...property, name: `${property.name} ${hostileName}` }))
  const other = properties.map((property) => ({ ...property, verdict: 'violated' as const }))
  const hostile = comparisonOf([
    { ...copies({ ...model, properties }, 1, hostileName), spec: hostileName },
    copies({ ...model, properties: other }, 1, hostileName),
  ])

  const text = renderComparison(hostile, plain)
  const markdown = comparisonMarkdown(hostile)

  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the claim.
  expect(text + markdown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
  expect(markdown).not.toMatch(/</)
  for (const line of markdown.split('\n').filter((one) => one.startsWith('|'))) {
    expect(line.replaceAll(/\\./g, '').split('|').length).toBe(5)
  }
})
