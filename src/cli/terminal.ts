/**
 * What stdout and stderr can show.
 */

import { usualWidth } from '../report/wrap.ts'

/** Narrower than that, stories and verdicts fall to pieces. */
const leastWidth = 60

/** A terminal that understands escapes: colour, and a line that is written again. */
export function takesEscapes(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && process.env['TERM'] !== 'dumb'
}

/** Whether stdout takes colour: as asked for, and otherwise on a terminal where NO_COLOR is not set. */
export function hasColour(color: unknown): boolean {
  return typeof color === 'boolean' ? color : takesEscapes(process.stdout) && (process.env['NO_COLOR'] ?? '') === ''
}

/** Whether stderr does, where stdout does: it may lead to a file. */
export function hasColourOnStderr(isOnStdout: boolean): boolean {
  const isAskedFor = !takesEscapes(process.stdout)
  return isOnStdout && (isAskedFor || takesEscapes(process.stderr))
}

/** Columns of a line: no more than the terminal has, so that it breaks none by itself. */
export function lineWidth({ isTTY, columns }: { readonly isTTY: boolean; readonly columns: number }): number {
  // Where a terminal does not know its width, it says 0.
  if (!isTTY || !(columns > 0)) return usualWidth
  return Math.min(usualWidth, Math.max(leastWidth, columns))
}
