/**
 * How many states are left, from how the levels have grown. The width of a level, as a logarithm, is taken for a parabola over the depth:
 * growth, a widest level, decline. Three stretches of the past are fitted, each tells where its parabola ends, and the answer is an
 * interval around all three.
 *
 * Null, "unknown", is the answer while levels are few, while any stretch still grows faster and faster, and when the three disagree: about
 * half of a search. When an interval is told, it is right about six times in seven (docs/performance.md), and it is never a bound.
 */

export interface Forecast {
  /** States that are not found yet. */
  readonly least: number
  readonly most: number
}

const fewestLevels = 10
const shortest = 5
/** A longer past says nothing about the end, and takes time to fit. */
const longest = 500
/** Shares of the past that are fitted, and how far the truth may lie outside what they say. */
const shares = [0.25, 0.5, 0.75]
const margin = 2
/** A wider interval of all states, as a ratio, is called unknown. */
const widest = 6

/** `levels[k]`: states of the first k levels. */
export function forecast(levels: readonly number[]): Forecast | null {
  const count = levels.length - 1
  if (count < fewestLevels) return null
  const found = levels.at(-1) ?? 0
  const told = shares.map((share) => {
    const size = Math.min(longest, Math.max(shortest, Math.floor(share * count)))
    return stillToCome(levels.slice(-size - 1))
  })
  const least = Math.min(...told) / margin
  const most = Math.max(...told) * margin
  return (found + most) / (found + least) <= widest ? { least, most } : null
}

/** Sum of the levels to come, if the parabola goes on; infinite when it does not turn down. */
function stillToCome(ends: readonly number[]): number {
  const logs = ends.slice(1).map((end, i) => Math.log(Math.max(1, end - (ends[i] ?? 0))))
  const { slope, bend } = parabola(logs)
  const last = logs.at(-1) ?? 0
  if (bend > -1e-9) return slope > -0.005 ? Number.POSITIVE_INFINITY : Math.exp(last) / (Math.exp(-slope) - 1)
  let sum = 0
  for (let x = 1; x < farthest; x++) {
    const log = last + slope * x + bend * x * x
    if (log < 0 && slope + 2 * bend * x < 0) return sum
    sum += Math.exp(log)
  }
  return Number.POSITIVE_INFINITY
}

/** Levels ahead that are worth a thought. */
const farthest = 5000

/** Least squares of ys over x = 1-n … 0; slope and bend at x = 0. */
function parabola(ys: readonly number[]): { readonly slope: number; readonly bend: number } {
  const n = ys.length
  // Around the middle, odd sums vanish and the normal equations come apart.
  const xs = ys.map((_, i) => i - (n - 1) / 2)
  const sum = (term: (x: number, y: number) => number): number => xs.reduce((all, x, i) => all + term(x, ys[i] ?? 0), 0)
  const [s2, s4] = [sum((x) => x * x), sum((x) => x ** 4)]
  const [sy, sxy, sxxy] = [sum((_, y) => y), sum((x, y) => x * y), sum((x, y) => x * x * y)]
  const bend = (n * sxxy - s2 * sy) / (n * s4 - s2 * s2)
  return { slope: sxy / s2 + (n - 1) * bend, bend }
}
