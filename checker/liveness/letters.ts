/**
 * What the automaton reads: for each state its predicates, for each step what is taken, and which transitions of the
 * automaton go with that.
 */

import { type Automaton, canWait, hasAcceptingRun, reads, type Transition } from './automaton.ts'
import { type Edges, headAt } from './edges.ts'
import type { Alphabet } from './formula.ts'
import type { StateGraph } from './state-graph.ts'

export interface Letters {
  /**
   * What a state contributes to the letter that is read when it is left; of one that belongs to no behaviour, a letter that nothing reads.
   * `at`: where its record begins; anything where transitions were not recorded.
   */
  of(state: number, at: number): number
  /** Is there a bit that depends on the step? */
  readonly hasTaken: boolean
  /** Bits that a step adds to the letter when it changes the state. */
  taken(instance: number): number
  /** Transitions of an automaton state that may be taken on a letter whose `taken` bits are still open. */
  choices(automatonState: number, letter: number): readonly Transition[]
  /**
   * For each instance 1 if the only explicit automaton state (see Product), wherever it can go on, follows its steps that change the state, else 0;
   * null when there are more such states, or when that depends on the letter.
   */
  readonly follows: Uint8Array | null
  /** True when a letter, `taken` bits still open, may lead from automaton state 0 to another. */
  leaves(letter: number): boolean
  /** True when automaton state 1 is the only explicit one, and a state in which 0 may lead to it does so with every step that 1 follows. */
  readonly isAnticipated: boolean
  /** True when an accepting run reads this letter, of a state that belongs to behaviours, and nothing is taken, for ever. */
  endures(automatonState: number, letter: number): boolean
}

/** Above this many predicates, what belongs to a letter is looked up by hashing. */
const maxTableBits = 14

export function createLetters(graph: StateGraph, edges: Edges, automaton: Automaton, alphabet: Alphabet): Letters {
  const { transitions } = automaton
  const predicateMask = 2 ** alphabet.predicates.length - 1
  const hasTaken = alphabet.taken.length > 0
  const takenOf = takenBitsOf(graph, alphabet)
  const hasTable = alphabet.predicates.length <= maxTableBits
  const [only, ...others] = transitions.slice(canWait(automaton) ? 1 : 0)
  const follows = only === undefined || others.length > 0 ? null : steadyInstances(only, takenOf, predicateMask)
  const of = recordedLetters(edges, alphabet) ?? (follows === null ? remembered : evaluator)(graph, alphabet)
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
    follows,
    leaves: memo(hasTable, (letter) => choicesOf(0, letter).some((t) => t.target !== 0)),
    isAnticipated:
      follows !== null && transitions.length === 2 && anticipates(transitions[0] ?? [], only ?? [], predicateMask),
    endures: (q, letter) => enduring(letter)[q] === true,
  }
}

/** Do all transitions that lead from the first to the second of two automaton states read every step that one within the second does? */
function anticipates(into: readonly Transition[], within: readonly Transition[], predicateMask: number): boolean {
  const entering = into.filter(({ target }) => target === 1)
  return within.every((t) => entering.every((by) => (((by.on & ~t.on) | (by.off & ~t.off)) & ~predicateMask) === 0))
}

/** `Letters.follows`, for a state with these transitions. */
function steadyInstances(ts: readonly Transition[], takenOf: Int32Array, predicateMask: number): Uint8Array | null {
  const isRead = (t: Transition, taken: number): boolean => reads({ ...t, on: t.on & ~predicateMask }, taken)
  const numberRead = Uint8Array.from(takenOf, (taken) => ts.filter((t) => isRead(t, taken)).length)
  return numberRead.every((n) => n === 0 || n === ts.length) ? numberRead.map((n) => Math.min(n, 1)) : null
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

/** Read from the records of states; null when these do not tell. */
function recordedLetters(edges: Edges, alphabet: Alphabet): Letters['of'] | null {
  const { isRecorded, pool, countBits, propositions } = edges
  const shifts = Int32Array.from(alphabet.predicates, (p) => countBits + 1 + propositions.indexOf(p))
  if (!isRecorded || shifts.some((shift) => shift === countBits)) return null
  const unread = unreadLetter(alphabet)
  return (_, at) => {
    const head = headAt(pool, at)
    if (((head >>> countBits) & 1) === 1) return unread
    let letter = 0
    for (let i = 0; i < shifts.length; i++) letter |= ((head >>> (shifts[i] as number)) & 1) << i
    return letter
  }
}

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
