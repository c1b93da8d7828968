/**
 * Blocks of generated lines, and the names of variables in them.
 */

import { mayFail } from './code.ts'

let serial = 0

let tables: string[] = []

let formulas: string[] = []

/** How many of each are declared. */
let declared = { tables: 0, formulas: 0 }

/** Names of generated variables, tables and formulas belong to one emission. */
export function resetNames(): void {
  serial = 0
  tables = []
  formulas = []
  declared = { tables: 0, formulas: 0 }
}

/** The name of a function that returns a formula of its parameters; it stands before whatever calls it. */
export function formulaFunction(parameters: readonly string[], formula: string): string {
  const text = `(${parameters.join(', ')}) { return ${formula} }`
  const known = formulas.indexOf(text)
  return `formula${known < 0 ? formulas.push(text) - 1 : known}`
}

/** The name of a table of 32-bit words, which stands before whatever reads it. */
export function constantTable(words: readonly number[]): string {
  const text = words.join(', ')
  const known = tables.indexOf(text)
  return `table${known < 0 ? tables.push(text) - 1 : known}`
}

/** Declares the tables and formulas that were named since this was asked before. */
export function newDeclarations(): readonly string[] {
  const [table, formula] = [declared.tables, declared.formulas]
  const lines = [
    ...tables.slice(table).map((text, i) => `const table${table + i} = Int32Array.of(${text})`),
    ...formulas.slice(formula).map((text, i) => `function formula${formula + i}${text}`),
  ]
  declared = { tables: tables.length, formulas: formulas.length }
  return lines
}

export function fresh(prefix: string): string {
  return `${prefix}${serial++}`
}

/** Lines of code. Those of a block stand deeper, in a list of their own: each is written out once, however many blocks are around it. */
export type Lines = readonly Line[]

/** Or a block. */
export type Line = string | Lines

export function indent(lines: Lines): Lines {
  return [lines]
}

/** Adds them to a text in the making. */
function writeLines(lines: Lines, indentation: string, out: string[]): void {
  for (const one of lines) {
    if (typeof one === 'string') out.push(indentation + one)
    else writeLines(one, `${indentation}  `, out)
  }
}

export function textOf(lines: Lines): string {
  const out: string[] = []
  writeLines(lines, '', out)
  return out.join('\n')
}

/** Characters, without the ends of lines. */
export function lengthOf(lines: Lines, indentation = 0): number {
  let length = 0
  for (const one of lines) length += typeof one === 'string' ? indentation + one.length : lengthOf(one, indentation + 2)
  return length
}

function mayFailIn(lines: Lines): boolean {
  return lines.some((one) => (typeof one === 'string' ? mayFail(one) : mayFailIn(one)))
}

/** Lines that do something else if they raise a model error. */
export function guarded(lines: Lines, onError: Lines): Lines {
  if (!mayFailIn(lines)) return lines
  return ['try {', ...indent(lines), '} catch {', ...indent(onError), '}']
}
