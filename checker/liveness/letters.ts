/**
 * What the automaton reads: for each state its predicates, for each step what is taken, and which transitions of the
 * automaton go with that.
 */

import { type Automaton, hasAcceptingRun, reads, type Transition } from './automaton.ts'
import type { Alphabet } from './formula.ts'
import type { StateGraph } from './state-graph.ts'

export interface Letters {
  /** What a state contributes to the letter that is read when it is left; of one that belongs to no behaviour, a letter that nothing reads. */
  of(state: number): number
  /** Is there a bit that depends on the step? */
  readonly hasTaken: boolean
  /** Bits that a step adds to the letter when it changes the state. */
  taken(instance: number): number
  /** Transitions of an automaton state that may be taken on a letter whose `taken` bits are still open. */
  choices(automatonState: number, letter: number): readonly Transition[]
  /** By automaton state: how it goes on wherever it can go on, if that does not depend on the letter. */
  readonly only: readonly (readonly Transition[] | null)[]
  /** True when a letter, `taken` bits still open, may lead from automaton state 0 to another. */
  leaves(letter: number): boolean
  /** True when an accepting run reads this letter, of a state that belongs to behaviours, and nothing is taken, for ever. */
  endures(automatonState: number, letter: number): boolean
}

/** Above this many predicates, what belongs to a letter is looked up by hashing. */
const maxTableBits = 14

export function createLetters(graph: StateGraph, automaton: Automaton, alphabet: Alphabet): Letters {
  const { transitions } = automaton
  const predicateMask = 2 ** alphabet.predicates.length - 1
  const hasTaken = alphabet.taken.length > 0
  const takenOf = takenBitsOf(graph, alphabet)
  const hasTable = alphabet.predicates.length <= maxTableBits
  const only = transitions.map((ts) => (ts.length === 1 && !hasTaken ? ts : null))
  const of = only.slice(1).every((ts) => ts !== null) ? evaluator(graph, alphabet) : remembered(graph, alphabet)
  const unread = unreadLetter(alphabet)
  const choices = transitions.map((ts) =>
    memo(hasTable, (letter) =>
      letter === unread
        ? []
        : ts.filter(({ on, off }) => (letter & on) === (on & predicateMask) && (letter & off & predicateMask) === 0),
    ),
  )
  const enduring = memo(hasTable, (letter) => hasAcceptingRun(automaton, (t) => reads(t, letter)))
  const choicesOf = (q: number, letter: number): readonly Transition[] => choices[q]?.(letter) ?? []
  return {
    of,
    hasTaken,
    taken: (instance) => takenOf[instance] as number,
    choices: choicesOf,
    only,
    leaves: memo(hasTable, (letter) => choicesOf(0, letter).some((t) => t.target !== 0)),
    endures: (q, letter) => enduring(letter)[q] === true,
  }
}

/** Transitions that may be taken in a node. Requires that it is one. */
export function choicesIn(letters: Letters, state: number, automatonState: number): readonly Transition[] {
  return letters.only[automatonState] ?? letters.choices(automatonState, letters.of(state))
}

function memo<T>(hasTable: boolean, compute: (letter: number) => T): (letter: number) => T {
  const table: (T | undefined)[] = []
  const map = new Map<number, T>()
  return (letter) => {
    const known = hasTable ? table[letter] : map.get(letter)
    if (known !== undefined) return known
    const found = compute(letter)
    if (hasTable) table[letter] = found
    else map.set(letter, found)
    return found
  }
}

/** The first number above all letters of states. */
const unreadLetter = ({ predicates }: Alphabet): number => 2 ** predicates.length

/** State predicates of a state, as bits. */
function evaluator(graph: StateGraph, alphabet: Alphabet): (state: number) => number {
  const { predicates } = alphabet
  const unread = unreadLetter(alphabet)
  return (state) => {
    const bits = graph.read(state, predicates)
    return bits < 0 ? unread : bits
  }
}

/** The same, each state evaluated once. */
function remembered(graph: StateGraph, alphabet: Alphabet): (state: number) => number {
  const evaluate = evaluator(graph, alphabet)
  const known = 2 ** (unreadLetter(alphabet) < 2 ** 7 ? 7 : 31)
  const letters = new (known === 2 ** 7 ? Uint8Array : Uint32Array)(graph.stateCount)
  return (state) => {
    const letter = letters[state] as number
    if (letter >= known) return letter & (known - 1)
    const found = evaluate(state)
    letters[state] = known + found
    return found
  }
}

function takenBitsOf(graph: StateGraph, alphabet: Alphabet): Int32Array {
  const bits = new Int32Array(graph.instanceCount)
  for (const [i, instances] of alphabet.taken.entries()) {
    for (const instance of instances) bits[instance] = (bits[instance] ?? 0) | (1 << (alphabet.predicates.length + i))
  }
  return bits
}
