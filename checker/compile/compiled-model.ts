/**
 * The seam between the compiler and the search: integers only. Nothing above it knows an expression,
 * nothing below it knows a thread, a hash or a level.
 *
 * A compiled model is plain data (it is sent to worker threads once); each thread turns `source` into its own
 * `Kernel` by `createKernel`.
 */

/** One word of a state vector is 32 bits; a state occupies `stateWords` consecutive words of an Int32Array. */
export interface CompiledModel {
  readonly stateWords: number
  /** Bits in use, for the report. */
  readonly stateBits: number
  readonly instanceCount: number
  /** Distinct initial states, [count × stateWords], in canonical order of the choices that lead to them. */
  readonly initialStates: Int32Array
  /** Readable JavaScript: the body of `function (counters) { ...; return kernel }`. */
  readonly source: string
  /** Possible states, few of them reachable, on which the kernel is run to make it fast: see `rehearsalOf`. [count × stateWords] */
  readonly rehearsal: Int32Array
  /** Upper bound of the successors that one call of `expand` can write. */
  readonly maxSuccessors: number
  readonly counters: CounterLayout
  /** Whether the kernel can choose a part of the successors that is enough. */
  readonly isReduced: boolean
  /** Whether the kernel puts one state in the place of all that differ by swaps of members. Then initial states are such too. */
  readonly isSymmetric: boolean
}

/**
 * Offsets into the counters, an Int32Array owned by one thread. Each is only ever incremented by the kernel;
 * the search adds them up and clears them when a level closes (so none can overflow: at most 2^31 events a level).
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

/** What the generated code offers. `base` is the word offset of a state in `states`. */
export interface Kernel {
  /**
   * Writes every successor of the state, each `stateWords` words, to `out` from successor slot `slot` on, and the index of the
   * instance that made it to `tags[slot…]`; returns how many. An instance with several outcomes writes each.
   * Successors whose transition raised a model error are not written but counted as generated; nor, if no property judged speaks of steps, are
   * those that equal the state, if an action by itself made them. A state outside a `within` assumption has none.
   */
  expand(states: Int32Array, base: number, out: Int32Array, tags: Int32Array, slot: number): number
  /** Judges invariants, `reachable` and measures on one state, and whether temporal formulas can be read there: counters only. */
  judge(states: Int32Array, base: number): void
  /** Canonical encoding of the state, hashed to 128 bits, which are added (each word modulo 2^32) to lanes[0..3]. */
  digest(states: Int32Array, base: number, lanes: Int32Array): void
  /** Why a level's counters rose: true if property `index` of kind invariant/reachable is false/true in this state (an error while judging: false). */
  violates(states: Int32Array, base: number, property: number): boolean
  /** Truth of an atomic proposition, by index into `propositionsOf(model)` (an error while judging: false). */
  holds(states: Int32Array, base: number, proposition: number): boolean
  /** True inside all `within` assumptions. */
  isWithin(states: Int32Array, base: number): boolean
  /** True if no instance is enabled (no outcome and no error) and `terminal` is false. */
  isDeadlock(states: Int32Array, base: number): boolean
  /**
   * Only if `isReduced`: given the instances that made all successors of the state (tags[from … to-1]; no error was raised), puts a
   * subset that is enough, with one of `fresh`, into `chosen`; false if there is none but all of them. Both are bit masks.
   */
  choose(states: Int32Array, base: number, tags: Int32Array, from: number, to: number): boolean
  readonly fresh: Int32Array
  readonly chosen: Int32Array
  /** Only if `isSymmetric`: `expand` without `canonicalise`. */
  expandAsIs(states: Int32Array, base: number, out: Int32Array, tags: Int32Array, slot: number): number
  /**
   * Only if `isSymmetric`: writes the one state of its orbit in the place of words[at…], and to `order`, [members], which member took
   * the place of each. `expand` does so with every successor.
   */
  canonicalise(words: Int32Array, at: number): void
  readonly order: Int32Array
}

export function createKernel(compiled: Pick<CompiledModel, 'source'>, counters: Int32Array): Kernel {
  return new Function('counters', compiled.source)(counters)
}
