/**
 * Whether a state is initial, without listing those that are: a model that may start anywhere has more than can be listed. And
 * models that start in a state that is given.
 */

import { domainOf, type Scope, scopeOf } from './domain-of.ts'
import type { Expr, Model, Place, Statement, Value } from './ir.ts'
import { allStatements } from './statements.ts'
import { initialValues, runAll } from './step.ts'
import type { State } from './trace.ts'
import { equalValues, isListValue, isRecordValue } from './values.ts'

/**
 * Runs `initially` statement by statement, and leaves the runs that differ from the state in a part that no later statement
 * assigns. Throws `ModelError`.
 */
export function isInitialState(model: Model, state: State): boolean {
  const open = openAfter.get(model) ?? openAfterEach(model)
  openAfter.set(model, open)
  let runs = [initialValues(model)]
  for (const [i, statement] of model.initially.entries()) {
    runs = runs.flatMap((run) =>
      runAll(model, [statement], { state: run, choices: [], failedChecks: [] }).flatMap((ended) => {
        if ('error' in ended) throw ended.error
        return agrees(ended.state, state, [], open[i] ?? nothing) ? [ended.state] : []
      }),
    )
  }
  return runs.some((run) => equalValues(run, state))
}

/** The same model, with this for its one initial state. */
export function startingIn(model: Model, state: State): Model {
  const variables = model.variables.map((v) => ({ ...v, initial: state[v.name] ?? v.initial }))
  return { ...model, variables, initially: [] }
}

/** By model, because many states are asked for one after the other. */
const openAfter = new WeakMap<Model, readonly ReadonlySet<string>[]>()
const nothing: ReadonlySet<string> = new Set()

/** For each statement of `initially`: what those after it may assign. */
function openAfterEach(model: Model): readonly ReadonlySet<string>[] {
  const scope = scopeOf(model)
  const assigned = model.initially.map((statement) => assignedBy(statement, scope))
  return assigned.map((_, i) => new Set(assigned.slice(i + 1).flat()))
}

/** From a variable to a part of it: its name, then fields, labels and positions. */
type Path = readonly string[]

const keyOf = (path: Path): string => JSON.stringify(path)

/** What a statement may assign. */
function assignedBy(statement: Statement, scope: Scope): readonly string[] {
  return allStatements([statement]).flatMap((one) =>
    one.kind === 'assign' ? [keyOf(pathOf(one.place, scope).path)] : [],
  )
}

interface Reached {
  readonly path: Path
  /** False where an index is computed: the path then ends at what is indexed. */
  readonly isWhole: boolean
}

function pathOf(place: Place | Expr, scope: Scope): Reached {
  switch (place.kind) {
    case 'variable':
      return { path: [place.name], isWhole: true }
    case 'field':
      return further(pathOf(place.of, scope), place.name)
    case 'index': {
      const of = pathOf(place.of, scope)
      const { index } = place
      if (index.kind !== 'literal') return { ...of, isWhole: false }
      const d = domainOf(place.of, scope)
      const first = d.kind === 'array' && d.index.kind === 'range' ? d.index.min : 0
      return further(of, String(typeof index.value === 'number' ? index.value - first : index.value))
    }
    default:
      throw new Error(`start: a ${place.kind} is assigned`)
  }
}

function further(of: Reached, part: string): Reached {
  return of.isWhole ? { path: [...of.path, part], isWhole: true } : of
}

/** Equal but for the parts that are open. */
function agrees(left: Value, right: Value, path: Path, open: ReadonlySet<string>): boolean {
  if (open.has(keyOf(path))) return true
  if (isListValue(left) && isListValue(right) && left.length === right.length)
    return left.every((part, i) => agrees(part, right[i] ?? false, [...path, String(i)], open))
  if (isRecordValue(left) && isRecordValue(right))
    return Object.entries(left).every(([name, part]) => agrees(part, right[name] ?? false, [...path, name], open))
  return equalValues(left, right)
}
