/**
 * Coverage as text: how often each action and each line of a routine was taken, by which threads, and how much of the state space is
 * new to it. What is never taken comes first: a line that is not reached is the first sign of a model that says nothing.
 */

import type { ActionResult, ModelResult } from '../../checker/result.ts'
import { grouped } from './grouped.ts'
import { oneLine } from './inert.ts'
import type { Paint } from './paint.ts'
import { hasFused, untakenWord } from './untaken.ts'
import { wrap } from './wrap.ts'

/** One line, or none when everything is taken; silent where the search stopped early, for it may have come yet, and where steps were fused. */
export function renderNeverTaken(result: ModelResult, paint: Paint): readonly string[] {
  const never = result.actions.filter(({ generated }) => generated === 0).length
  if (never === 0 || !result.complete || hasFused(result)) return []
  return [paint.dim(`  never taken: ${never} of ${counted(result)}; --coverage lists them`)]
}

export function renderCoverage(result: ModelResult, paint: Paint, lineWidth: number): readonly string[] {
  const { actions } = result
  const never = actions.filter(({ generated }) => generated === 0)
  const taken = actions.filter(({ generated }) => generated > 0)
  const rows = taken.map((action) => [grouped(action.generated), grouped(action.distinct), shareText(action, result)])
  const heads = ['taken', 'new states', 'share']
  const widths = heads.map((head, i) => Math.max(head.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const cells = (row: readonly string[]): string => row.map((text, i) => text.padStart(widths[i] ?? 0)).join('  ')
  const indent = 4 + widths.reduce((sum, width) => sum + width + 2, 0)
  return [
    `  coverage of ${counted(result)}`,
    ...never.flatMap((action) =>
      named(action.name, `${untakenWord(result)} taken  `, lineWidth - 4).map((line) => paint.yellow(`    ${line}`)),
    ),
    paint.dim(`    ${cells(heads)}`),
    ...taken.flatMap((action, i) => {
      const [first = '', ...rest] = wrap(`${oneLine(action.name)}${threadsText(action)}`, lineWidth - indent, '  ')
      return [`    ${cells(rows[i] ?? [])}  ${first}`, ...rest.map((line) => `${' '.repeat(indent)}${line}`)]
    }),
  ]
}

const counted = ({ actions }: ModelResult): string =>
  `${actions.length} ${actions.some(({ kind }) => kind === 'step') ? 'actions and lines' : 'actions'}`

const named = (name: string, head: string, width: number): readonly string[] =>
  wrap(`${head}${oneLine(name)}`, width, ' '.repeat(head.length))

/** Of all states but the initial ones. */
function shareText({ distinct }: ActionResult, { states }: ModelResult): string {
  const all = states.distinct - states.initial
  return all === 0 ? '' : `${((100 * distinct) / all).toFixed(1)}%`
}

/** Nothing where only one thread could have taken it. */
function threadsText({ threads }: ActionResult): string {
  if (threads.length < 2) return ''
  const parts = threads.map(
    ({ name, generated }) => `${oneLine(name)} ${generated === 0 ? 'never' : grouped(generated)}`,
  )
  return ` [${parts.join(', ')}]`
}
