/**
 * What stdout and stderr can show.
 */

import { colourByEnvironment } from '../report/paint.ts'
import { usualWidth } from '../report/wrap.ts'

/** Narrower than that, stories and verdicts fall to pieces. */
const leastWidth = 60

/** A terminal that understands escapes: colour, and a line that is written again. */
export function takesEscapes(stream: { readonly isTTY?: boolean }): boolean {
  return stream.isTTY === true && process.env['TERM'] !== 'dumb'
}

/** Whether stdout takes colour: as the option says, else as the environment says, else where it is a terminal. */
export function hasColour(option: unknown): boolean {
  return typeof option === 'boolean' ? option : (colourByEnvironment(process.env) ?? takesEscapes(process.stdout))
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
