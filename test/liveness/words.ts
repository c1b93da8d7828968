/**
 * Lasso words: letters that are read once, then letters that repeat for ever. A letter is a set of propositions, as bits;
 * a word is also a model that runs through it and cannot stop.
 */

import { type Automaton, reads } from '../../checker/liveness/automaton.ts'
import { normalForm } from '../../checker/liveness/formula.ts'
import { translate } from '../../checker/liveness/translate.ts'
import type { Ltl } from '../../src/model/ir.ts'
import { decideLasso } from '../../src/model/lasso.ts'
import { finish } from '../../src/model/parts.ts'
import { among, modelOf } from './graph.ts'

export interface Word {
  readonly prefix: readonly number[]
  readonly cycle: readonly number[]
}

const letterCount = 16

/** The proposition with this bit, in models whose states are letters. */
export function proposition(bit: number): Ltl {
  return among(
    Array.from({ length: letterCount }, (_, letter) => letter).filter((letter) => (letter & (1 << bit)) !== 0),
  )
}

/** The automaton of a formula over `proposition(0)`, `proposition(1)`, …; its letters are sets of their bits. */
export function automatonOf(
  formula: Ltl,
  isNegated = false,
): { readonly automaton: Automaton; readonly bits: readonly number[] } {
  const model = modelOf(letterGraph, [{ formula, fairness: [] }])
  const normal = normalForm(model, formula, isNegated)
  const keys = [0, 1, 2, 3].map((bit) => JSON.stringify(proposition(bit)))
  const own = model.properties.flatMap((p) => (p.kind === 'liveness' ? uniquePredicates(p.formula) : []))
  return {
    automaton: translate(normal.formula, normal.builder),
    bits: normal.alphabet.predicates.map((index) => keys.indexOf(own[index] ?? '')),
  }
}

const letterGraph = { stateCount: letterCount, instanceCount: 1, initial: [0], moves: [], outside: [] }

function uniquePredicates(f: Ltl): readonly string[] {
  const visit = (g: Ltl): readonly string[] => {
    if (g.kind === 'predicate') return [JSON.stringify(g)]
    if (g.kind === 'taken') return []
    if ('fs' in g) return g.fs.flatMap(visit)
    return 'f' in g ? visit(g.f) : [...visit(g.left), ...visit(g.right)]
  }
  return [...new Set(visit(f))]
}

/** Does the automaton accept the word? Its states are followed through the prefix, then around the cycle with the marks met. */
export function accepts(automaton: Automaton, word: Word): boolean {
  let current: ReadonlySet<number> = new Set([0])
  for (const letter of word.prefix)
    current = new Set([...current].flatMap((q) => step(automaton, q, letter).map((t) => t.target)))
  const around = (q: number): readonly (readonly [number, number])[] =>
    word.cycle.reduce<readonly (readonly [number, number])[]>(
      (pairs, letter) =>
        unique(
          pairs.flatMap(([p, marks]) => step(automaton, p, letter).map((t) => [t.target, marks | t.marks] as const)),
        ),
      [[q, 0]],
    )
  const starts = reach(
    [...current].map((q) => [q, 0] as const),
    ([q]) => around(q).map(([p]) => [p, 0] as const),
  )
  return starts.some(([start]) =>
    reach(around(start), ([q, marks]) => around(q).map(([p, more]) => [p, marks | more] as const)).some(
      ([q, marks]) => q === start && marks === automaton.allMarks,
    ),
  )
}

function step(automaton: Automaton, q: number, letter: number) {
  return (automaton.transitions[q] ?? []).filter((t) => reads(t, letter))
}

function unique<T extends readonly number[]>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [item.join(), item])).values()]
}

function reach<T extends readonly number[]>(from: readonly T[], next: (item: T) => readonly T[]): readonly T[] {
  const found = new Map(from.map((item) => [item.join(), item]))
  for (const item of found.values())
    for (const one of next(item)) if (!found.has(one.join())) found.set(one.join(), one)
  return [...found.values()]
}

/** The definition of the formula, read on the word. */
export function satisfies(word: Word, formula: Ltl): boolean {
  const letters = [...word.prefix, ...word.cycle]
  const states = [...letters, letters[word.prefix.length] ?? 0]
  const trace = {
    steps: states.map((x, i) => ({ instance: i === 0 ? null : 0, choices: [], state: { x } })),
    loop: word.prefix.length,
    shortest: true,
  }
  return finish(decideLasso(modelOf(letterGraph, []), trace, formula, [])).holds
}
