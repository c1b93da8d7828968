/**
 * What a model may do, by the reference evaluator: initial states, steps, and which limits held an instance back.
 */

import { assign, type Environment, environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { Expr, Instance, Model, Statement } from './ir.ts'
import { finish, type Parts } from './parts.ts'
import type { Choice, State } from './trace.ts'
import { canonicalJson } from './values.ts'

/** A claim inside an effect that did not hold where it stands: what stands before it has been done. */
export interface FailedCheck {
  readonly message: string
  readonly condition: Expr
  readonly state: State
}

/** One way an instance can go on from a state. */
export type Outcome =
  | {
      readonly instance: number
      readonly choices: readonly Choice[]
      readonly state: State
      readonly failedChecks: readonly FailedCheck[]
    }
  | { readonly instance: number; readonly choices: readonly Choice[]; readonly error: ModelError }

interface Run {
  readonly state: State
  readonly choices: readonly Choice[]
  readonly failedChecks: readonly FailedCheck[]
}

type Ended = Run | { readonly choices: readonly Choice[]; readonly error: ModelError }

/** Every outcome of running statements in order from a state; one that raises an error ends there. */
export function runAll(model: Model, statements: readonly Statement[], start: Run): readonly Ended[] {
  let runs: readonly Ended[] = [start]
  for (const statement of statements) {
    runs = runs.flatMap((run) => {
      if ('error' in run) return [run]
      try {
        return runOne(model, statement, run, environmentOf(model, run.state))
      } catch (error) {
        if (error instanceof ModelError) return [{ choices: run.choices, error: error.metIn(statement) }]
        throw error
      }
    })
  }
  return runs
}

function runOne(model: Model, statement: Statement, run: Run, env: Environment): readonly Ended[] {
  switch (statement.kind) {
    case 'assign':
      return [{ ...run, state: assign(statement.place, evaluate(statement.e, env), env) }]
    case 'check':
      if (evaluate(statement.condition, env) === true) return [run]
      return [{ ...run, failedChecks: [...run.failedChecks, { ...statement, state: run.state }] }]
    case 'when':
      return runAll(model, evaluate(statement.condition, env) === true ? statement.then : statement.otherwise, run)
    case 'choose':
      return statement.alternatives.flatMap((alternative): readonly Ended[] => {
        const choices = [...run.choices, { name: statement.name, value: alternative.value }]
        try {
          if (alternative.given !== null && evaluate(alternative.given, env) !== true) return []
        } catch (error) {
          if (error instanceof ModelError) return [{ choices, error: error.metIn(statement) }]
          throw error
        }
        return runAll(model, alternative.then, { ...run, choices })
      })
  }
}

/** Whether this check fails on the way. */
export function failsCheck(outcome: Outcome, message: string): boolean {
  return 'failedChecks' in outcome && outcome.failedChecks.some((failed) => failed.message === message)
}

/** Every variable as it is declared to start. */
export function initialValues(model: Model): State {
  return Object.fromEntries(model.variables.map((v) => [v.name, v.initial]))
}

/**
 * Initial states one by one, in the order of the choices that lead to them: one may come several times. Throws `ModelError`.
 * The statements from this one on are still to be run, from this state.
 */
export function* eachInitialState(model: Model, from = 0, state = initialValues(model)): Generator<State, void> {
  const statement = model.initially[from]
  if (statement === undefined) {
    yield state
    return
  }
  for (const run of runAll(model, [statement], { state, choices: [], failedChecks: [] })) {
    if ('error' in run) throw run.error
    yield* eachInitialState(model, from + 1, run.state)
  }
}

/** Distinct initial states in the same order; the first so many of them. Throws `ModelError`. */
export function initialStates(model: Model, most = Number.POSITIVE_INFINITY): readonly State[] {
  return finish(listInitialStates(model, most))
}

/** The same, in parts. */
export function* listInitialStates(model: Model, most = Number.POSITIVE_INFINITY): Parts<readonly State[]> {
  const found = new Map<string, State>()
  for (const state of eachInitialState(model)) {
    yield
    if (found.size >= most) break
    const key = canonicalJson(state)
    if (!found.has(key)) found.set(key, state)
  }
  return [...found.values()]
}

/** `enabled`; `disabled`; or the index of the first assumption that alone holds the instance back. */
function judgeGuard(instance: Instance, env: Environment): 'enabled' | 'disabled' | number {
  for (const conjunct of instance.guard) {
    if (conjunct.assumption === null && evaluate(conjunct.e, env) !== true) return 'disabled'
  }
  for (const conjunct of instance.guard) {
    if (conjunct.assumption !== null && evaluate(conjunct.e, env) !== true) return conjunct.assumption
  }
  return 'enabled'
}

/** True where every `within` assumption holds. */
export function isWithin(model: Model, state: State): boolean {
  return heldWithin(model, state) === -1
}

/** The first `within` assumption that fails, or -1. */
function heldWithin(model: Model, state: State): number {
  const env = environmentOf(model, state)
  return model.assumptions.findIndex((a) => a.kind === 'within' && evaluate(a.predicate, env) !== true)
}

/** All outcomes in instance order; none outside a `within` assumption. */
export function successors(model: Model, state: State): readonly Outcome[] {
  if (!isWithin(model, state)) return []
  const env = environmentOf(model, state)
  return model.instances.flatMap((_, index) => outcomesOf(model, index, env))
}

/** Those of one instance. */
export function successorsBy(model: Model, state: State, instance: number): readonly Outcome[] {
  return isWithin(model, state) ? outcomesOf(model, instance, environmentOf(model, state)) : []
}

function outcomesOf(model: Model, index: number, env: Environment): readonly Outcome[] {
  const instance = model.instances[index]
  if (instance === undefined) return []
  try {
    if (judgeGuard(instance, env) !== 'enabled') return []
  } catch (error) {
    if (error instanceof ModelError) return [{ instance: index, choices: [], error }]
    throw error
  }
  const start = { state: env.state, choices: [], failedChecks: [] }
  return runAll(model, instance.effect, start).map((ended) => ({ instance: index, ...ended }))
}

/**
 * For each assumption: how many instances it alone holds back here; for `within` 1 if this state is outside. What raises
 * a model error is not held back.
 */
export function heldAssumptions(model: Model, state: State): readonly number[] {
  const held = model.assumptions.map(() => 0)
  const count = (judge: () => number | 'enabled' | 'disabled'): boolean => {
    try {
      const judged = judge()
      if (typeof judged !== 'number' || judged === -1) return false
      held[judged] = (held[judged] ?? 0) + 1
    } catch (error) {
      if (!(error instanceof ModelError)) throw error
    }
    return true
  }
  if (count(() => heldWithin(model, state))) return held
  const env = environmentOf(model, state)
  for (const instance of model.instances) count(() => judgeGuard(instance, env))
  return held
}

/** Truth of a predicate in a state. Throws `ModelError`. */
export function holdsIn(model: Model, e: Expr, state: State, next: State | null = null): boolean {
  return evaluate(e, environmentOf(model, state, next)) === true
}

/** No instance is enabled, inside all `within` assumptions. */
export function isStuck(model: Model, state: State): boolean {
  return isWithin(model, state) && successors(model, state).length === 0
}
