/**
 * Where on a line each CPU or thread tells its part: a column each, as kernel mails draw a race; what belongs to none has one without
 * a name, before them. When there are too many for columns, the name stands before each step instead.
 */

import { columnsOf, padRight } from './columns.ts'
import type { Line } from './render-trace.ts'

export interface Lanes {
  /** Names over their columns; null when names stand in front or are not needed. */
  readonly header: string | null
  /** Where the text of a lane starts, from the margin. */
  offsetOf(lane: string): number
  /** What fills the space from the margin to there. */
  before(lane: string): string
}

/** More than this looks empty. */
const widest = 20

/** `available`: characters from the margin to the changes. `isAlone`: nobody else could have taken a step. */
export function lanesOf(lines: readonly Line[], available: number, isAlone: boolean): Lanes {
  const lanes = [...new Set(lines.flatMap((line) => (line.lane === '' ? [] : [line.lane])))].sort(byDevices(lines))
  const isSomeNobodys = lines.some((line) => line.lane === '' && line.isStep)
  const names = isSomeNobodys && lanes.length > 0 ? ['', ...lanes] : lanes
  const longestName = Math.max(...names.map(columnsOf), 0)
  const distance = Math.min(
    widest,
    ...names.slice(1).map((name, i) => Math.floor((available - widthOf(lines, name)) / (i + 1))),
  )
  if (names.length > 1 && distance < longestName + 2) {
    const offset = longestName + 2
    return { header: null, offsetOf: () => offset, before: (lane) => padRight(lane, offset) }
  }
  const offsetOf = (lane: string): number => Math.max(0, names.indexOf(lane)) * distance
  return {
    header:
      names.length < 2 && (isAlone || names.length === 0)
        ? null
        : names
            .map((name) => padRight(name, distance))
            .join('')
            .trimEnd(),
    offsetOf,
    before: (lane) => ' '.repeat(offsetOf(lane)),
  }
}

const widthOf = (lines: readonly Line[], lane: string): number =>
  Math.max(...lines.filter((line) => line.lane === lane).map((line) => columnsOf(line.text)), columnsOf(lane))

/** In the order in which they appear, but threads before hardware. */
function byDevices(lines: readonly Line[]): (left: string, right: string) => number {
  const isThread = (lane: string): boolean => lines.some((line) => line.lane === lane && line.isThread)
  return (left, right) => Number(isThread(right)) - Number(isThread(left))
}
