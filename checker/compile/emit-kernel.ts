/**
 * The kernel of a model as readable JavaScript: `expand`, specialised for each instance and dispatched on program
 * counters; `judge`, `violates`, `holds`, `digest`.
 *
 * The text keeps to integers of at most 53 bits, booleans, arrays of 32-bit words whose sizes are known, and functions of these: no
 * objects, no closures.
 *
 * It is written function by function, so that somebody may translate what is written while the rest is being written.
 */

import { guarded, indent, type Line, type Lines, lengthOf, newDeclarations, resetNames } from './block.ts'
import { mayFail } from './code.ts'
import { comment } from './comment.ts'
import { emitCanonical } from './emit-canonical.ts'
import { emitEffect } from './emit-effect.ts'
import { connected, type Reader, readerAfter, scalar, scalarLines } from './emit-expr.ts'
import { emitHolds, emitJudge, emitLetter, emitViolates, emitWithin } from './emit-judge.ts'
import { emitStubborn } from './emit-stubborn.ts'
import { arrayLines, batchSize, successorsAt } from './kernel-arrays.ts'
import { functionText, type KernelInput, readerOf, scalarBits, wordReads } from './kernel-input.ts'

const helpers = `function bitOf(i, m) { return i >>> 5 === m ? 1 << (i & 31) : 0 }
function bitCount(mask) {
  const pairs = mask - (mask >>> 1 & 0x55555555) | 0
  const fours = (pairs & 0x33333333) + (pairs >>> 2 & 0x33333333)
  return Math.imul(fours + (fours >>> 4) & 0x0f0f0f0f, 0x01010101) >>> 24
}`

/** Hears some declarations, which stand after all that it has heard before. */
export type HearText = (text: string) => void

export function emitKernel(input: KernelInput, hear: HearText): void {
  resetNames()
  const { layout, counters, maxSuccessors } = input
  const { interference, members, omitsStuttering } = input.following
  const offered = ['states', 'tags', 'counters', 'lanes', 'ends', 'newOnes', 'expand', 'expandBatch']
  offered.push('judge', 'judgeBatch', 'digest', 'violates', 'holds', 'isWithin', 'letter', 'isDeadlock')
  if (interference !== null) offered.push('choose', 'fresh', 'chosen', 'raised')
  if (members !== null) offered.push('expandAsIs', 'canonicalise', 'order')
  const { stateWords } = layout
  const arrays = arrayLines({
    stateWords,
    maxSuccessors,
    counterLength: counters.length,
    tellsRaised: interference !== null,
  })
  const variables = omitsStuttering ? ['let stuttered = false'] : []
  const write: HearText = (text) => {
    const declarations = newDeclarations()
    hear([...(declarations.length === 0 ? [] : [declarations.join('\n')]), text].join('\n\n'))
  }
  write([...arrays, ...variables].join('\n'))
  write(helpers)
  write(emitStep(input))
  if (stateWords >= fewestCopied) write(emitCopy(stateWords))
  emitExpand(input, write)
  if (members !== null) {
    write(emitCanonical(input, members))
    write(emitCanonicalExpand(stateWords))
  }
  for (const emit of [emitExpandBatch, emitJudge]) write(emit(input))
  for (const emit of [emitDigest, emitJudgeBatch]) write(emit(stateWords))
  for (const emit of [emitViolates, emitHolds, emitWithin, emitLetter, emitDeadlock]) write(emit(input))
  if (interference !== null) write(emitStubborn(input, interference))
  write(`return { ${offered.join(', ')} }`)
}

/** Step properties, judged on every pair of a state and its successor. */
function emitStep(input: KernelInput): string {
  const { model, counters, judged } = input
  const reader: Reader = { ...readerOf(input), next: (w) => `u${w}` }
  const lines = judged.flatMap((index) => {
    const property = model.properties[index]
    if (property?.kind !== 'step') return []
    const counter = `counters[${counters.byProperty + index}]++`
    const judging = scalarLines(property.relation, reader, (text) => `if (!${text}) ${counter}`)
    return guarded(judging, [`counters[${counters.modelError}]++`])
  })
  return functionText('judgeStep', 'base, at', lines, (body) => [...wordReads(body), ...wordReads(body, 'u', 'at')])
}

function hasStepProperties({ model, judged }: KernelInput): boolean {
  return judged.some((index) => model.properties[index]?.kind === 'step')
}

/** Above this many characters, each location gets a function of its own: the optimiser gives up on huge functions. */
const inlineLimit = 16_000

function emitExpand(input: KernelInput, write: HearText): void {
  const { model, dispatch, counters } = input
  const { cases, others } = dispatch
  const reader = readerOf(input)
  const parts = createParts(write)
  for (const one of cases) parts.add(one.instances.flatMap((i) => emitInstance(input, i, true)))
  for (const lines of chunks(others.map((i) => emitInstance(input, i, false)))) parts.add(lines)
  const variables = [...new Set(cases.map((one) => one.variable))]
  const switches = variables.flatMap((variable) => [
    `switch (${scalarBits(variable, reader)}) { ${comment(variable)}`,
    ...cases.flatMap((one, c) =>
      one.variable === variable
        ? [`  case ${one.ordinal}: {`, ...indent(indent(parts.all[c] ?? [])), '    break', '  }']
        : [],
    ),
    '}',
  ])
  const within = model.assumptions.flatMap((one, index) => {
    if (one.kind !== 'within') return []
    const held = `{ counters[${counters.heldByAssumption + index}]++; return 0 }`
    const test = scalarLines(one.predicate, reader, (text) => `if (!${text}) ${held}`)
    return guarded(test, [`counters[${counters.modelError}]++`, 'return 0'])
  })
  const stop = scalarLines(model.terminal, reader, (text) => `if (!${text}) counters[${counters.deadlock}]++`)
  const lines = [
    `const errors = counters[${counters.modelError}]`,
    ...(input.following.omitsStuttering ? ['stuttered = false'] : []),
    'let n = slot',
    ...within,
    ...switches,
    ...parts.all.slice(cases.length).flat(),
    `if (n === slot && counters[${counters.modelError}] === errors${input.following.omitsStuttering ? ' && !stuttered' : ''}) {`,
    `  counters[${counters.terminal}]++`,
    ...indent(guarded(stop, [`counters[${counters.modelError}]++`])),
    '}',
    'return n - slot',
  ]
  const name = input.following.members === null ? 'expand' : 'expandAsIs'
  write(functionText(name, 'base, slot', lines))
}

interface Parts {
  add(lines: Lines): void
  /** What `expand` does for each: all of it, or a call. */
  readonly all: readonly Lines[]
}

/** Once they are too long for one function, each becomes a function of its own, at once. */
function createParts(write: HearText): Parts {
  const all: Lines[] = []
  let length = 0
  let count = 0
  const apart = (lines: Lines): Lines => {
    const name = `part${count++}`
    write(functionText(name, 'base, n', [...lines, 'return n']))
    return [`n = ${name}(base, n)`]
  }
  return {
    all,
    add: (lines) => {
      const before = length
      length += lengthOf(lines)
      if (length <= inlineLimit) {
        all.push(lines)
        return
      }
      if (before <= inlineLimit) all.splice(0, all.length, ...all.map(apart))
      all.push(apart(lines))
    },
  }
}

function emitCanonicalExpand(stateWords: number): string {
  return functionText('expand', 'base, slot', [
    'const count = expandAsIs(base, slot)',
    `for (let k = slot; k < slot + count; k++) canonicalise(${successorText('k', stateWords)})`,
    'return count',
  ])
}

/** The word of `states` where a successor begins. */
function successorText(slot: string, stateWords: number): string {
  return `${slot} * ${stateWords} + ${successorsAt(stateWords)}`
}

function emitExpandBatch({ layout, counters, following }: KernelInput): string {
  const expand = [`n += expand(k * ${layout.stateWords}, n)`, 'ends[k] = n']
  const errors = `counters[${counters.modelError}]`
  const step =
    following.interference === null ? expand : [`const errors = ${errors}`, ...expand, `raised[k] = ${errors} - errors`]
  return functionText('expandBatch', 'from, to, slot', [
    'let k = from, n = slot',
    `while (k < to && n < ${batchSize}) {`,
    ...indent([...step, 'k++']),
    '}',
    'return k',
  ])
}

/** Neighbouring instances without a location share a function up to a moderate size. */
function chunks(parts: readonly Lines[]): readonly Lines[] {
  const groups: Line[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const part of parts) {
    const own = lengthOf(part)
    if (size + own > 4000) {
      groups.push([])
      size = 0
    }
    groups.at(-1)?.push(...part)
    size += own
  }
  return groups
}

/** One instance: guard, limits, effect. Its own conjuncts come before those of assumptions. */
function emitInstance(input: KernelInput, index: number, isDispatched: boolean): Lines {
  const { model, layout, counters } = input
  const instance = model.instances[index]
  if (instance === undefined) return []
  const reader = readerOf(input)
  const generated = `counters[${counters.generatedBy[index]}]++`
  // Steps of a thread go elsewhere, but for a few: asking costs more than it saves.
  const isAsked = input.following.omitsStuttering && !isDispatched
  const effect = emitEffect(instance.effect, {
    repeatsWords: isAsked,
    scope: reader.scope,
    layout,
    readOld: reader.read,
    writeSuccessor: (words) => {
      const write = [
        ...storesOf(words, reader),
        ...(hasStepProperties(input) ? [`judgeStep(base, ${successorText('n', layout.stateWords)})`] : []),
        `tags[n++] = ${index}`,
      ]
      return [...(isAsked ? unlessStuttering(words, reader, write) : write), generated]
    },
    countError: [`counters[${counters.modelError}]++`, generated],
    checkCounter: (message) => `counters[${counters.byCheck + counters.checks.indexOf(message)}]`,
  })
  const own = instance.guard.filter((conjunct, i) => conjunct.assumption === null && !(isDispatched && i === 0))
  const limits = instance.guard.filter((conjunct) => conjunct.assumption !== null)
  const beforeLimits: Line[] = []
  const limitReader = readerAfter(
    beforeLimits,
    limits.map(({ e }) => e),
    reader,
  )
  const held = limits.map(
    (conjunct) =>
      `if (!${scalar(conjunct.e, limitReader)}) counters[${counters.heldByAssumption + (conjunct.assumption ?? 0)}]++\nelse `,
  )
  const limited: Lines = [...beforeLimits, `${held.join('')}{`, ...indent(effect), '}']
  const asked = own.map(({ e }) => e)
  const beforeTests: Line[] = []
  const tests = connected('and', asked, readerAfter(beforeTests, asked, reader)).filter((text) => text !== 'true')
  const guarding = tests.length === 0 ? null : `if (${tests.join(' && ')}) {`
  const guardedEffect = held.length === 0 ? effect : limited
  const lines: Lines = guarding === null ? limited : [...beforeTests, guarding, ...indent(guardedEffect), '}']
  const isGuardFailing = [...tests, ...held].some(mayFail)
  const lane = instance.lane === null ? '' : `${instance.lane} `
  return [
    comment(`${lane}${model.actions[instance.action]?.name ?? ''} ${JSON.stringify(instance.binding)}`),
    ...(isGuardFailing ? guarded(lines, [`counters[${counters.modelError}]++`, generated]) : lines),
  ]
}

/** From so many words on that a state and its successor share, to call a function that copies the state takes less text and no more time. */
const fewestCopied = 3

/** The lines that make these words a successor. */
function storesOf(words: readonly string[], reader: Reader): readonly string[] {
  const { stateWords } = reader.layout
  const stores = words.map((text, w) => `states[n * ${stateWords} + ${successorsAt(stateWords) + w}] = ${text}`)
  const changes = stores.filter((_, w) => words[w] !== reader.read(w))
  return words.length - changes.length < fewestCopied ? stores : ['copy(base, n)', ...changes]
}

/** The state becomes a successor. */
function emitCopy(stateWords: number): string {
  return functionText('copy', 'base, n', [
    `states.copyWithin(${successorText('n', stateWords)}, base, base + ${stateWords})`,
  ])
}

/** Writes a successor if it differs from the state. */
function unlessStuttering(words: readonly string[], reader: Reader, write: Lines): Lines {
  const same = words.flatMap((text, w) => (text === reader.read(w) ? [] : [`${text} === ${reader.read(w)}`]))
  if (same.length === 0) return ['stuttered = true']
  return [`if (${same.join(' && ')}) stuttered = true`, 'else {', ...indent(write), '}']
}

/** Four independent multiply-and-shift hashes over the words, each summed modulo 2^32. */
function emitDigest(stateWords: number): string {
  const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]
  const multipliers = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f]
  const lines = seeds.flatMap((seed, lane) => [
    `h = ${seed | 0}`,
    ...Array.from({ length: stateWords }, (_, w) => [
      `h = Math.imul(h ^ s${w}, ${(multipliers[lane] ?? 1) | 0})`,
      'h ^= h >>> 15',
    ]).flat(),
    'h = Math.imul(h, 0x2c1b3c6d)',
    'h ^= h >>> 12',
    `lanes[${lane}] += Math.imul(h, 0x297a2d39)`,
  ])
  return functionText('digest', 'base', ['let h = 0', ...lines])
}

function emitJudgeBatch(stateWords: number): string {
  return functionText('judgeBatch', 'count', [
    'for (let i = 0; i < count; i++) {',
    ...indent([`const base = ${successorText('newOnes[i]', stateWords)}`, 'judge(base)', 'digest(base)']),
    '}',
  ])
}

function emitDeadlock({ counters }: KernelInput): string {
  return functionText('isDeadlock', 'base', [
    `const before = counters[${counters.deadlock}]`,
    'expand(base, 0)',
    `return counters[${counters.deadlock}] !== before`,
  ])
}
