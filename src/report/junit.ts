/**
 * JUnit XML: a suite for each model, a test for each property. What is as expected passes; what is not fails with its trace;
 * what stayed open is an error, so that nobody takes it for a success.
 */

import type { PropertyResult } from '../../checker/result.ts'
import type { Problem } from '../model/problem.ts'
import { oneLine } from './inert.ts'
import { counterexampleOf, type Findings, type Outcome, sentenceOf } from './outcome.ts'
import { paintFor } from './paint.ts'
import { renderTrace } from './render-trace.ts'

interface Suite {
  readonly name: string
  readonly seconds: number
  readonly cases: readonly Case[]
}

interface Case {
  readonly name: string
  readonly className: string
  readonly bad: { readonly element: 'failure' | 'error'; readonly message: string; readonly text: string } | null
  readonly output: string
}

export function toJUnit(spec: string, { outcomes, problems, interrupted }: Findings): string {
  const unchecked = [...problems.map(problemCase), ...(interrupted === null ? [] : [interruptedCase(interrupted)])]
  const suites = [
    ...outcomes.map(suiteOf),
    ...(unchecked.length === 0
      ? []
      : [{ name: spec, seconds: 0, cases: unchecked.map((one) => ({ ...one, className: spec })) }]),
  ]
  const all = suites.flatMap((suite) => suite.cases)
  const seconds = suites.reduce((sum, suite) => sum + suite.seconds, 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="modelcheck" ${countsText(all, seconds)}>`,
    ...suites.map(suiteText),
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteOf(outcome: Outcome): Suite {
  const { spec, model, result } = outcome
  const className = `${spec} ${model.name}`
  const cases = result.properties.map((property) => ({
    name: property.name,
    className,
    bad: badOf(outcome, property),
    output: sentenceOf(property),
  }))
  return { name: className, seconds: result.elapsedMs / 1000, cases }
}

function badOf(outcome: Outcome, property: PropertyResult): Case['bad'] {
  if (property.verdict === 'inconclusive') {
    const message = `${sentenceOf(property)}: ${outcome.result.reason ?? 'a model error was found'}`
    return { element: 'error', message, text: '' }
  }
  if (property.asExpected) return null
  const found = counterexampleOf(outcome, property)
  const text = found === null ? '' : renderTrace(found.trace, { full: false, paint: paintFor(false), step: null })
  const file = found === null || found.file === null ? '' : `\n\nsaved as ${oneLine(found.file)}`
  return { element: 'failure', message: sentenceOf(property), text: `${text}${file}` }
}

function problemCase({ code, message, hint, source }: Problem): Omit<Case, 'className'> {
  const place = source === null ? '' : `${source.file}:${source.line}: `
  return { name: code, bad: { element: 'error', message: `${place}${message}`, text: hint }, output: '' }
}

function interruptedCase(message: string): Omit<Case, 'className'> {
  return { name: 'loading', bad: { element: 'error', message, text: '' }, output: '' }
}

function countsText(cases: readonly Case[], seconds: number): string {
  const count = (element: 'failure' | 'error'): number => cases.filter((one) => one.bad?.element === element).length
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" time="${seconds.toFixed(3)}"`
}

function suiteText({ name, seconds, cases }: Suite): string {
  const tests = cases.map(({ name: test, className, bad, output }) => {
    const inner =
      bad === null
        ? `      <system-out>${xmlText(output)}</system-out>`
        : `      <${bad.element} message="${xmlText(oneLine(bad.message))}" type="${bad.element}">${xmlText(bad.text)}</${bad.element}>`
    return `    <testcase name="${xmlText(oneLine(test))}" classname="${xmlText(oneLine(className))}">\n${inner}\n    </testcase>`
  })
  const head = `  <testsuite name="${xmlText(oneLine(name))}" ${countsText(cases, seconds)}>`
  return [head, ...tests, '  </testsuite>'].join('\n')
}

/** XML cannot hold most control characters, not even escaped; lone surrogates neither. */
function xmlText(text: string): string {
  return text
    .split('\n')
    .map(oneLine)
    .join('\n')
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
