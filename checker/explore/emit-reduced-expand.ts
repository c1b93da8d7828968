/**
 * Generated code that expands states of which it follows only some successors: those that the kernel chooses.
 *
 * What is left out must not wait for ever, so the choice leads to something new, or everything is followed: on the way of
 * what was left out there is then always a deeper state, where it is still possible, and levels are finitely many. New is what does
 * not lie in a closed level. That depends on the model alone, neither on the number of threads nor on who came first.
 *
 * Races (with other threads): only states of closed levels are looked for. Their slots, and all before them, are final.
 *
 * Source: Bošnački and Holzmann 2005, doi:10.1007/11537328_10, differs: whole levels are closed at once, and the choice itself
 * looks for what is new, instead of being given up.
 */

import { type ExpanderShape, emitExpandOne } from './expander-shape.ts'

export function emitReducedExpand(shape: ExpanderShape): string {
  const { stateWords: width, isFolded } = shape
  const words = Array.from({ length: width }, (_, w) => w)
  return `const { choose, fresh, chosen } = kernel, { counters, modelError } = parts
// Of each successor its index, or -1; of each state where its successors end, complemented if one raised an error.
const found = new Int32Array(tags.length), ends = new Int32Array(tags.length)
function expand(from, to, room) {
  const start = from
  let n = 0
  while (from < to && n <= room && from - start < ends.length) {
    const before = counters[modelError]
    ${emitExpandOne(shape, 'from', 'from - start')}
    ends[from - start] = counters[modelError] === before ? n : ~n
    from++
  }
  findBatch(n, found, 0)
  insertBatch(keepEnough(start, from))
  return from
}
// Leaves of the batch in \`out\` what is new and chosen; returns how many.
function keepEnough(start, end) {
  let n = 0, k = 0
  for (let state = start; state < end; state++) {
    const mark = ends[state - start], last = mark < 0 ? ~mark : mark
    for (let w = 0; w < fresh.length; w++) fresh[w] = 0
    for (let j = k; j < last; j++) if (found[j] < 0 || found[j] >= levelStart) fresh[tags[j] >>> 5] |= 1 << (tags[j] & 31)
    const isCut = mark >= 0 && choose(${isFolded ? `sources, (state - start) * ${width}` : `states, state * ${width}`}, tags, k, last)
    for (; k < last; k++) {
      const tag = tags[k], bit = 1 << (tag & 31)
      if (found[k] >= 0 && found[k] < levelStart || isCut && (chosen[tag >>> 5] & bit) === 0) continue
${words.map((w) => `      out[n * ${width} + ${w}] = out[k * ${width} + ${w}]`).join('\n')}
${isFolded ? '      sourceOf[n] = sourceOf[k]\n' : ''}      tags[n++] = tag
    }
  }
  return n
}`
}
