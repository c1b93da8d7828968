/**
 * A model: a function of its constants that says what there is, what may happen and what is claimed.
 */

import * as E from 'fp-ts/Either'
import type { ConstantValues, Model, Source } from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { validate } from '../model/validate.ts'
import { assemble } from './assemble.ts'
import { here } from './blame.ts'
import { boundValues, type Constants, type Values, valueProblems } from './constant.ts'
import type { Definition } from './definition.ts'
import { type Collected, collectMistakes, demandName, fatalMistake, toldOf } from './mistakes.ts'
import { freshVariables } from './state.ts'
import { named } from './unknown-member.ts'

export interface ModelBuilder {
  readonly isModelBuilder: true
  readonly name: string
  readonly constants: Constants
  /** Builds and validates the model with these constants instead of the defaults. `Left`: all problems found. */
  build(values?: ConstantValues): E.Either<readonly Problem[], Model>
}

/** Of what a spec exports: whether it is a model. */
export function isModelBuilder(value: unknown): value is ModelBuilder {
  return typeof value === 'object' && value !== null && 'isModelBuilder' in value && value.isModelBuilder === true
}

const made: ModelBuilder[] = []

/** Models in the order in which a spec makes them; the names of its exports have another. */
export function inOrderMade(builders: readonly ModelBuilder[]): readonly ModelBuilder[] {
  return [...builders].sort((one, other) => made.indexOf(one) - made.indexOf(other))
}

export function model(name: string, builder: () => Definition): ModelBuilder
export function model<const C extends Constants>(
  name: string,
  constants: C,
  builder: (values: Values<C>) => Definition,
): ModelBuilder
export function model(
  name: string,
  first: Constants | (() => Definition),
  second?: (values: never) => Definition,
): ModelBuilder {
  const source = here()
  demandName('a model', name, source)
  const constants = typeof first === 'object' ? first : {}
  const builder = typeof first === 'function' ? first : second
  const declaration = { name, constants, source }
  const built: ModelBuilder = {
    isModelBuilder: true,
    name,
    constants,
    build: (values = {}) => {
      const outside = valueProblems(declaration, values)
      if (outside.length > 0) return E.left(outside)
      return freshVariables(() =>
        validated(
          collectMistakes(() => {
            const bound = boundValues(declaration, values)
            if (typeof builder !== 'function')
              return fatalMistake('MC107', `model '${name}' has no builder`, 'Pass a function.', source)
            const definition = builder(named('MC108', `model '${name}' has no constant`, { ...bound }) as never)
            return toldOf(source, () => assemble(name, bound, definition, source))
          }),
        ),
      )
    },
  }
  made.push(built)
  return built
}

/** `Left`: its mistakes, and what else is wrong with it in places where there was none: there it would be an echo. */
function validated({ built, mistakes }: Collected<Model>): E.Either<readonly Problem[], Model> {
  if (built === null) return E.left(mistakes)
  const valid = validate(built)
  if (mistakes.length === 0) return valid
  const isAt = (place: Source | null, { source }: Problem): boolean =>
    source?.file === place?.file && source?.line === place?.line
  // Of the line of the model all is told that has no better place.
  const isEcho = (found: Problem): boolean =>
    !isAt(built.source, found) && mistakes.some(({ source }) => isAt(source, found))
  return E.left([...mistakes, ...(E.isLeft(valid) ? valid.left.filter((one) => !isEcho(one)) : [])])
}
