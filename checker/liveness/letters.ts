/**
 * What the automaton reads: for each state its predicates, for each step what is taken, and which transitions of the
 * automaton go with that.
 */

import { type Automaton, hasAcceptingRun, reads, type Transition } from './automaton.ts'
import type { Alphabet } from './formula.ts'
import type { StateGraph } from './state-graph.ts'

export interface Letters {
  /** What a state contributes to the letter that is read when it is left. */
  of(state: number): number
  /** Bits that a step adds to the letter when it changes the state. */
  taken(instance: number): number
  /** Transitions of an automaton state that may be taken on a letter whose `taken` bits are still open. */
  choices(automatonState: number, letter: number): readonly Transition[]
  /** True when an accepting run reads this letter, and nothing is taken, for ever. */
  endures(automatonState: number, letter: number): boolean
}

/** Above this many predicates, letters are looked up by hashing. */
const maxTableBits = 14

export function createLetters(graph: StateGraph, automaton: Automaton, alphabet: Alphabet): Letters {
  const letters = lettersOf(graph, alphabet)
  const takenOf = takenBitsOf(graph, alphabet)
  const width = automaton.transitions.length
  const predicateMask = 2 ** alphabet.predicates.length - 1
  const table: (readonly Transition[] | undefined)[] = []
  const map = new Map<number, readonly Transition[]>()
  const hasTable = alphabet.predicates.length <= maxTableBits
  const enduring = new Map<number, readonly boolean[]>()

  const choicesOf = (q: number, letter: number): readonly Transition[] =>
    (automaton.transitions[q] ?? []).filter(
      ({ on, off }) => (letter & on) === (on & predicateMask) && (letter & off & predicateMask) === 0,
    )
  return {
    of: (state) => letters[state] as number,
    taken: (instance) => takenOf[instance] as number,
    choices: (q, letter) => {
      const key = letter * width + q
      const known = hasTable ? table[key] : map.get(key)
      if (known !== undefined) return known
      const found = choicesOf(q, letter)
      if (hasTable) table[key] = found
      else map.set(key, found)
      return found
    },
    endures: (q, letter) => {
      const known = enduring.get(letter) ?? hasAcceptingRun(automaton, (t) => reads(t, letter))
      enduring.set(letter, known)
      return known[q] === true
    },
  }
}

/** State predicates of every state, as bits. */
function lettersOf(graph: StateGraph, alphabet: Alphabet): Uint8Array | Uint32Array {
  const letters = alphabet.predicates.length <= 8 ? new Uint8Array(graph.stateCount) : new Uint32Array(graph.stateCount)
  for (const [bit, proposition] of alphabet.predicates.entries()) {
    for (let state = 0; state < graph.stateCount; state++) {
      if (graph.holds(proposition, state)) letters[state] = (letters[state] as number) | (1 << bit)
    }
  }
  return letters
}

function takenBitsOf(graph: StateGraph, alphabet: Alphabet): Int32Array {
  const bits = new Int32Array(graph.instanceCount)
  for (const [i, instances] of alphabet.taken.entries()) {
    for (const instance of instances) bits[instance] = (bits[instance] ?? 0) | (1 << (alphabet.predicates.length + i))
  }
  return bits
}
