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

import type { ExpanderShape } from './expander-shape.ts'

export function emitReducedExpand(shape: ExpanderShape): string {
  const { stateWords: width, isFolded } = shape
  const words = Array.from({ length: width }, (_, w) => w)
  return `// Leaves in \`out\` what is new and chosen of what the first \`count\` states lead to; returns how many.
function keepEnough(count) {
  let n = 0, k = 0
  for (let source = 0; source < count; source++) {
    const last = ends[source]
    for (let w = 0; w < ${Math.ceil(shape.instanceCount / 32)}; w++) fresh[w] = 0
    for (let j = k; j < last; j++) if (indexOf[j] < 0 || indexOf[j] >= levelStart) fresh[tags[j] >>> 5] |= 1 << (tags[j] & 31)
    const isCut = raised[source] === 0 && choose(source * ${width}, k, last)
    for (; k < last; k++) {
      const tag = tags[k], bit = 1 << (tag & 31)
      if (indexOf[k] >= 0 && indexOf[k] < levelStart || isCut && (chosen[tag >>> 5] & bit) === 0) continue
${words.map((w) => `      out[n * ${width} + ${w}] = out[k * ${width} + ${w}]`).join('\n')}
${isFolded ? '      sourceOf[n] = sourceOf[k]\n' : ''}      tags[n] = tag
      n++
    }
  }
  return n
}
function expand(from, to) {
  const count = expandStates(from, to)
${isFolded ? '  for (let i = 0; i < ends[count - 1]; i++) findRowOfOut(i)\n' : ''}  findHashed(ends[count - 1])
  insertBatch(keepEnough(count))
  return from + count
}`
}
