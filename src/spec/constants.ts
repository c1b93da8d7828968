/**
 * Values of `--set` as values of the constants that a model declares.
 */

import * as E from 'fp-ts/Either'
import { showDomain } from '../language/domain-text.ts'
import type { ModelBuilder } from '../language/index.ts'
import type { ConstantValues, Scalar } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'

/** Only those that this model declares. `Left`: MC108 for text that is no value of the constant's kind. */
export function constantValues(
  builder: ModelBuilder,
  set: { readonly [name: string]: string },
): E.Either<readonly Problem[], ConstantValues> {
  const problems: Problem[] = []
  const values: [string, Scalar][] = []
  for (const [name, constant] of Object.entries(builder.constants)) {
    const text = set[name]
    // What is no constant is told of when the model is built.
    if (text === undefined || constant?.domain === undefined) continue
    const value = parse(text, constant.domain.kind)
    if (value === null)
      problems.push(
        problem('MC108', `${name}=${text} is not in ${showDomain(constant.domain)}`, 'Choose a value of the domain.'),
      )
    else values.push([name, value])
  }
  return problems.length > 0 ? E.left(problems) : E.right(Object.fromEntries(values))
}

function parse(text: string, kind: string): Scalar | null {
  if (kind === 'enumeration') return text
  if (kind === 'boolean') return text === 'true' ? true : text === 'false' ? false : null
  return /^-?\d+$/.test(text) ? Number(text) : null
}
