/**
 * Runs on made-up states what a search runs seldom but long, so that it is optimised before.
 */

import { type GeneratedExpander, setShape } from './generated-expander.ts'
import { tableShape } from './store.ts'

/** Enough for the optimiser to think `rehash` worth its while. */
const rounds = 20
/** A multiple of four, since so many slots are read at a time: those of an earlier batch may lie outside the small table. */
const stateCount = 512
/** 4,096 slots. */
const tableClass = 40

/** In a table of its own. Leaves the table's shape to be set again. */
export function rehearseRehash(generated: GeneratedExpander, stateWords: number): void {
  const table = new Int32Array(new SharedArrayBuffer(tableShape(tableClass).slots * 4))
  const states = Int32Array.from({ length: stateCount * stateWords }, (_, i) => Math.imul(i, 0x9e3779b1))
  setShape(generated.resize, tableClass)
  for (let round = 0; round < rounds; round++) {
    table.fill(0)
    generated.rehashElsewhere(states, table, stateCount)
  }
}
