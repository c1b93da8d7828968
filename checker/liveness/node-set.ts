/**
 * A set of numbers, a bit each, whose members are numbered in turn: arrays over the members alone need no more.
 * A count stands beside every word of bits, in the same cache line, so that a member's rank is one addition and one count of bits.
 */

export interface NodeSet {
  /** Pairs: 32 bits, bit n % 32 of pair ⌊n / 32⌋ saying whether n is a member, and how many members lie before them. */
  readonly words: Int32Array
  readonly size: number
}

/** The members as bits: bit n % 32 of word ⌊n / 32⌋. */
export function rankBits(bits: Int32Array): NodeSet {
  const words = new Int32Array(bits.length * 2)
  let size = 0
  for (let w = 0; w < bits.length; w++) {
    words[2 * w] = bits[w] as number
    words[2 * w + 1] = size
    size += countBits(bits[w] as number)
  }
  return { words, size }
}

export function hasNode({ words }: NodeSet, n: number): boolean {
  return ((words[(n >>> 5) << 1] as number) & (1 << (n & 31))) !== 0
}

/** The number of members below n. */
export function rankOf({ words }: NodeSet, n: number): number {
  const w = (n >>> 5) << 1
  return (words[w + 1] as number) + countBits((words[w] as number) & ((1 << (n & 31)) - 1))
}

export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Writes the members of the pair at words[at], the highest first, to list[count…]; returns the count with them. */
export function writeDescending({ words }: NodeSet, at: number, list: Int32Array, count: number): number {
  let next = count
  for (let rest = words[at] as number; rest !== 0; ) {
    const bit = 31 - Math.clz32(rest)
    rest &= ~(1 << bit)
    list[next++] = at * 16 + bit
  }
  return next
}
