/**
 * Whether every initial state maps to an initial state of an abstract model, by generated code: both are listed, in one layout, and
 * compared. Of a quarter of a million initial states this takes a fraction of a second, and the definition many minutes; it is
 * asked where there are few, and for the state that a trace shows.
 */

import type { Expr, Model, Place, Refinement, Statement, Variable } from '../../src/model/ir.ts'
import { isPlace, substituted } from '../../src/model/operands.ts'
import type { Parts } from '../../src/model/parts.ts'
import { listStarts } from '../compile/compile.ts'
import { layoutOf } from '../compile/layout.ts'
import { compareWords } from '../explore/state-order.ts'
import type { SelectedProperties } from './selection.ts'

/** `unknown`: something may raise an error, or there is no memory for the lists. Otherwise nothing raises one. */
type RefinedStarts = 'refined' | 'not refined' | 'unknown'

/** By property, where it pays to know. */
export type StartsByProperty = ReadonlyMap<string, RefinedStarts>

/** To compile what lists them takes longer than to judge so many. */
const few = 500

export interface StartsLimit {
  /** Of the initial states. */
  readonly count: number
  /** What their lists may take. */
  readonly mostBytes: number
}

export function* judgeAllStarts(
  model: Model,
  { judged }: SelectedProperties,
  { count, mostBytes }: StartsLimit,
): Parts<StartsByProperty> {
  const found = new Map<string, RefinedStarts>()
  if (count <= few) return found
  for (const index of judged) {
    const property = model.properties[index]
    if (property?.kind === 'step' && property.refines !== undefined)
      found.set(property.name, yield* judgeStarts(model, property.refines, mostBytes))
  }
  return found
}

function* judgeStarts(model: Model, refines: Refinement, mostBytes: number): Parts<RefinedStarts> {
  const { mapped, abstract } = sideBySide(model, refines)
  const wanted = yield* listStarts(abstract, mostBytes / 2)
  const found = wanted === null ? null : yield* listStarts(mapped, mostBytes / 2)
  if (wanted === null || found === null) return 'unknown'
  return (yield* isSubset(found, wanted, layoutOf(mapped).stateWords)) ? 'refined' : 'not refined'
}

/** Two models with the variables of both: one starts as the concrete model is mapped, the other as the abstract one starts. */
function sideBySide(
  model: Model,
  { abstract, mapping }: Refinement,
): { readonly mapped: Model; readonly abstract: Model } {
  const mark = unusedMark(model.variables)
  const twins = new Map(abstract.variables.map(({ name }) => [name, `${mark}${name}`]))
  const twin = (name: string): string => twins.get(name) ?? name
  const variables = [...model.variables, ...abstract.variables.map((v) => ({ ...v, name: twin(v.name) }))]
  const { source } = model
  const assigned = (name: string, e: Expr): Statement => ({
    kind: 'assign',
    place: { kind: 'variable', name },
    e,
    source,
  })
  const map = mapping.map(({ variable, e }) => assigned(twin(variable), e))
  const forget = model.variables.map(({ name, domain, initial }) =>
    assigned(name, { kind: 'literal', domain, value: initial }),
  )
  return {
    mapped: { ...model, variables, initially: [...model.initially, ...map, ...forget] },
    abstract: { ...model, variables, initially: renamed(abstract.initially, twin) },
  }
}

/** No variable's name begins with it. */
function unusedMark(variables: readonly Variable[]): string {
  let mark = "'"
  while (variables.some(({ name }) => name.startsWith(mark))) mark += "'"
  return mark
}

/** The same statements, about variables with other names. */
function renamed(statements: readonly Statement[], nameOf: (name: string) => string): readonly Statement[] {
  const known = new Map<Expr, Expr>()
  const inExpr = (e: Expr): Expr => substituted(e, (name) => ({ kind: 'variable', name: nameOf(name) }), known)
  const inPlace = (place: Place): Place => {
    const e = inExpr(place)
    if (!isPlace(e)) throw new Error('renamed: a place became something else')
    return e
  }
  const inAll = (all: readonly Statement[]): readonly Statement[] => all.map(inStatement)
  const inStatement = (s: Statement): Statement => {
    switch (s.kind) {
      case 'assign':
        return { ...s, place: inPlace(s.place), e: inExpr(s.e) }
      case 'check':
        return { ...s, condition: inExpr(s.condition) }
      case 'when':
        return { ...s, condition: inExpr(s.condition), then: inAll(s.then), otherwise: inAll(s.otherwise) }
      case 'choose':
        return {
          ...s,
          alternatives: s.alternatives.map(({ value, given, then }) => ({
            value,
            given: given === null ? null : inExpr(given),
            then: inAll(then),
          })),
        }
    }
  }
  return inAll(statements)
}

const statesAPart = 4096

/** Both in order, without repetitions. */
function* isSubset(some: Int32Array, all: Int32Array, stateWords: number): Parts<boolean> {
  const both = new Int32Array(some.length + all.length)
  both.set(some)
  both.set(all, some.length)
  let at = some.length
  for (let i = 0; i < some.length; i += stateWords) {
    if ((i / stateWords) % statesAPart === 0) yield
    while (at < both.length && compareWords(both, stateWords, at, i) < 0) at += stateWords
    if (at === both.length || compareWords(both, stateWords, at, i) !== 0) return false
  }
  return true
}
