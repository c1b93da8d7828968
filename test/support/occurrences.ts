/**
 * What occurs in generated models: a law is only as good as the cases that it meets.
 */

import type { ModelError } from '../../src/model/evaluate.ts'
import type {
  ArithmeticOperator,
  Assumption,
  CompareOperator,
  Domain,
  Expr,
  Model,
  Property,
  SetOperator,
  Statement,
} from '../../src/model/ir.ts'
import type { BruteForce } from './brute-force.ts'
import type { Form } from './random-threads.ts'

/** Everything that must occur. The types make a new kind an error here. */
const kinds: Record<Expr['kind'] | Statement['kind'] | Domain['kind'] | Property['kind'] | Assumption['kind'], true> = {
  literal: true,
  variable: true,
  field: true,
  index: true,
  not: true,
  and: true,
  or: true,
  implies: true,
  equal: true,
  compare: true,
  arithmetic: true,
  conditional: true,
  count: true,
  construct: true,
  contains: true,
  insert: true,
  remove: true,
  combine: true,
  subset: true,
  size: true,
  last: true,
  append: true,
  rest: true,
  front: true,
  next: true,
  assign: true,
  when: true,
  choose: true,
  check: true,
  boolean: true,
  range: true,
  enumeration: true,
  record: true,
  array: true,
  set: true,
  sequence: true,
  invariant: true,
  step: true,
  reachable: true,
  measure: true,
  liveness: true,
  limit: true,
  budget: true,
  depth: true,
  within: true,
}

const operators: Record<CompareOperator | ArithmeticOperator | SetOperator, true> = {
  lt: true,
  le: true,
  gt: true,
  ge: true,
  plus: true,
  minus: true,
  times: true,
  div: true,
  mod: true,
  min: true,
  max: true,
  union: true,
  intersection: true,
  difference: true,
}

const errors: Record<ModelError['kind'], true> = {
  'out of domain': true,
  index: true,
  overflow: true,
  empty: true,
  division: true,
}

const forms: Record<Form, true> = {
  step: true,
  idle: true,
  until: true,
  branch: true,
  decide: true,
  either: true,
  loop: true,
  repeat: true,
  forever: true,
  leave: true,
  atomic: true,
  call: true,
  'nested call': true,
  locals: true,
  arrival: true,
  'arrivals of two threads': true,
  limit: true,
  budget: true,
  depth: true,
  notAt: true,
  runs: true,
  within: true,
  collections: true,
}

/** Code of what is used several times. */
const ahead = { 'computed ahead': /const x\d+ =/, 'computed ahead, with errors': /let wrong\d+ =/ } as const

/** What random models must show; threads are generated apart. */
export const wantedOfModels: readonly string[] = [
  ...Object.keys(kinds),
  ...Object.keys(operators),
  ...Object.keys(errors).map((kind) => `error: ${kind}`),
  ...Object.keys(ahead),
]
export const wantedOfThreads: readonly string[] = Object.keys(forms)

/** Adds every `kind` and `operator` of a model. */
export function noteModel(seen: Set<string>, part: Model | object): void {
  for (const [key, value] of Object.entries(part)) {
    if ((key === 'kind' || key === 'operator') && typeof value === 'string') seen.add(value)
    if (typeof value === 'object' && value !== null) noteModel(seen, value)
  }
}

/** Adds the kind of every error that a step raised. */
export function noteErrors(seen: Set<string>, found: BruteForce): void {
  for (const node of found.nodes.values())
    for (const outcome of node.outcomes ?? []) if ('error' in outcome) seen.add(`error: ${outcome.error.kind}`)
}

/** Adds what a kernel computes ahead. */
export function noteCode(seen: Set<string>, source: string): void {
  for (const [name, pattern] of Object.entries(ahead)) if (pattern.test(source)) seen.add(name)
}
