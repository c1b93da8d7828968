/**
 * Constants of a model: what `--set` may change before it is built.
 */

import { containsValue } from '../model/domain-of.ts'
import type { Domain as DomainIr, Source } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { showValue } from '../model/values.ts'
import type { Domain } from './domain.ts'
import { showDomain } from './domain-text.ts'

export type Scalar = boolean | number | string

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

/** MC108: what is no constant, a default outside of its domain, values that are not wanted or lie outside. */
export function constantProblems(
  { name, constants, source }: { readonly name: string; readonly constants: Constants; readonly source: Source },
  values: { readonly [name: string]: Scalar },
): readonly Problem[] {
  const undeclared = Object.entries(constants).flatMap(([key, one]) => {
    if (typeof one === 'object' && one !== null && 'domain' in one) return []
    const hint = `Write ${key}: constant(range(1, 5), 3).`
    return [problem('MC108', `'${key}' of model '${name}' is no constant`, hint, source)]
  })
  if (undeclared.length > 0) return undeclared
  const outside = Object.entries(constants).flatMap(([key, { domain, initial }]) => {
    if (containsValue(domain, initial)) return []
    const message = `${key}=${showValue(initial)}, the default of model '${name}', is not in ${showDomain(domain)}`
    return [problem('MC108', message, 'Choose a value of the domain.', source)]
  })
  if (outside.length > 0) return outside
  return Object.entries(values).flatMap(([key, value]) => {
    const one = constants[key]
    if (one === undefined) {
      const known = Object.keys(constants).join(', ') || 'none'
      return [problem('MC108', `model '${name}' has no constant '${key}'`, `Its constants are: ${known}.`)]
    }
    if (containsValue(one.domain, value)) return []
    return [
      problem(
        'MC108',
        `${key}=${showValue(value)} is not in ${showDomain(one.domain)}`,
        'Choose a value of the domain.',
      ),
    ]
  })
}
