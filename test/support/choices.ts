/**
 * A finite list of random numbers that a generator reads its decisions from. When it is used up every decision is
 * the first alternative, the simplest one: shrinking the list shrinks what is generated.
 * Source: MacIver and Donaldson 2020, doi:10.4230/LIPIcs.ECOOP.2020.13.
 */

import * as fc from 'fast-check'

export class Choices {
  private readonly draws: readonly number[]
  private used = 0
  constructor(draws: readonly number[]) {
    this.draws = draws
  }
  /** 0 … n-1; 0 when the list is used up. */
  below(n: number): number {
    const draw = this.draws[this.used++] ?? 0
    return draw % Math.max(1, n)
  }
  between(min: number, max: number): number {
    return min + this.below(max - min + 1)
  }
  /** True in so many of a hundred cases. */
  chance(percent: number): boolean {
    return this.below(100) >= 100 - percent
  }
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[this.below(items.length)]
    if (item === undefined) throw new Error('pick: nothing to pick from')
    return item
  }
  times<T>(min: number, max: number, make: (i: number) => T): T[] {
    return Array.from({ length: this.between(min, max) }, (_, i) => make(i))
  }
}

/** Lists long enough for most models. */
export const draws: fc.Arbitrary<readonly number[]> = fc.noBias(
  fc.array(fc.nat({ max: 0x3fffffff }), { minLength: 400, maxLength: 900, size: 'max' }),
)
