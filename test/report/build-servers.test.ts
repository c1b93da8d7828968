/**
 * What build servers read: JUnit against a schema, SARIF against its own, GitHub's commands by their grammar; hostile names too.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Ajv from 'ajv'
import { expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { type Problem, problem } from '../../src/model/problem.ts'
import { annotationsOf, summaryOf } from '../../src/report/github.ts'
import { toJUnit } from '../../src/report/junit.ts'
import type { Findings, Outcome } from '../../src/report/outcome.ts'
import { paintFor } from '../../src/report/paint.ts'
import { renderResult } from '../../src/report/render-text.ts'
import { errorReport, reportOf } from '../../src/report/report.ts'
import { toSarif } from '../../src/report/sarif.ts'
import { hostile, outcomeOf } from '../support/outcomes.ts'
import { hostileName } from '../support/traces.ts'

const require = createRequire(import.meta.url)
const hostileProblem = problem('MC403', hostileName, hostileName, { file: hostileName, line: 0 })

const found = (all: readonly Outcome[], problems: readonly Problem[] = []): Findings => ({
  outcomes: all,
  problems,
  interrupted: null,
})

/** Violated and not expected; violated as expected; holds; cut off. */
const outcomes = findOutcomes()

async function findOutcomes(): Promise<readonly Outcome[]> {
  const unexpected = await outcomeOf('specs/peterson.ts', 'peterson-swapped')
  const properties = unexpected.result.properties.map((one) => ({ ...one, asExpected: one.verdict !== 'violated' }))
  return [
    { ...unexpected, result: { ...unexpected.result, properties } },
    await outcomeOf('specs/ticket-lock.ts', 'ticket-lock-torn'),
    await outcomeOf('specs/peterson.ts', 'peterson', { maxDepth: 3 }),
  ]
}

async function xmlProblems(xml: string): Promise<readonly string[]> {
  const found = await validateXML({ xml, schema: readFileSync('test/report/junit.xsd', 'utf8') })
  return found.errors.map(({ message }) => message)
}

const ajv = new Ajv({ schemaId: 'auto', meta: false })
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'))
const sarifSchema = ajv.compile(require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))

function sarifProblems(log: unknown): unknown {
  return sarifSchema(JSON.parse(JSON.stringify(log))) === true ? [] : sarifSchema.errors
}

it('writes JUnit that fits its schema and counts what failed', async () => {
  const xml = toJUnit('specs/peterson.ts', found(await outcomes))

  expect(await xmlProblems(xml)).toEqual([])
  expect(xml).toContain('<testsuites name="modelcheck" tests="13" failures="1" errors="4"')
  expect(xml).toContain('<failure message="mutual exclusion is violated by a run of 6 steps" type="failure">')
  expect(xml).toContain('<error message="p0 gets in is inconclusive: depth limit" type="error">')
  expect(xml).toContain('<system-out>mutual exclusion is violated by a run of 6 steps, as expected</system-out>')
})

it('names in a failure the file that its run is saved as, and why something stayed open beside a model error', async () => {
  const [first] = await outcomes
  if (first === undefined) throw new Error('no outcome')
  const { result } = first
  const savedAs = (file: string | null): string =>
    toJUnit('a.ts', found([{ ...first, counterexamples: first.counterexamples.map((one) => ({ ...one, file })) }]))
  const open = result.properties.map((one) => ({ ...one, verdict: 'inconclusive' as const }))
  const afterError = toJUnit('a.ts', found([{ ...first, result: { ...result, properties: open } }]))
  const runless = toJUnit('a.ts', found([{ ...first, counterexamples: [] }]))

  expect(savedAs('runs/a & b.json')).toContain('\n\nsaved as runs/a &amp; b.json</failure>')
  expect(savedAs(null)).not.toContain('saved as')
  expect(runless).toContain(
    '<failure message="mutual exclusion is violated by a run of 6 steps" type="failure"></failure>',
  )
  expect(afterError).toContain('mutual exclusion is inconclusive: a model error was found')
})

it('tells the schema of JUnit from a file that does not fit it', async () => {
  const xml = toJUnit('specs/peterson.ts', found(await outcomes))

  expect(await xmlProblems(xml.replace('tests="13"', 'tests="many"'))).not.toEqual([])
})

it('writes SARIF that fits its schema, each result at its place in the spec', async () => {
  const log = toSarif(
    found(await outcomes, [problem('MC401', 'm', 'h'), problem('MC403', 'm', 'h', { file: 'a b.ts', line: 7 })]),
  )

  expect(sarifProblems(log)).toEqual([])
  const results = JSON.parse(JSON.stringify(log)).runs[0].results
  const place = results[0].locations[0].physicalLocation
  expect(place.artifactLocation.uri).toMatch(/^specs\/peterson\.ts$/)
  const line = readFileSync('specs/peterson.ts', 'utf8').split('\n')[place.region.startLine - 1]
  expect(line).toContain("'mutual exclusion'")
  expect(results[0].codeFlows[0].threadFlows[0].locations).toHaveLength(7)
  expect(results.map((one: { readonly level: string }) => one.level)).toEqual([
    'error',
    ...Array.from({ length: 5 }, () => 'note'),
    ...Array.from({ length: 4 }, () => 'warning'),
    'error',
    'error',
  ])
  expect(results.at(-1).locations[0].physicalLocation.artifactLocation.uri).toBe('a%20b.ts')
})

it('tells the schema of SARIF from a log that does not fit it', async () => {
  const log = JSON.parse(JSON.stringify(toSarif(found(await outcomes))))
  log.runs[0].results[0].level = 'fatal'

  expect(sarifProblems(log)).not.toEqual([])
})

it('annotates on GitHub what is not as expected, one command a line', async () => {
  expect(annotationsOf(found(await outcomes))).toEqual([
    "::error file=specs/peterson.ts,line=42,title=peterson-swapped::mutual exclusion is violated by a run of 6 steps%0Ap0 is at 'critical', since step 6%0Ap1 is at 'critical', since step 4",
    ...['mutual exclusion', 'p0 gets in', 'p1 gets in'].map((name, i) =>
      expect.stringMatching(
        new RegExp(`^::warning file=specs/peterson.ts,line=${42 + i},title=peterson::${name} is inconclusive$`),
      ),
    ),
    expect.stringMatching(/^::warning file=specs\/peterson.ts,line=49,title=peterson::deadlock is inconclusive$/),
  ])
})

it('sums the run up in Markdown with the trace of what is not as expected', async () => {
  const all = await outcomes
  const report = reportOf(
    'specs/peterson.ts',
    1,
    all.map(({ result }) => result),
  )

  const summary = summaryOf(report, found(all))

  expect(summary).toContain('## modelcheck specs/peterson.ts')
  expect(summary).toMatch(/\| mutual exclusion \| \*\*violated\*\* in 6 steps \(not as expected\) \|/)
  expect(summary.match(/```/g)).toHaveLength(2)

  const alone = summaryOf({ ...report, models: report.models.slice(0, 1) }, found([]))
  expect(alone).toContain('**Verdicts**')
  expect(alone).not.toContain('design')
})

it('keeps hostile names inert in every format', async () => {
  const all = (await outcomes).map(hostile)
  const results = all.map(({ result }) => result)
  const report = { ...reportOf(hostileName, 1, results), errors: [errorReport(hostileProblem)] }

  expect(await xmlProblems(toJUnit(hostileName, found(all, [hostileProblem])))).toEqual([])
  expect(sarifProblems(toSarif(found(all, [hostileProblem])))).toEqual([])
  for (const line of annotationsOf(found(all, [hostileProblem]))) {
    expect(line).toMatch(/^::(error|warning) (file=[^:,\r\n]*,line=\d+,)?title=[^:,\r\n]*::[^\r\n]*$/)
  }
  for (const { result } of all) {
    const text = renderResult(result, { paint: paintFor(false) })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the claim.
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  }
  const outsideCode = summaryOf(report, found(all)).replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, '')
  expect(outsideCode).not.toMatch(/<(?!br>)/)
  expect(outsideCode).not.toContain('alert(1)</script>')
})

it('tells every build server of an interruption before anything was known', async () => {
  const interrupted: Findings = { outcomes: [], problems: [], interrupted: 'interrupted while a.ts was loaded' }
  const xml = toJUnit('a.ts', interrupted)
  const log = toSarif(interrupted)

  expect(await xmlProblems(xml)).toEqual([])
  expect(xml).toContain('<testsuites name="modelcheck" tests="1" failures="0" errors="1"')
  expect(sarifProblems(log)).toEqual([])
  expect(log).toMatchObject({ runs: [{ results: [], invocations: [{ executionSuccessful: false }] }] })
  expect(annotationsOf(interrupted)).toEqual(['::warning title=modelcheck::interrupted while a.ts was loaded'])
  expect(summaryOf(reportOf('a.ts', 1, []), interrupted)).toContain('interrupted while a.ts was loaded')
})
