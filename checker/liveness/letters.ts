/**
 * What the automaton reads: for each state its predicates, for each step what is taken, and which transitions of the
 * automaton go with that.
 */

import { type Automaton, canWait, hasAcceptingRun, reads, type Transition } from './automaton.ts'
import { type Edges, headAt } from './edges.ts'
import type { Alphabet } from './formula.ts'
import type { StateGraph } from './state-graph.ts'

/** Data, not closures: those of a second property would take the code in which the first one's were optimised its optimised form. */
export interface Letters {
  /** Where the record of a state tells its letter: how far each predicate's bit is shifted there; null: it does not. */
  readonly shifts: Int32Array | null
  readonly pool: Int32Array
  readonly countBits: number
  /** The same by asking the state. */
  readonly evaluate: (state: number) => number
  /** The letter of a state that belongs to no behaviour, which nothing reads: the first number above all others. */
  readonly unread: number
  /** Is there a bit that depends on the step? */
  readonly hasTaken: boolean
  /** Bits that a step adds to the letter when it changes the state, by instance. */
  readonly taken: Int32Array
  /** By automaton state. */
  readonly choices: readonly Memo<readonly Transition[]>[]
  readonly leaving: Memo<boolean>
  readonly enduring: Memo<readonly boolean[]>
  /**
   * For each instance 1 if the only explicit automaton state (see Product), wherever it can go on, follows its steps that change the state, else 0;
   * null when there are more such states, or when that depends on the letter.
   */
  readonly follows: Uint8Array | null
  /** True when automaton state 1 is the only explicit one, and a state in which 0 may lead to it does so with every step that 1 follows. */
  readonly isAnticipated: boolean
}

export function createLetters(graph: StateGraph, edges: Edges, automaton: Automaton, alphabet: Alphabet): Letters {
  const { transitions } = automaton
  const predicateMask = 2 ** alphabet.predicates.length - 1
  const taken = takenBitsOf(graph, alphabet)
  const hasTable = alphabet.predicates.length <= maxTableBits
  const [only, ...others] = transitions.slice(canWait(automaton) ? 1 : 0)
  const follows = only === undefined || others.length > 0 ? null : steadyInstances(only, taken, predicateMask)
  const shifts = shiftsIn(edges, alphabet)
  const unread = 2 ** alphabet.predicates.length
  // With `follows` a state is read once; without, again for each transition that leads to it.
  const evaluatorOf = (shifts === null || !edges.isRecorded) && follows === null ? remembered : evaluator
  const isRead = (t: Transition, letter: number): boolean =>
    letter !== unread && (letter & t.on) === (t.on & predicateMask) && (letter & t.off & predicateMask) === 0
  return {
    shifts,
    pool: edges.pool,
    countBits: edges.countBits,
    unread,
    evaluate: evaluatorOf(graph, alphabet, unread),
    hasTaken: alphabet.taken.length > 0,
    taken,
    choices: transitions.map((ts) => createMemo(hasTable, (letter) => ts.filter((t) => isRead(t, letter)))),
    leaving: createMemo(
      hasTable,
      (letter) => transitions[0]?.some((t) => isRead(t, letter) && t.target !== 0) === true,
    ),
    enduring: createMemo(hasTable, (letter) => hasAcceptingRun(automaton, (t) => reads(t, letter))),
    follows,
    isAnticipated:
      follows !== null && transitions.length === 2 && anticipates(transitions[0] ?? [], only ?? [], predicateMask),
  }
}

/** What a state contributes to the letter that is read when it is left. `at`: where its record begins. */
export function letterAt({ shifts, pool, countBits, evaluate, unread }: Letters, state: number, at: number): number {
  if (shifts === null) return evaluate(state)
  const head = headAt(pool, at)
  if (((head >>> countBits) & 1) === 1) return unread
  let letter = 0
  for (let i = 0; i < shifts.length; i++) letter |= ((head >>> (shifts[i] as number)) & 1) << i
  return letter
}

const noChoices: readonly Transition[] = []

/** Transitions of an automaton state that may be taken on a letter whose `taken` bits are still open. */
export function choicesOf({ choices }: Letters, automatonState: number, letter: number): readonly Transition[] {
  const memo = choices[automatonState]
  return memo === undefined ? noChoices : recall(memo, letter)
}

/** True when a letter, `taken` bits still open, may lead from automaton state 0 to another. */
export function canLeave({ leaving }: Letters, letter: number): boolean {
  return recall(leaving, letter)
}

/** True when an accepting run reads this letter, of a state that belongs to behaviours, and nothing is taken, for ever. */
export function endures({ enduring }: Letters, automatonState: number, letter: number): boolean {
  return recall(enduring, letter)[automatonState] === true
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

/** What was computed for a letter, each once. */
interface Memo<T> {
  readonly table: (T | undefined)[]
  /** In place of the table, where that would be too large. */
  readonly map: Map<number, T> | null
  readonly compute: (letter: number) => T
}

/** Above this many predicates, what belongs to a letter is looked up by hashing. */
const maxTableBits = 14

function createMemo<T>(hasTable: boolean, compute: (letter: number) => T): Memo<T> {
  return { table: [], map: hasTable ? null : new Map(), compute }
}

function recall<T>({ table, map, compute }: Memo<T>, letter: number): T {
  const known = map === null ? table[letter] : map.get(letter)
  if (known !== undefined) return known
  const found = compute(letter)
  if (map === null) table[letter] = found
  else map.set(letter, found)
  return found
}

/** How far the bits of the predicates are shifted in records; null when these do not tell. */
function shiftsIn({ countBits, propositions }: Edges, { predicates }: Alphabet): Int32Array | null {
  const places = predicates.map((p) => propositions.indexOf(p))
  return !places.includes(-1) ? Int32Array.from(places, (place) => countBits + 1 + place) : null
}

/** State predicates of a state, as bits. */
function evaluator(graph: StateGraph, { predicates }: Alphabet, unread: number): (state: number) => number {
  return (state) => {
    const bits = graph.read(state, predicates)
    return bits < 0 ? unread : bits
  }
}

/** The same, each state evaluated once. */
function remembered(graph: StateGraph, alphabet: Alphabet, unread: number): (state: number) => number {
  const evaluate = evaluator(graph, alphabet, unread)
  // The highest bit says that the letter below it is known.
  const known = 2 ** (unread < 2 ** 7 ? 7 : 31)
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
