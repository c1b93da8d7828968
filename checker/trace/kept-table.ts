/**
 * Finds the kept states of a level by their words. The visited set would find them too, but a step backwards produces all successors of
 * a level: they are looked up where only kept states are, which is in the cache or nearly so.
 */

import type { StateReader } from '../explore/state-reader.ts'

export interface KeptTable {
  /** Enters the kept states of another level, by their indices. */
  fill(kept: Int32Array): void
  /** The place in that list of the state words[at…], or -1 if it is not kept. */
  find(words: Int32Array, at: number): number
}

export function createKeptTable(states: StateReader, stateWords: number): KeptTable {
  /** At most a quarter full: half full takes 5 % longer, by the branches of a second look. 0 where empty, else a state's number + 1 below the upper bits of its hash. */
  let slots = new Int32Array(2)
  let last = 0
  let numberBits = 0
  let kept: Int32Array = new Int32Array(0)
  const stored = states.words

  const hashOf = (words: Int32Array, at: number): number => {
    let hash = 0x2545f491
    for (let w = at; w < at + stateWords; w++) {
      hash = Math.imul(hash ^ (words[w] as number), 0x9e3779b1)
      hash ^= hash >>> 15
    }
    return Math.imul(hash, 0x85ebca6b)
  }

  const isAt = (index: number, words: Int32Array, at: number): boolean => {
    const base = states.at(index)
    for (let w = 0; w < stateWords; w++) if (stored[base + w] !== words[at + w]) return false
    return true
  }

  const clear = (size: number): void => {
    if (slots.length < size) slots = new Int32Array(size)
    else slots.fill(0, 0, size)
    last = size - 1
  }

  const enter = (number: number): void => {
    const hash = hashOf(stored, states.at(kept[number] as number))
    let place = hash & last
    while (slots[place] !== 0) place = (place + 1) & last
    slots[place] = ((hash >>> numberBits) << numberBits) | (number + 1)
  }

  return {
    fill: (others) => {
      kept = others
      numberBits = 32 - Math.clz32(kept.length)
      clear(2 ** (numberBits + 2))
      for (let number = 0; number < kept.length; number++) enter(number)
    },
    find: (words, at) => {
      const hash = hashOf(words, at)
      for (let place = hash & last; ; place = (place + 1) & last) {
        const slot = slots[place] as number
        if (slot === 0) return -1
        if ((slot ^ hash) >>> numberBits !== 0) continue
        const number = (slot & ((1 << numberBits) - 1)) - 1
        if (isAt(kept[number] as number, words, at)) return number
      }
    },
  }
}
