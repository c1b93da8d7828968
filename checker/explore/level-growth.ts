/**
 * How many states are likely still to come, at a guess: quickly told after any level, where the forecast of progress takes its time and
 * often says that it does not know.
 */

/** A search that is over by then would be slower with threads, which take half of that to start. */
const msAlone = 100
/** By then levels have grown enough to tell whether many states are likely to come. */
const msUntold = 20
const manyStates = 100_000
const longLevel = 2 ** 17
/** One of so many states, and half as many again as the one before, announces at least as many. */
const risingLevel = 2 ** 15
const rise = 1.5

/** Such a level, if it is half as large again as the one before, announces enough for a thread that need not start. */
const risingAtAll = 2 ** 10

/** Whether the search is likely to go on for longer than threads take to get their work, which run already. `levels` as below. */
export function isWorthRunningThreads(levels: readonly number[]): boolean {
  return isRising(levels, risingAtAll)
}

function isRising(levels: readonly number[], least: number): boolean {
  const [end = 0, start = 0, before = 0] = [levels.at(-1), levels.at(-2), levels.at(-3)]
  return end - start >= least && end - start >= rise * (start - before)
}

/** Whether the search is likely to go on for longer than threads take to start. `levels` as below. */
export function isWorthThreads(levels: readonly number[], elapsedMs: number): boolean {
  const isLong = (levels.at(-1) ?? 0) - (levels.at(-2) ?? 0) >= longLevel || isRising(levels, risingLevel)
  if (elapsedMs >= msAlone || isLong) return true
  return elapsedMs >= msUntold && statesToCome(levels) >= manyStates
}

/** Levels are looked at so many at a time. */
const span = 4
/** Growth that does not fall is taken to fall a little. */
const slowestFall = 0.98

/**
 * The growth of the last levels, over that of as many before them, is taken to go on falling by the same factor. 0 while levels are few.
 * No further ahead than the search has come: levels that keep their size for long would announce any number of states.
 * `levels[k]`: states of the first k levels.
 */
export function statesToCome(levels: readonly number[]): number {
  const last = levels.length - 1
  if (last <= 2 * span) return 0
  const sizeOf = (level: number): number => (levels[level] ?? 0) - (levels[level - 1] ?? 0)
  let growth = sizeOf(last) / sizeOf(last - span)
  const fall = Math.min(slowestFall, (growth * sizeOf(last - 2 * span)) / sizeOf(last - span))
  let size = sizeOf(last)
  let sum = 0
  for (let ahead = span; ahead <= last && size >= 1; ahead += span) {
    growth *= fall
    size *= growth
    sum += span * size
  }
  return sum
}
