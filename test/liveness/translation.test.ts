/**
 * Automata accept what their formulas mean: on all short lassos, and on published words.
 */

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Automaton } from '../../checker/liveness/automaton.ts'
import type { Ltl } from '../../src/model/ir.ts'
import { parseLtl } from './parse.ts'
import { createRandom, seedOfRun } from './random.ts'
import { randomFormula } from './random-formula.ts'
import { accepts, automatonOf, proposition, satisfies, type Word } from './words.ts'

/** All sequences of at least `least` and at most `most` letters over two propositions. */
function sequences(least: number, most: number): readonly (readonly number[])[] {
  const ofLength = (n: number): readonly (readonly number[])[] =>
    n === 0 ? [[]] : ofLength(n - 1).flatMap((rest) => [0, 1, 2, 3].map((letter) => [...rest, letter]))
  return Array.from({ length: most - least + 1 }, (_, i) => ofLength(least + i)).flat()
}

const words: readonly Word[] = sequences(0, 2).flatMap((prefix) => sequences(1, 2).map((cycle) => ({ prefix, cycle })))

/** The letters of a word as the automaton numbers its propositions. */
function renumber(word: Word, bits: readonly number[]): Word {
  const letter = (from: number): number => bits.reduce((sum, bit, i) => sum | (((from >> bit) & 1) << i), 0)
  return { prefix: word.prefix.map(letter), cycle: word.cycle.map(letter) }
}

const isAccepted = (
  { automaton, bits }: { readonly automaton: Automaton; readonly bits: readonly number[] },
  word: Word,
) => accepts(automaton, renumber(word, bits))

describe(`the automaton of a random formula (SEED=${seedOfRun})`, () => {
  it('accepts exactly the short lassos that satisfy it, and that of its negation the others', () => {
    const atoms: readonly [Ltl, ...Ltl[]] = [proposition(0), proposition(1), { kind: 'and', fs: [] }]
    for (let seed = seedOfRun; seed < seedOfRun + 100; seed++) {
      const random = createRandom(seed)
      const formula = randomFormula(random, atoms, 1 + random.below(6))
      const [positive, negative] = [automatonOf(formula), automatonOf(formula, true)]
      const wrong = words.filter((word) => {
        const holds = satisfies(word, formula)
        return isAccepted(positive, word) !== holds || isAccepted(negative, word) === holds
      })
      expect(wrong, `SEED=${seed} ${JSON.stringify(formula)}`).toEqual([])
    }
  })
})

interface Row {
  readonly formula: string
  /** A word as `letter … ( letter … )`, the cycle in parentheses, `-` for the empty letter. */
  readonly words: readonly { readonly word: string; readonly holds: boolean }[]
}

const rows: readonly Row[] = JSON.parse(readFileSync(new URL('data/lassos.json', import.meta.url), 'utf8'))

function parseWord(text: string): Word {
  const letters = (part: string): readonly number[] =>
    (part.match(/[a-c]+|-/g) ?? []).map((letter) =>
      [...letter].reduce((sum, c) => sum | (c === '-' ? 0 : 1 << 'abc'.indexOf(c)), 0),
    )
  const [prefix = '', cycle = ''] = text.split('(')
  return { prefix: letters(prefix), cycle: letters(cycle) }
}

describe('words whose verdict was cross-checked with Spot', () => {
  it.each(['the definition', 'the automaton', 'the automaton of the negation'])('are decided by %s', (by) => {
    let decided = 0
    for (const { formula: text, words } of rows) {
      const formula = parseLtl(text, (name) => proposition('abc'.indexOf(name)))
      const found = by === 'the definition' ? null : automatonOf(formula, by !== 'the automaton')
      for (const { word, holds } of words) {
        const read = parseWord(word)
        const verdict = found === null ? satisfies(read, formula) : isAccepted(found, read)
        expect(verdict, `${text} on ${word}`).toBe(by === 'the automaton of the negation' ? !holds : holds)
        decided++
      }
    }
    expect(decided).toBe(1000)
  })
})
