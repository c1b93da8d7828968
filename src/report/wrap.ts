/**
 * Breaks text, or a list, into lines of a width.
 */

import { columnsOf, fitting } from './columns.ts'

/** Columns of a line in a file, a mail, or a terminal that is as wide. */
export const usualWidth = 100

/** Every line but the first starts with `wantedIndent`, if that leaves room. A word that is too long for any line is cut. */
export function wrap(text: string, width: number, wantedIndent: string): readonly string[] {
  const indent = wantedIndent.length * 2 > width ? '' : wantedIndent
  if (columnsOf(text) <= width) return [text]
  const most = fitting(text, width).length
  const space = text.lastIndexOf(' ', most)
  const isWordTooLong = text.slice(0, Math.max(0, space)).trim() === '' || space <= indent.length
  const end = isWordTooLong ? most : space
  const rest = text.slice(end).trimStart()
  return rest === '' ? [text.slice(0, end)] : [text.slice(0, end), ...wrap(`${indent}${rest}`, width, indent)]
}

/** Text and a path: that one has a line of its own where both do not fit, and is never broken, because it is to be copied. */
export function withPath(text: string, path: string, width: number): readonly string[] {
  const line = `${text} ${path}`
  return columnsOf(line) <= width ? [line] : [...wrap(text, width, '    '), `    ${path}`]
}

/** A list with commas, broken between its items where that is possible. */
export function wrapList(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const [i, item] of items.entries()) {
    const text = i < items.length - 1 ? `${item},` : item
    const last = lines.at(-1)
    if (last !== undefined && columnsOf(last) + 1 + columnsOf(text) <= width)
      lines[lines.length - 1] = `${last} ${text}`
    else lines.push(...wrap(text, width, '  '))
  }
  return lines
}
