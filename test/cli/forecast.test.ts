/**
 * The forecast of a search, and the line of progress that tells it.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import type { Progress } from '../../checker/result.ts'
import { mergedDesign } from '../../specs/arm64-liveness.ts'
import { qrcu } from '../../specs/qrcu.ts'
import { forecast } from '../../src/cli/forecast.ts'
import { progressText } from '../../src/cli/progress.ts'
import { buildModel } from '../support/build.ts'

const endsOf = (sizes: readonly number[]): readonly number[] =>
  [0, ...sizes].map((_, k) => sizes.slice(0, k).reduce((sum, size) => sum + size, 0))

/** Sides of n numbers from 0 to m that are counted up one by one: states by their sum. */
function gridLevels(n: number, m: number): readonly number[] {
  let sizes = [1]
  for (let i = 0; i < n; i++) {
    const sums = Array.from({ length: sizes.length + m }, () => 0)
    for (const [sum, count] of sizes.entries())
      for (let x = 0; x <= m; x++) sums[sum + x] = (sums[sum + x] ?? 0) + count
    sizes = sums
  }
  return sizes
}

describe('the forecast', () => {
  it('is unknown while levels are few, grow ever faster, or do not change', () => {
    const grid = endsOf(gridLevels(4, 20))

    expect(forecast(grid.slice(0, 10))).toBeNull()
    expect(forecast(endsOf(Array.from({ length: 40 }, (_, i) => 2 ** i)))).toBeNull()
    expect(forecast(endsOf(Array.from({ length: 40 }, () => 1000)))).toBeNull()
  })

  it('holds the truth between its ends, from before the widest level on', () => {
    const ends = endsOf(gridLevels(4, 20))
    const all = ends.at(-1) ?? 0
    const told = ends.map((_, k) => forecast(ends.slice(0, k + 1)))
    const widest = 41

    expect(told.findIndex((one) => one !== null)).toBeLessThan(widest)
    for (const [k, end] of ends.entries()) {
      const left = all - end
      if (k < widest || left < all / 1000) continue
      expect([k, (told[k]?.least ?? Number.NaN) <= left, (told[k]?.most ?? Number.NaN) >= left]).toEqual([
        k,
        true,
        true,
      ])
    }
  })

  it.each([
    ['QRCU', qrcu],
    ['arm64', mergedDesign],
  ])('is right most of the times that it says anything on %s', async (_, builder) => {
    const { levels } = await checkModel(buildModel(builder), { workers: 1 })
    const ends = endsOf(levels)
    const all = ends.at(-1) ?? 0
    const told = ends.flatMap((end, k) => {
      const found = forecast(ends.slice(0, k + 1))
      return found === null ? [] : [found.least <= all - end + 1 && found.most >= all - end - 1]
    })

    expect(told.length).toBeGreaterThan(ends.length / 3)
    expect(told.filter((isRight) => isRight).length).toBeGreaterThan(told.length * 0.7)
  })
})

describe('the line of progress', () => {
  const ends = endsOf(gridLevels(4, 20)).slice(0, 61)
  const stored = ends.at(-1) ?? 0
  const now: Progress = {
    phase: 'search',
    property: null,
    ...{ depth: 60, distinct: stored, generated: 700_000, frontier: 2870, bytes: 3e6 },
    ...{ elapsedMs: 20_000, levels: ends, expanded: stored - 2870 },
  }
  const before: Progress = { ...now, elapsedMs: 10_000, expanded: stored - 12_870 }

  it('tells what is left, and how long that takes at the speed of the last seconds', () => {
    expect(progressText('grid', now, before, 200)).toMatchInlineSnapshot(
      `"grid: level 60, 184k distinct, 700k generated, 35.0k/s, frontier 2,870, 3 MB, left: 5,905 to 24.8k in 9 s to 28 s"`,
    )
  })

  it('says that it does not know', () => {
    expect(progressText('grid', { ...now, levels: ends.slice(0, 5) }, before, 200)).toMatch(/left: unknown$/)
  })

  it('leaves out memory and the frontier, then the forecast, where the terminal is narrow', () => {
    const whole = progressText('grid', now, before, 200)
    const fitted = [whole.length - 1, whole.replace(/, frontier.*MB/, '').length, 50].map((width) =>
      progressText('grid', now, before, width),
    )

    expect(fitted[0]).not.toContain('MB')
    expect(fitted[0]).toContain('frontier')
    expect(fitted[1]).toMatch(/\/s, left: /)
    expect(fitted[2]).toHaveLength(50)
  })
})
