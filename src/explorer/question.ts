/**
 * What the page may ask, as it comes over the wire: checked before anything is done with it.
 */

import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { containsValue } from '../model/domain.ts'
import type { Model, Value } from '../model/ir.ts'
import type { State } from '../model/trace.ts'

const index = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 0, 'Index')

const questionCodec = t.union([
  /** The run of these picks: the initial state, then the ways taken. */
  t.type({ ask: t.literal('run'), model: index, picks: t.readonlyArray(index) }),
  /** The step that a way leads to. */
  t.type({ ask: t.literal('take'), model: index, state: t.UnknownRecord, pick: index }),
  /** The shortest run to a state where the condition holds, from a state or from the start. */
  t.type({ ask: t.literal('find'), model: index, state: t.union([t.UnknownRecord, t.null]), condition: t.string }),
  /** What lies around a state. */
  t.type({ ask: t.literal('near'), model: index, state: t.UnknownRecord }),
  /** The initial states. */
  t.type({ ask: t.literal('starts'), model: index }),
  /** The steps that lead to a state. */
  t.type({ ask: t.literal('before'), model: index, state: t.UnknownRecord }),
  /** A shortest run to a state. */
  t.type({ ask: t.literal('reach'), model: index, state: t.UnknownRecord }),
  /** All verdicts of a model. */
  t.type({ ask: t.literal('check'), model: index }),
])

export type Question = t.TypeOf<typeof questionCodec>

/** `Left`: why the text is no question. */
export function parseQuestion(text: string): E.Either<string, Question> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return E.left('the question is not JSON')
  }
  const decoded = questionCodec.decode(json)
  return E.isRight(decoded) ? decoded : E.left('the question is none of those that can be answered')
}

/** A value for every variable, each in its domain, and nothing else. */
export function isStateOf(model: Model, found: { readonly [name: string]: unknown }): found is State {
  const names = Object.keys(found)
  return (
    names.length === model.variables.length &&
    model.variables.every(({ name, domain }) => {
      const value = Object.hasOwn(found, name) ? found[name] : undefined
      return isPlain(value) && containsValue(domain, value)
    })
  )
}

/** JSON has no other values than these, but null. */
function isPlain(value: unknown): value is Value {
  if (Array.isArray(value)) return value.every(isPlain)
  if (typeof value === 'object') return value !== null && Object.values(value).every(isPlain)
  return ['boolean', 'number', 'string'].includes(typeof value)
}
