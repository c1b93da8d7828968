/**
 * Blocks of generated lines, and the names of variables in them.
 */

import { mayFail } from './code.ts'

let serial = 0

let tables: string[] = []

let formulas: string[] = []

/** Names of generated variables, tables and formulas belong to one emission. */
export function resetNames(): void {
  serial = 0
  tables = []
  formulas = []
}

/** The name of a function that returns a formula of its parameters; it stands before those of the kernel. */
export function formulaFunction(parameters: readonly string[], formula: string): string {
  const text = `(${parameters.join(', ')}) { return ${formula} }`
  const known = formulas.indexOf(text)
  return `formula${known < 0 ? formulas.push(text) - 1 : known}`
}

export function formulaLines(): readonly string[] {
  return formulas.map((text, i) => `function formula${i}${text}`)
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
