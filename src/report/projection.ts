/**
 * What somebody asks to see of a state: variables, and parts of them that are always there, named as runs name them
 * (`turn`, `flag.p0`, `grid[1][0]`). A dot before a number will do too.
 */

import * as E from 'fp-ts/Either'
import { keysOf } from '../model/domain.ts'
import type { Domain, Model, Value } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import type { State } from '../model/trace.ts'
import { isListValue, isRecordValue } from '../model/values.ts'

export interface Part {
  readonly name: string
  of(state: State): Value
}

/** `Left`: MC301 where there is no such variable, or no such part of it. */
export function partNamed(model: Model, name: string): E.Either<Problem, Part> {
  // A variable's own name may hold dots: the longest that fits is meant, the rest is a path into it.
  const variable = model.variables
    .filter((v) => name.startsWith(v.name) && isPathEnd(name, v.name.length))
    .toSorted((a, b) => b.name.length - a.name.length)[0]
  if (variable === undefined) {
    const known = model.variables.map((v) => v.name).join(', ')
    return E.left(problem('MC301', `'${model.name}' has no variable '${name}'`, `Its variables are: ${known}.`))
  }
  const place = followed(variable.domain, variable.name, name)
  return E.map((of: Reading): Part => ({ name, of: (state) => of(state[variable.name] ?? false) }))(place)
}

type Reading = (value: Value) => Value

/** How the part `name` is read from a value of the place, whose domain is `d`. */
function followed(d: Domain, place: string, name: string): E.Either<Problem, Reading> {
  if (place.length === name.length) return E.right((value) => value)
  const parts = partsOf(d)
  const found = parts
    .flatMap((part, at) => [`.${part.key}`, `[${part.key}]`].map((step) => ({ ...part, at, step })))
    .filter(({ step }) => name.startsWith(step, place.length) && isPathEnd(name, place.length + step.length))
    .toSorted((a, b) => b.step.length - a.step.length)[0]
  if (found === undefined) return E.left(noPart(d, place, name, parts))
  const rest = followed(found.domain, name.slice(0, place.length + found.step.length), name)
  return E.map(
    (of: Reading): Reading =>
      (value) =>
        of(partOf(value, found.key, found.at)),
  )(rest)
}

function isPathEnd(name: string, at: number): boolean {
  return at === name.length || name[at] === '.' || name[at] === '['
}

/** Nothing of a set or a sequence, whose members come and go. */
function partsOf(d: Domain): readonly { readonly key: string; readonly domain: Domain }[] {
  if (d.kind === 'record') return d.fields.map((field) => ({ key: field.name, domain: field.domain }))
  return d.kind === 'array' ? keysOf(d.index).map((key) => ({ key: String(key), domain: d.element })) : []
}

function partOf(value: Value, key: string, at: number): Value {
  const part = isRecordValue(value) ? value[key] : isListValue(value) ? value[at] : undefined
  if (part === undefined) throw new Error(`a value lacks its part ${key}`)
  return part
}

function noPart(d: Domain, place: string, name: string, parts: ReturnType<typeof partsOf>): Problem {
  const written = (key: string): string => (d.kind === 'array' && d.index.kind === 'range' ? `[${key}]` : `.${key}`)
  const known = parts.slice(0, 8).map(({ key }) => `${place}${written(key)}`)
  const hint =
    parts.length === 0
      ? `Show the whole of it: ${place}.`
      : `Its parts are: ${known.join(', ')}${parts.length > known.length ? ', …' : ''}.`
  return problem('MC301', `'${place}' has no part '${name.slice(place.length)}'`, hint)
}
