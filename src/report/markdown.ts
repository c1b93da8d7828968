/**
 * Text inside Markdown: shown as it is, whatever it contains.
 */

import { oneLine } from './inert.ts'

/** Escapes everything that Markdown or HTML would read; a `|` does not end a table's cell. */
export function markdownText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]#|~@$]/g, (c) => `\\${c}`)
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
