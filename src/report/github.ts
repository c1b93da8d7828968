/**
 * GitHub Actions: annotations at the places of the spec, and a summary of the run in Markdown.
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
 */

import type { Source } from '../model/ir.ts'
import { comparisonOf } from './comparison.ts'
import { comparisonMarkdown } from './comparison-markdown.ts'
import { markdownText } from './markdown.ts'
import { counterexampleOf, type Findings, placeOf, sentenceOf } from './outcome.ts'
import { paintFor } from './paint.ts'
import { renderTrace } from './render-trace.ts'
import type { Report } from './report.ts'

/** Workflow commands, one a line: an error for what is not as expected, a warning for what stayed open. */
export function annotationsOf({ outcomes, problems, interrupted }: Findings): readonly string[] {
  const verdicts = outcomes.flatMap((outcome) =>
    outcome.result.properties
      .filter((property) => !property.asExpected)
      .map((property) => {
        const level = property.verdict === 'inconclusive' ? 'warning' : 'error'
        const text = [sentenceOf(property), ...property.reason].join('\n')
        return annotation(level, placeOf(outcome, property), outcome.model.name, text)
      }),
  )
  return [
    ...verdicts,
    ...problems.map(({ code, message, hint, source }) => annotation('error', source, code, `${message}\n${hint}`)),
    ...(interrupted === null ? [] : [annotation('warning', null, 'modelcheck', interrupted)]),
  ]
}

function annotation(level: 'error' | 'warning', source: Source | null, title: string, text: string): string {
  const place = source === null || source.file === '' ? [] : [`file=${value(source.file)}`, `line=${source.line}`]
  return `::${level} ${[...place, `title=${value(title)}`].join(',')}::${data(text)}`
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const value = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Verdicts side by side, then the run behind each that is not as expected. */
export function summaryOf(report: Report, { outcomes, interrupted }: Findings): string {
  const traces = outcomes.flatMap((outcome) =>
    outcome.result.properties.flatMap((property) => {
      const found = property.asExpected ? null : counterexampleOf(outcome, property)
      if (found === null) return []
      const text = renderTrace(found.trace, { full: false, paint: paintFor(false), step: null })
      return ['', `**${markdownText(`${outcome.model.name}: ${sentenceOf(property)}`)}**`, '', fenced(text)]
    }),
  )
  const errors = report.errors.map(({ code, message }) => `- ${code}: ${markdownText(message)}`)
  const stop = interrupted === null ? [] : [markdownText(interrupted)]
  const table = report.models.length === 0 ? [] : [comparisonMarkdown(comparisonOf([report]))]
  return [`## modelcheck ${markdownText(report.spec)}`, '', ...errors, ...stop, ...table, ...traces, ''].join('\n')
}

/** A code block that the text cannot end. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, text, fence].join('\n')
}
