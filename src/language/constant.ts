/**
 * Constants of a model: what `--set` may change before it is built.
 */

import { containsValue, zeroValue } from '../model/domain.ts'
import type { ConstantValues, Domain as DomainIr, Scalar, Source } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { showValue } from '../model/values.ts'
import type { Domain } from './domain.ts'
import { showDomain } from './domain-text.ts'
import { nameOf } from './expression.ts'
import { mistake } from './mistakes.ts'

/** A constant that `--set` may change. */
export interface Constant<T extends Scalar> {
  readonly domain: DomainIr
  readonly initial: T
}

export function constant<T extends Scalar>(domain: Domain<T>, initial: NoInfer<T>): Constant<T> {
  return { domain: domain.ir, initial }
}

export type Constants = { readonly [name: string]: Constant<Scalar> }
export type Values<C extends Constants> = { readonly [K in keyof C]: C[K] extends Constant<infer T> ? T : never }

interface Declared {
  readonly name: string
  readonly constants: Constants
  /** Of the model. */
  readonly source: Source
}

/**
 * What the builder is given: for each constant the value that is wanted, or its default. Where the default is mistaken, something that is
 * right stands in. MC108 for a default outside of its domain, and for what is no constant.
 */
export function boundValues({ name, constants, source }: Declared, values: ConstantValues): ConstantValues {
  const bound = Object.entries(constants).map(([key, one]): [string, Scalar] => {
    if (!isConstant(one)) return [key, noConstant(`'${key}' of model '${name}'`, `${key}`, one, source)]
    const { domain, initial } = one
    if (containsValue(domain, initial)) return [key, values[key] ?? initial]
    const message = `${key}=${nameOf(initial)}, the default of model '${name}', is not in ${showDomain(domain)}`
    mistake('MC108', message, 'Choose a value of the domain.', source)
    return [key, values[key] ?? (zeroValue(domain) as Scalar)]
  })
  return Object.fromEntries(bound)
}

function isConstant(one: unknown): one is Constant<Scalar> {
  return typeof one === 'object' && one !== null && 'domain' in one
}

/** A plain value stands for itself. */
function noConstant(what: string, key: string, given: unknown, source: Source): Scalar {
  mistake('MC108', `${what} is no constant`, `Write ${key}: constant(range(1, 5), 3).`, source)
  if (typeof given === 'boolean' || typeof given === 'number' || typeof given === 'string') return given
  throw new Error(`${what} has no value`)
}

/** MC108: values that are not wanted or lie outside of their domains. */
export function valueProblems({ name, constants }: Declared, values: ConstantValues): readonly Problem[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const one = constants[key]
    if (one === undefined) {
      const known = Object.keys(constants).join(', ') || 'none'
      return [problem('MC108', `model '${name}' has no constant '${key}'`, `Its constants are: ${known}.`)]
    }
    // What is no constant is told of when the model is built.
    if (!isConstant(one) || containsValue(one.domain, value)) return []
    const message = `${key}=${showValue(value)} is not in ${showDomain(one.domain)}`
    return [problem('MC108', message, 'Choose a value of the domain.')]
  })
}
