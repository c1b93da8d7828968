/**
 * A comparison as Markdown, for a pull request, a mail or a commit message: the tables are to be read as they stand, too. A violation
 * names its counterexample by a number; the list of them comes last.
 */

import { alikeDesigns, type Cell, type Comparison, spanOf } from './comparison.ts'
import { counted, grouped } from './grouped.ts'
import { markdownTable, markdownText } from './markdown.ts'

export function comparisonMarkdown(comparison: Comparison): string {
  const { designs, rows } = comparison
  const isUnique = new Set(designs.map((design) => design.model)).size === designs.length
  const head = ['', ...designs.map(({ model, spec }) => markdownText(isUnique ? model : `${model} of ${spec}`))]
  const states = ['states', ...designs.map((design) => grouped(design.states))]
  const ordered = [...rows.filter((row) => row.differs), ...rows.filter((row) => !row.differs)]
  const files = [...new Set(ordered.flatMap((row) => row.cells.flatMap((cell) => cell?.file ?? [])))]
  const body = (differs: boolean): readonly (readonly string[])[] =>
    rows
      .filter((row) => row.differs === differs)
      .map((row) => [markdownText(row.property), ...row.cells.map((cell) => cellText(cell, differs, files))])
  const [differing, alike] = [body(true), body(false)]
  const part = (title: string, table: readonly (readonly string[])[]): readonly string[] =>
    table.length === 0 ? [] : ['', `**${title}**`, '', markdownTable(head, table)]
  return [
    markdownTable(head, [states]),
    ...alikeDesigns(comparison).flatMap((group) => [
      '',
      `The same states, by their digest: ${group.map((i) => head[i + 1]).join(', ')}.`,
    ]),
    ...part('Where the designs differ', differing),
    ...part(designs.length === 1 ? 'Verdicts' : 'The same in every design', alike),
    ...(files.length === 0 ? [] : ['', '**Counterexamples**', '']),
    ...files.map((file, i) => `${i + 1}. ${markdownText(file)}`),
  ].join('\n')
}

/** Violations stand out where designs differ. */
function cellText(cell: Cell | null, isEmphatic: boolean, files: readonly string[]): string {
  if (cell === null) return ''
  const text = cell.measure === null ? cell.verdict : spanOf(cell.measure, ' … ')
  const steps = cell.steps === null || cell.verdict !== 'violated' ? '' : ` in ${counted(cell.steps, 'step')}`
  const isBad = cell.verdict === 'violated' || cell.verdict === 'unreachable'
  const shown = isBad && isEmphatic ? `**${text}**${steps}` : `${text}${steps}`
  const mark = cell.asExpected || cell.verdict === 'inconclusive' ? '' : ' (not as expected)'
  return `${shown}${mark}${cell.file === null ? '' : ` [${files.indexOf(cell.file) + 1}]`}`
}
