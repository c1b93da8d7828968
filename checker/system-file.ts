/**
 * Files in which the system tells what a process may use.
 */

import { readFileSync } from 'node:fs'

/** Empty where there is no such file, or none that may be read. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
