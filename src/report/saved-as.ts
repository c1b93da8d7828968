/**
 * The last words on a counterexample: where it is saved.
 */

import type { Paint } from './paint.ts'
import { withPath } from './wrap.ts'

/** `file`: null where it could not be written, which an error tells more of. */
export function savedAs(file: string | null, paint: Paint, width: number): readonly string[] {
  if (file === null) return [paint.yellow('  not saved: see the error')]
  return withPath('  saved as', file, width).map((line) => paint.dim(line))
}
