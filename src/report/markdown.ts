/**
 * Text inside Markdown: shown as it is, whatever it contains.
 */

import { columnsOf, padRight } from './columns.ts'
import { oneLine } from './inert.ts'

/** Escapes everything that Markdown or HTML would read; a `|` does not end a table's cell. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]#|~@$]/g, (c) => `\\${c}`)
}

/** The columns are aligned, for those who read the text. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, ...[head, ...rows].map((cells) => columnsOf(cells[i] ?? ''))))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => padRight(cell, widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
