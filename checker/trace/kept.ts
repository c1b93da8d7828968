/**
 * What is kept of a level: the states that lead on to the end of a run, and how many changes of lane the rest of the run takes from each.
 *
 * The rest may begin with any lane, but only those matter with which it takes the fewest changes: to begin with another costs one change
 * more at most, for the step before can have any lane.
 */

/**
 * [count × (2 + laneWords)], by index: a state's index, the fewest changes of lane of the rest of a run, and a bit for each lane with which a rest
 * begins that takes no more.
 */
export type Kept = Int32Array

/** Steps to kept states of the next level, [count] each, by the states from which they lead. */
export interface StepsToKept {
  /** Index of the state before the step. */
  readonly from: Int32Array
  /** Number of the state after it. */
  readonly to: Int32Array
  readonly lane: Int32Array
  /** What the lane is called in the state after it. */
  readonly laneThere: Int32Array
}

export function roomForSteps(count: number): StepsToKept {
  const room = (): Int32Array => new Int32Array(count)
  return { from: room(), to: room(), lane: room(), laneThere: room() }
}

/** More than any rest takes. */
const unreachable = 2 ** 30

const indexAt = 0
const leastAt = 1
const lanesAt = 2

/** How rows of kept states are read and collected, for so many lanes. */
export class KeptRows {
  readonly width: number
  private rows: Kept
  private end = 0

  constructor(laneCount: number) {
    this.width = lanesAt + Math.ceil(laneCount / 32)
    this.rows = new Int32Array(64 * this.width)
  }

  /**
   * Appends the states from which these steps, `count` of them, lead to what is kept of the next level: `rowOf` tells the rows there by
   * the numbers of states.
   */
  addBefore(next: Kept, rowOf: Int32Array, { from, to, lane, laneThere }: StepsToKept, count: number): void {
    let last = -1
    let row = -1
    for (let i = 0; i < count; i++) {
      const there = rowOf[to[i] as number] as number
      if (there === -1) continue
      if (from[i] !== last) {
        last = from[i] as number
        row = this.add(last)
      }
      this.lower(row, lane[i] as number, changesAfter(next, there, laneThere[i] as number))
    }
  }

  /** Appends a state from which nothing leads on yet, of a higher index than the last one; where its row begins. */
  add(index: number): number {
    const { width, end } = this
    if (end + width > this.rows.length) {
      const more = new Int32Array(this.rows.length * 2)
      more.set(this.rows)
      this.rows = more
    }
    this.rows[end + indexAt] = index
    this.rows[end + leastAt] = unreachable
    this.end += width
    return end
  }

  /** From the state in this row a rest begins with this lane that takes so many changes. */
  lower(row: number, lane: number, changes: number): void {
    const { rows, width } = this
    const least = rows[row + leastAt] as number
    if (changes > least) return
    if (changes < least) {
      rows[row + leastAt] = changes
      for (let at = row + lanesAt; at < row + width; at++) rows[at] = 0
    }
    const at = row + lanesAt + (lane >>> 5)
    rows[at] = (rows[at] as number) | (1 << (lane & 31))
  }

  /** What was collected; the next level begins. */
  take(): Kept {
    const kept = this.rows.slice(0, this.end)
    this.end = 0
    return kept
  }

  /** The row of a state, or -1 if it is not kept. */
  rowOf(kept: Kept, index: number): number {
    const { width } = this
    let [low, high] = [0, kept.length / width]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((kept[middle * width + indexAt] as number) < index) low = middle + 1
      else high = middle
    }
    return kept[low * width + indexAt] === index ? low * width : -1
  }
}

/** The states that are kept in any of these, ascending. `width`: of a row. */
export function statesKept(all: readonly Kept[], width: number): Int32Array {
  return all.map((kept) => statesOf(kept, width)).reduce(merged, new Int32Array(0))
}

function statesOf(kept: Kept, width: number): Int32Array {
  const states = new Int32Array(kept.length / width)
  for (let i = 0, row = 0; i < states.length; i++, row += width) states[i] = kept[row + indexAt] as number
  return states
}

/** Both are ascending, and so is what they have together. */
function merged(left: Int32Array, right: Int32Array): Int32Array {
  if (left.length === 0) return right
  const all = new Int32Array(left.length + right.length)
  let [l, r, end] = [0, 0, 0]
  while (l < left.length && r < right.length) {
    const one = left[l] as number
    const other = right[r] as number
    all[end++] = Math.min(one, other)
    if (one <= other) l++
    if (other <= one) r++
  }
  for (const rest of [left.subarray(l), right.subarray(r)]) {
    all.set(rest, end)
    end += rest.length
  }
  return all.subarray(0, end)
}

/** The row of each of these states, or -1 where one is not kept. `states`: ascending, with all that are kept. */
export function rowsOf(kept: Kept, states: Int32Array, width: number): Int32Array {
  const rows = new Int32Array(states.length).fill(-1)
  for (let row = 0, number = 0; row < kept.length; row += width) {
    while (states[number] !== kept[row + indexAt]) number++
    rows[number] = row
  }
  return rows
}

/** Fewest changes of the rest of a run from the state of a row. */
export function leastChanges(kept: Kept, row: number): number {
  return kept[row + leastAt] as number
}

/** The same if the step before it is of this lane. */
export function changesAfter(kept: Kept, row: number, lane: number): number {
  const begins = ((kept[row + lanesAt + (lane >>> 5)] as number) >>> (lane & 31)) & 1
  return (kept[row + leastAt] as number) + 1 - begins
}
