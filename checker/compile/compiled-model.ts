/**
 * The seam between the compiler and the search: integers only. Nothing above it knows an expression,
 * nothing below it knows a thread, a hash or a level.
 *
 * A compiled model is plain data (it is sent to worker threads once); each thread runs its `machine` as its own
 * `Kernel` by `createKernel`.
 */

import { type Machine, run, type Surroundings } from '../machine/machine.ts'
import { successorsAt } from './kernel-arrays.ts'

/** One word of a state vector is 32 bits; a state occupies `stateWords` consecutive words of an Int32Array. */
export interface CompiledModel {
  readonly stateWords: number
  /** Bits in use, for the report. */
  readonly stateBits: number
  readonly instanceCount: number
  /** For each instance its action, which is what credit is given to: [instanceCount]. */
  readonly actionOf: Int32Array
  readonly actionCount: number
  /** Distinct initial states, [count × stateWords], in canonical order of the choices that lead to them. */
  readonly initialStates: Int32Array
  /** The kernel's text, in the language of `machine/syntax.ts`: arrays and functions, and what of them is offered. */
  readonly source: string
  /** What the text was translated to. */
  readonly machine: Machine
  /** Upper bound of the successors that one call of `expand` can write. */
  readonly maxSuccessors: number
  /** What the kernel's `letter` tells of, by index into `propositionsOf(model)`: atoms of the liveness properties judged, as many as a record has room for. */
  readonly propositions: readonly number[]
  readonly counters: CounterLayout
  /** Whether the kernel can choose a part of the successors that is enough. */
  readonly isReduced: boolean
  /** Whether the kernel puts one state in the place of all that differ by swaps of members. Then initial states are such too. */
  readonly isSymmetric: boolean
}

/**
 * Offsets into the counters of a kernel. Each is only ever incremented by it; the search adds them up and clears them when a level
 * closes (so none can overflow: at most 2^31 events a level).
 */
export interface CounterLayout {
  readonly length: number
  /** generated[taker]: successors generated, for each of so many takers (takers.ts) from offset 0 on. */
  readonly takerCount: number
  /** For each instance the offset of its taker. */
  readonly generatedBy: readonly number[]
  /** held[assumption]: instances (limit, budget, depth) that only this assumption disabled; states not expanded (within). */
  readonly heldByAssumption: number
  /** violated[property]: by `Model.properties` index. invariant: states where it is false; step: transitions; reachable: states where it is true. */
  readonly byProperty: number
  /** failed[check]: transitions in which the check failed, by index into `checks`. */
  readonly byCheck: number
  readonly checks: readonly string[]
  /** Expanded states without any enabled instance, and those of them where `terminal` is false. */
  readonly terminal: number
  readonly deadlock: number
  /** Transitions, or states judged, that raised a model error. */
  readonly modelError: number
  /** Histograms: for each measure property with index p, counts of value `min + i` at `offset + i`. */
  readonly measures: readonly {
    readonly property: number
    readonly offset: number
    readonly min: number
    readonly count: number
  }[]
}

/**
 * What the generated code offers, and the arrays that it owns: at most `batchSize` states that are expanded, and slots for what they
 * lead to. `base` is the word of `states` where a state begins.
 */
export interface Kernel extends GeneratedKernel {
  /** The part of `states` that the successors have: slot i at word i × stateWords. */
  readonly successors: Int32Array
  /** Puts the state words[at…] in the first place of `states`; returns its base. */
  load(words: Int32Array, at: number): number
}

interface GeneratedKernel {
  readonly states: Int32Array
  /** By successor slot the index of the instance that made it. */
  readonly tags: Int32Array
  /** [CounterLayout.length] */
  readonly counters: Int32Array
  /** Sums of `digest`, [4]. */
  readonly lanes: Int32Array
  /**
   * Writes every successor of the state, each `stateWords` words, to `successors` from slot `slot` on, and its tag; returns how many. An
   * instance with several outcomes writes each. Successors whose transition raised a model error are not written but counted as
   * generated; nor, if no property judged speaks of steps, are those that equal the state, if an action by itself made them. A state
   * outside a `within` assumption has none.
   */
  expand(base: number, slot: number): number
  /**
   * Expands the states in the places `from` … `to`-1 to slots from `slot` on, until there are `batchSize` successors or more; returns the
   * place of the first that was not expanded. To `ends`, by place: the slot after the last successor. Only if `isReduced`, to `raised`: 0 if no
   * error was raised.
   */
  expandBatch(from: number, to: number, slot: number): number
  readonly ends: Int32Array
  readonly raised: Int32Array
  /** Judges invariants, `reachable` and measures on one state, and whether temporal formulas can be read there: counters only. */
  judge(base: number): void
  /** Canonical encoding of the state, hashed to 128 bits, which are added (each word modulo 2^32) to `lanes`. */
  digest(base: number): void
  /** Both of the successors in the first `count` slots that stand in `newOnes`. */
  judgeBatch(count: number): void
  readonly newOnes: Int32Array
  /** Why a level's counters rose: true if property `index` of kind invariant/reachable, one of those judged, is false/true in this state (an error while judging: false). */
  violates(base: number, property: number): boolean
  /** Truth of an atomic proposition, by index into `propositionsOf(model)`, of a liveness property that is judged (an error while judging: false). */
  holds(base: number, proposition: number): boolean
  /** Of a state, a bit each: whether it lies outside a `within` assumption, then, if it does not, which of `propositions` hold. */
  letter(base: number): number
  /** True inside all `within` assumptions. */
  isWithin(base: number): boolean
  /** True if no instance is enabled (no outcome and no error) and `terminal` is false. Expands the state to the first slots. */
  isDeadlock(base: number): boolean
  /**
   * Only if `isReduced`: given the instances that made all successors of the state (tags[from … to-1]; no error was raised), puts a
   * subset that is enough, with one of `fresh`, into `chosen`; false if there is none but all of them. Both are bit masks.
   */
  choose(base: number, from: number, to: number): boolean
  readonly fresh: Int32Array
  readonly chosen: Int32Array
  /** Only if `isSymmetric`: `expand` without `canonicalise`. */
  expandAsIs(base: number, slot: number): number
  /**
   * Only if `isSymmetric`: writes the one state of its orbit in the place of states[at…], and to `order`, [members], which member took
   * the place of each. `expand` does so with every successor.
   */
  canonicalise(at: number): void
  readonly order: Int32Array
}

const arrayNames = [
  'states',
  'tags',
  'counters',
  'lanes',
  'ends',
  'raised',
  'newOnes',
  'fresh',
  'chosen',
  'order',
] as const
const actions = [
  'expand',
  'expandBatch',
  'judge',
  'digest',
  'letter',
  'judgeBatch',
  'expandAsIs',
  'canonicalise',
] as const
const tests = ['violates', 'holds', 'isWithin', 'isDeadlock', 'choose'] as const

/** By default in a memory of its own. */
export function createKernel(
  { machine, stateWords }: Pick<CompiledModel, 'machine' | 'stateWords'>,
  surroundings?: Surroundings,
): Kernel {
  const running = run(machine, surroundings)
  // A number of the machine is no boolean.
  const test = (name: string): ((...inputs: readonly number[]) => boolean) => {
    const asked = running.function(name)
    return (...inputs) => asked(...inputs) !== 0
  }
  const generated = Object.fromEntries<unknown>([
    ...arrayNames.map((name) => [name, running.array(name)] as const),
    ...actions.map((name) => [name, running.function(name)] as const),
    ...tests.map((name) => [name, test(name)] as const),
  ]) as unknown as GeneratedKernel
  const { states } = generated
  return {
    ...generated,
    successors: states.subarray(successorsAt(stateWords)),
    load: (words, at) => {
      for (let w = 0; w < stateWords; w++) states[w] = words[at + w] as number
      return 0
    },
  }
}
