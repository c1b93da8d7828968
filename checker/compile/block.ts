/**
 * Blocks of generated lines, and the names of variables in them.
 */

import { mayFail } from './code.ts'

let serial = 0

/** Names of generated variables are unique within one emission. */
export function resetNames(): void {
  serial = 0
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
  return [
    'try {',
    ...indent(lines),
    '} catch (error) {',
    '  if (error !== raised) throw error',
    ...indent(onError),
    '}',
  ]
}
