/**
 * Code that puts one state in the place of all that differ by swaps of interchangeable members: `canonicalise`.
 *
 * Each member gets a mark: what the state says of it and of no other member. Members are sorted by their marks. Where marks are
 * equal and something is said of two members at once (`inbox[a][b]`, `next[a] = b`), all orders of those with equal marks are tried, and
 * the least state is taken; else either order gives the same state. Marks move with their members, so the outcome is the same for every
 * state of an orbit, and different orbits have different outcomes because it is a state of the orbit.
 *
 * Source: Clarke, Jha, Enders and Filkorn 1996, doi:10.1007/BF00625969; Ip and Dill 1996, doi:10.1007/BF00625968.
 */

import type { Members } from '../../src/model/members.ts'
import { indent, textOf } from './block.ts'
import { spareAt } from './kernel-arrays.ts'
import { functionText, type KernelInput } from './kernel-input.ts'
import { bitsFor, type Leaf } from './layout.ts'
import { type Family, familiesOf, isRelation, type Placed } from './orbits.ts'

interface Ground {
  readonly families: readonly Family[]
  readonly members: Members
  readonly stateWords: number
  /** Words of `states` with room for a state each. */
  readonly spares: readonly [number, number]
}

/** `canonicalise` and `order`: see `Kernel`. Requires that the members are interchangeable in the model. */
export function emitCanonical({ model, layout, maxSuccessors }: KernelInput, members: Members): string {
  const { stateWords } = layout
  const sizes = { stateWords, maxSuccessors }
  const spares = [spareAt(sizes, 0), spareAt(sizes, 1)] as const
  const ground: Ground = { families: familiesOf(model, layout, members), members, stateWords, spares }
  const marks = marksOf(ground)
  const count = members.names.length
  const sorted = members.sets.flatMap(({ first, count }) => (count < 2 ? [] : [`sortSet(${first}, ${first + count})`]))
  const hasRelations = ground.families.some(isRelation)
  return [
    `const order = Int32Array.of(${members.names.map((_, m) => m).join(', ')})
const slotOf = new Int32Array(${count + 1})
const marks = new Int32Array(${count * marks.words})`,
    ...ground.families.map((family, f) => emitTables(family, f, count)),
    functionText('mark', 'at', marks.lines, readNothing),
    emitSort(marks.words),
    emitArrange(ground),
    ...(hasRelations ? [emitSettle(ground)] : []),
    functionText(
      'canonicalise',
      'at',
      [
        'mark(at)',
        `const found = ${sorted.join(' | ') || '0'}`,
        ...(hasRelations ? ['if ((found & 2) !== 0) settle(at)'] : []),
        `${hasRelations ? 'else ' : ''}if ((found & 1) !== 0) arrange(at, at)`,
      ],
      readNothing,
    ),
  ].join('\n\n')
}

const readNothing = (): readonly string[] => []

const maskOf = (width: number): number => (width === 32 ? -1 : 2 ** width - 1)

function readLeaf({ word, shift, width }: Leaf): string {
  return `(states[at + ${word}] >>> ${shift} & ${maskOf(width)})`
}

/** Where the leaf of some members lies in the tables of its family. */
function placeOf(members: readonly number[], count: number): number {
  return members.reduce((sum, member, i) => sum + member * count ** i, 0)
}

/**
 * Of a family by place: word and shift of the leaf, and of the length that says whether it is there. Of its values by ordinal: their shape,
 * which is their name without members; the members; and, from `first` on, by members, the ordinals of that shape.
 */
function emitTables({ arity, leaves, values }: Family, f: number, count: number): string {
  const table = (name: string, of: (leaf: Placed) => number): string => {
    const entries = new Array<number>(count ** arity).fill(0)
    for (const one of leaves) entries[placeOf(one.members, count)] = of(one)
    return `const ${name}${f} = Int32Array.of(${entries.join(', ')})`
  }
  const places =
    arity === 0
      ? []
      : [
          table('word', ({ leaf }) => leaf.word),
          table('shift', ({ leaf }) => leaf.shift),
          table('lengthWord', ({ within }) => within?.length.word ?? 0),
          table('lengthShift', ({ within }) => within?.length.shift ?? 0),
        ]
  if (values === null) return places.slice(0, 2).join('\n')
  const most = Math.max(...values.map(({ members }) => members.length))
  const firsts = new Map<string, number>()
  let size = 0
  for (const { template, members } of values) {
    if (firsts.has(template)) continue
    firsts.set(template, size)
    size += count ** members.length
  }
  const ordinals = new Array<number>(size).fill(0)
  for (const [ordinal, { template, members }] of values.entries())
    ordinals[(firsts.get(template) ?? 0) + placeOf(members, count)] = ordinal
  const parts = Array.from({ length: most }, (_, i) => i)
  const index = [`first${f}[v]`, ...parts.map((i) => `slotOf[member${i}_${f}[v]] * ${count ** i}`)]
  const templates = [...firsts.keys()]
  return [
    ...(leaves.some(({ within }) => within !== null) ? places : places.slice(0, 2)),
    `const first${f} = Int32Array.of(${values.map(({ template }) => firsts.get(template)).join(', ')})`,
    `const shape${f} = Int32Array.of(${values.map(({ template }) => templates.indexOf(template)).join(', ')})`,
    ...parts.map(
      (i) => `const member${i}_${f} = Int32Array.of(${values.map(({ members }) => members[i] ?? count).join(', ')})`,
    ),
    `const ordinal${f} = Int32Array.of(${ordinals.join(', ')})`,
    `function swapped${f}(v) { return ordinal${f}[${index.join(' + ')}] }`,
  ].join('\n')
}

interface Item {
  readonly width: number
  readonly text: string
}

interface Marks {
  /** Words of a mark. */
  readonly words: number
  readonly lines: readonly string[]
}

function marksOf(ground: Ground): Marks {
  const { sets } = ground.members
  const packed = sets.flatMap(({ first, count }, set) =>
    Array.from({ length: count }, (_, i) => pack(itemsOf(ground, set, first + i))),
  )
  const words = Math.max(1, ...packed.map((texts) => texts.length))
  return {
    words,
    lines: packed.flatMap((texts, member) => texts.map((text, k) => `marks[${member * words + k}] = ${text}`)),
  }
}

/** What each word of the mark is made of. */
function pack(items: readonly Item[]): readonly string[] {
  const words: { bits: number; texts: string[] }[] = []
  for (const { width, text } of items) {
    const last = words.at(-1)
    if (last === undefined || last.bits + width > 32) words.push({ bits: width, texts: [text] })
    else {
      last.texts.push(`${text} << ${last.bits}`)
      last.bits += width
    }
  }
  return words.map(({ texts }) => texts.join(' | '))
}

/** What a state says of one member alone, the same items in the same order for each member of its set. */
function itemsOf({ families, members }: Ground, set: number, member: number): readonly Item[] {
  const first = members.sets[set]?.first ?? 0
  return families.flatMap(({ arity, leaves, width, values }, f): readonly Item[] => {
    const own = leaves.find((one) => one.members.includes(member))
    if (arity === 1 && own !== undefined) {
      if (values === null) return [{ width, text: readLeaf(own.leaf) }]
      const shapes = new Set(values.map(({ template }) => template))
      return [{ width: bitsFor(shapes.size), text: `shape${f}[${readLeaf(own.leaf)}]` }]
    }
    const [only] = leaves
    if (arity !== 0 || values === null || only === undefined) return []
    return values.flatMap(({ template, members: mentioned }): readonly Item[] => {
      if (mentioned.length !== 1 || mentioned[0] !== first) return []
      const ordinal = values.findIndex((one) => one.template === template && one.members[0] === member)
      const isThere = only.within === null ? '' : ` && ${readLeaf(only.within.length)} > ${only.within.position}`
      return [{ width: 1, text: `(${readLeaf(only.leaf)} === ${ordinal}${isThere} ? 1 : 0)` }]
    })
  })
}

/** Sorts the members of a set into \`order\`; 1 if one has moved, 2 if two have equal marks. */
function emitSort(words: number): string {
  const indices = Array.from({ length: words }, (_, k) => k)
  const mark = (member: string, k: number): string =>
    words === 1 ? `marks[${member}]` : `marks[${member} * ${words}${k === 0 ? '' : ` + ${k}`}]`
  const compared = indices.map(
    (k) => `if (${mark('a', k)} !== ${mark('b', k)}) return ${mark('a', k)} < ${mark('b', k)} ? -1 : 1`,
  )
  return `function compare(a, b) {
${textOf(indent(compared))}
  return 0
}
function sortSet(from, to) {
  let found = 0
  order[from] = from
  for (let member = from + 1; member < to; member++) {
    let k = member
    for (; k > from; k--) {
      const sign = compare(member, order[k - 1])
      if (sign === 0) found |= 2
      if (sign >= 0) break
      order[k] = order[k - 1]
      found |= 1
    }
    order[k] = member
  }
  return found
}`
}

/** Writes the state with the members in `order` to states[to…]. */
function emitArrange({ families, members, stateWords }: Ground): string {
  const count = members.names.length
  const changed = new Array<number>(stateWords).fill(0)
  const lines: string[] = []
  for (const [f, { arity, width, leaves, values }] of families.entries()) {
    for (const { members: slots, leaf, within } of leaves) {
      changed[leaf.word] = (changed[leaf.word] ?? 0) | (maskOf(width) << leaf.shift)
      const from = slots.map((slot, i) => `o${slot}${i === 0 ? '' : ` * ${count ** i}`}`).join(' + ')
      const read = (name: string, leaf: Leaf): string => {
        if (arity === 0) return readLeaf(leaf)
        const shift = name === '' ? `shift${f}` : `${name}Shift${f}`
        return `(states[at + ${name === '' ? 'word' : `${name}Word`}${f}[${from}]] >>> ${shift}[${from}] & ${maskOf(leaf.width)})`
      }
      const old = read('', leaf)
      const isThere = within === null ? '' : `${read('length', within.length)} <= ${within.position} ? 0 : `
      const now = values === null ? old : `(${isThere}swapped${f}(${old}))`
      lines.push(`w${leaf.word} |= ${now} << ${leaf.shift}`)
    }
  }
  const words = Array.from({ length: stateWords }, (_, w) => w)
  const kept = words.map((w) => `let w${w} = states[at + ${w}] & ${~(changed[w] ?? 0)}`)
  return functionText(
    'arrange',
    'at, to',
    [
      ...members.names.map((_, m) => `const o${m} = order[${m}]`),
      ...members.names.map((_, m) => `slotOf[o${m}] = ${m}`),
      ...kept,
      ...lines,
      ...words.map((w) => `states[to + ${w}] = w${w}`),
    ],
    readNothing,
  )
}

/** Tries all orders of members with equal marks. */
function emitSettle({ members, stateWords, spares }: Ground): string {
  const slotEnds = members.sets.flatMap(({ first, count }) => Array.from({ length: count }, () => first + count))
  const [least, tried] = spares
  return `const slotEnds = Int32Array.of(${slotEnds.join(', ')})
const leastOrder = new Int32Array(${slotEnds.length})
let hasLeast = false
function tryOrder(at) {
  arrange(at, ${tried})
  if (hasLeast) {
    let w = 0
    while (w < ${stateWords} && states[${tried} + w] === states[${least} + w]) w++
    if (w === ${stateWords} || states[${tried} + w] > states[${least} + w]) return
  }
  hasLeast = true
  for (let w = 0; w < ${stateWords}; w++) states[${least} + w] = states[${tried} + w]
  for (let m = 0; m < ${slotEnds.length}; m++) leastOrder[m] = order[m]
}
function tryFrom(at, slot) {
  if (slot === ${slotEnds.length}) {
    tryOrder(at)
    return
  }
  const first = order[slot]
  for (let k = slot; k < slotEnds[slot] && (k === slot || compare(first, order[k]) === 0); k++) {
    order[slot] = order[k]
    order[k] = first
    tryFrom(at, slot + 1)
    order[k] = order[slot]
    order[slot] = first
  }
}
function settle(at) {
  hasLeast = false
  tryFrom(at, 0)
  for (let w = 0; w < ${stateWords}; w++) states[at + w] = states[${least} + w]
  for (let m = 0; m < ${slotEnds.length}; m++) order[m] = leastOrder[m]
}`
}
