/**
 * Whether stdout takes colour: as asked for, and otherwise on a terminal where NO_COLOR is not set.
 */

export function hasColour(color: unknown): boolean {
  return typeof color === 'boolean' ? color : process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === ''
}
