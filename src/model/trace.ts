/**
 * A trace: a finite run of a model as plain data, with the loop of a lasso if there is one.
 * It carries values, not packed words, so that it can be read, saved and certified without the checker.
 */

import type { Value } from './ir.ts'

/** A value for every variable of the model. */
export interface State {
  readonly [variable: string]: Value
}

/** What was chosen by the `choose` statements of a step, in the order of execution. */
export interface Choice {
  readonly name: string
  readonly value: Value
}

export interface TraceStep {
  /** Index into `Model.instances`; null for the initial state. */
  readonly instance: number | null
  readonly choices: readonly Choice[]
  /** The state after the step. A step that raises a model error has none: its state repeats the one before. */
  readonly state: State
}

export interface Trace {
  /** The first entry is an initial state. */
  readonly steps: readonly TraceStep[]
  /** After the last entry the run goes on from this entry (its index); null when the trace is finite. A stop is a loop of length 0: the last index. */
  readonly loop: number | null
  /** True when no shorter one exists. */
  readonly shortest: boolean
}
