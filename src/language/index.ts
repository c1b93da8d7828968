/**
 * What a spec imports.
 */

export { type ActionHandle, action } from './action.ts'
export { arbitrary } from './arbitrary.ts'
export { type Arrival, arrival } from './arrival.ts'
export { type Constant, constant } from './constant.ts'
export type { Definition } from './definition.ts'
export { bool, type Declared, type Domain, each, names, oneOf, range, record, sequenceOf, setOf } from './domain.ts'
export { type Fairness, strong, weak } from './fairness.ts'
export {
  all,
  always,
  any,
  type Claim,
  eventually,
  type Formula,
  holdsUntil,
  ifElse,
  implies,
  leadsTo,
  never,
  next,
  nextly,
  not,
  type Predicate,
  release,
  taken,
  weakUntil,
} from './formula.ts'
export type { ArrayOf, Expr, Operand, Plain, RecordOf, SequenceOf, SetOf, Var } from './kinds.ts'
export type { Labels } from './labels.ts'
export {
  atomic,
  branch,
  type Calls,
  decide,
  either,
  forever,
  idle,
  type Line,
  type Lines,
  leave,
  loop,
  type Routine,
  repeat,
  routines,
  step,
  until,
} from './line.ts'
export { type ModelBuilder, model } from './model.ts'
export { at, finished, inside, nesting } from './position.ts'
export { type Assuming, assuming, measure, type Property, reachable, stepwise } from './property.ts'
export { count, exists, forall, type Item, type Items, subsets } from './quantifier.ts'
export { type Mapping, refines } from './refinement.ts'
export { only, type Selected, type Selection, steps, stepsBut } from './selection.ts'
export { state, type Variables } from './state.ts'
export { check, choose, type Statement, type Statements, set, when } from './statement.ts'
export { type ThreadHandle, threads } from './thread.ts'
