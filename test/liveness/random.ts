/**
 * A small seeded generator of random numbers, so that a failing case can be run again.
 * Source: Steele, Lea and Flood 2014 (splitmix), doi:10.1145/2660193.2660195, in the 32-bit form known as mulberry32.
 */

import { seedOf } from '../support/law.ts'

export interface Random {
  /** A whole number from 0 to n-1. */
  below(n: number): number
  isTrue(probability: number): boolean
  pick<T>(items: readonly [T, ...T[]]): T
  /** Each item with the given probability. */
  some<T>(items: readonly T[], probability: number): readonly T[]
}

export function createRandom(seed: number): Random {
  let state = seed | 0
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(unit() * n)
  return {
    below,
    isTrue: (probability) => unit() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
    some: (items, probability) => items.filter(() => unit() < probability),
  }
}

/** The seed of this run: from the environment to repeat one, else fixed. */
export const seedOfRun = seedOf(20_261)
