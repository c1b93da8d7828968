/**
 * Blocks of generated lines, and the names of variables in them.
 */

import { mayFail } from './code.ts'

let serial = 0

let tables: string[] = []

/** Names of generated variables, and tables, belong to one emission. */
export function resetNames(): void {
  serial = 0
  tables = []
}

/** The name of a table of 32-bit words, which stands before all functions of the kernel. */
export function constantTable(words: readonly number[]): string {
  const text = words.join(', ')
  const known = tables.indexOf(text)
  return `table${known < 0 ? tables.push(text) - 1 : known}`
}

export function tableLines(): readonly string[] {
  return tables.map((text, i) => `const table${i} = Int32Array.of(${text})`)
}

export function fresh(prefix: string): string {
  return `${prefix}${serial++}`
}

export function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`)
}

/** Lines that do something else if they raise a model error. */
export function guarded(lines: readonly string[], onError: readonly string[]): readonly string[] {
  if (!lines.some(mayFail)) return lines
  return ['try {', ...indent(lines), '} catch {', ...indent(onError), '}']
}
