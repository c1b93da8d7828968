/**
 * States made up at random, each variable inside its domain: most are not reachable. Before a search is in full swing the
 * kernel is run on them, so that the optimiser has seen every part of it. Otherwise it leaves out what has not happened yet,
 * and throws its work away when that happens, deep in the search and several times (docs/performance.md).
 */

import { cardinality } from '../../src/model/domain-of.ts'
import { type Layout, put, type Slot } from './layout.ts'

const stateCount = 512
const wordLimit = 2 ** 16

/** Int32Array, [count × stateWords]. The same for the same layout. */
export function rehearsalOf(layout: Layout): Int32Array {
  const { stateWords, slots } = layout
  const count = Math.min(stateCount, Math.ceil(wordLimit / stateWords))
  const states = new Int32Array(count * stateWords)
  const below = dice()
  for (let base = 0; base < states.length; base += stateWords) {
    const words = states.subarray(base, base + stateWords)
    for (const slot of slots.values()) fill(slot, words, below)
  }
  return states
}

type Dice = (bound: number) => number

function fill(slot: Slot, words: Int32Array, below: Dice): void {
  switch (slot.kind) {
    case 'scalar':
      put(words, slot.leaf, below(cardinality(slot.domain)))
      return
    case 'parts':
      for (const part of slot.parts) fill(part, words, below)
      return
    case 'set':
      for (const mask of slot.masks) put(words, mask, below(2 ** mask.width))
      return
    case 'sequence': {
      const length = below(slot.parts.length + 1)
      put(words, slot.length, length)
      for (const part of slot.parts.slice(0, length)) fill(part, words, below)
    }
  }
}

/** Marsaglia's xorshift (2003, doi:10.18637/jss.v008.i14), from a fixed seed. */
function dice(): Dice {
  let x = 0x2545f491
  return (bound) => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return Math.floor(((x >>> 0) / 2 ** 32) * bound)
  }
}
