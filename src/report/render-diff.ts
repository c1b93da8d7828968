/**
 * A difference of two reports, for a terminal and as Markdown for a pull request.
 */

import { oneLine } from './inert.ts'
import { markdownTable, markdownText } from './markdown.ts'
import type { Paint } from './paint.ts'
import { type Change, isEmpty, type ModelDiff, type ReportDiff } from './report-diff.ts'
import { usualWidth, wrap } from './wrap.ts'

const nothing = 'nothing changed'

const parts = (diff: ModelDiff): readonly (readonly [string, readonly Change[]])[] => [
  ['verdicts', diff.verdicts],
  ['measures', diff.measures],
  ['actions', diff.actions],
  ['lines of routines', diff.steps],
  ['search', diff.sizes],
]

export function renderDiff(diff: ReportDiff, paint: Paint, width: number = usualWidth): string {
  if (isEmpty(diff)) return paint.dim(nothing)
  const models = diff.models.flatMap((model) => [
    paint.bold(headOf(model)),
    ...parts(model).flatMap(([title, changes]) =>
      changes.length === 0
        ? []
        : [paint.dim(`  ${title}`), ...changes.flatMap((change) => changeLines(change, paint, width))],
    ),
  ])
  return [...diff.errors.flatMap((change) => changeLines(change, paint, width)), ...models].join('\n')
}

function headOf({ model, isNew, isGone }: ModelDiff): string {
  return `${oneLine(model)}${isNew ? ' is new' : ''}${isGone ? ' is gone' : ''}`
}

const marks = { worse: '-', better: '+', neutral: ' ' } as const

function changeLines({ what, before, after, weight }: Change, paint: Paint, width: number): readonly string[] {
  const colour = weight === 'worse' ? paint.red : weight === 'better' ? paint.green : (text: string): string => text
  const text = `  ${marks[weight]} ${oneLine(what)}: ${oneLine(before)} -> ${oneLine(after)}`
  return wrap(text, width, '      ').map((line) => colour(line))
}

export function diffMarkdown(diff: ReportDiff): string {
  if (isEmpty(diff)) return `modelcheck: ${nothing}`
  const errors = diff.errors.map(({ before, after }) => `errors: ${markdownText(before)} → ${markdownText(after)}`)
  const models = diff.models.flatMap((model) => {
    const rows = parts(model).flatMap(([, changes]) => changes.map(markdownRow))
    const table = rows.length === 0 ? [] : ['', markdownTable(['', '', 'before', 'after'], rows)]
    return ['', `**${markdownText(headOf(model))}**`, ...table]
  })
  return [...errors, ...models].join('\n').trimStart()
}

function markdownRow({ what, before, after, weight }: Change): readonly string[] {
  const mark = weight === 'neutral' ? '' : `**${weight}**`
  return [mark, markdownText(what), markdownText(before), markdownText(after)]
}
