import { expect, it } from 'vitest'
import { isWorthRunningThreads, isWorthThreads, statesToCome } from '../../checker/explore/level-growth.ts'

/** Ends of levels, from their sizes. */
function endsOf(sizes: readonly number[]): readonly number[] {
  let end = 0
  return [0, ...sizes.map((size) => (end += size))]
}

/** A hump: 64 levels, the widest of 20,000 states in the middle. */
const hump = endsOf(Array.from({ length: 64 }, (_, i) => Math.round(20_000 * Math.exp(-(((i - 31.5) / 12) ** 2)))))
const total = hump.at(-1) ?? 0

it.each([20, 28, 36, 44])('tells within a factor of two how much of a hump is left after level %i', (level) => {
  const left = total - (hump[level] ?? 0)
  const told = statesToCome(hump.slice(0, level + 1))

  expect(told).toBeGreaterThan(left / 2)
  expect(told).toBeLessThan(left * 2)
})

it('expects little of levels that triple ever less, and much of those that grow a little', () => {
  const sudden = endsOf([1, 9, 60, 300, 1200, 4000, 11_000, 25_000, 44_000, 60_000])
  const even = endsOf(Array.from({ length: 24 }, (_, i) => Math.round(1000 * 1.1 ** i)))

  expect(statesToCome(sudden)).toBeLessThan(200_000)
  expect(statesToCome(even)).toBeGreaterThan(500_000)
})

it('expects of levels that keep their size no more than so many again', () => {
  const plateau = endsOf(Array.from({ length: 32 }, () => 3500))

  expect(statesToCome(plateau)).toBeLessThanOrEqual(32 * 3500)
  expect(statesToCome(plateau)).toBeGreaterThan(16 * 3500)
})

it('says nothing while levels are few', () => {
  expect(statesToCome(endsOf([1, 2, 4, 8, 16, 32, 64, 128]))).toBe(0)
})

it.each([
  ['a tenth of a second has passed', [0, 1, 3], 100, true],
  ['a level is long', [0, 2 ** 17], 0, true],
  ['a level is shorter and rises', [0, 1, 20_001, 53_000], 0, true],
  ['a level does not rise', [0, 1, 33_001, 66_500], 0, false],
  ['a short level rises', [0, 1, 11, 1011], 0, false],
  ['many states are likely to come', hump.slice(0, 21), 20, true],
  ['as many are, but little is known yet', hump.slice(0, 21), 19, false],
])('starts threads or not: %s', (_, levels, elapsedMs, isWorth) => {
  expect(isWorthThreads(levels, elapsedMs)).toBe(isWorth)
})

it.each([
  ['of a thousand states that is half as large again', [0, 1, 700, 1750], true],
  ['of less', [0, 1, 600, 1600], false],
  ['that grows less', [0, 1, 1001, 2401], false],
])('asks threads that run already after a level %s: %s', (_, levels, isWorth) => {
  expect(isWorthRunningThreads(levels)).toBe(isWorth)
})
