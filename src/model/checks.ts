/**
 * The claims inside effects, by their messages.
 */

import type { Model, Statement } from './ir.ts'

type Check = Extract<Statement, { readonly kind: 'check' }>

/** Of statements, in order, as often as they stand there. */
export function checksIn(statements: readonly Statement[]): readonly Check[] {
  return statements.flatMap((s): readonly Check[] => {
    if (s.kind === 'check') return [s]
    if (s.kind === 'when') return checksIn([...s.then, ...s.otherwise])
    return s.kind === 'choose' ? s.alternatives.flatMap((alternative) => checksIn(alternative.then)) : []
  })
}

export function messagesOf(statements: readonly Statement[]): readonly string[] {
  return checksIn(statements).map(({ message }) => message)
}

/** Messages of all checks of a model, in order of first occurrence. */
export function checksOf(model: Model): readonly string[] {
  return [...new Set(model.instances.flatMap((instance) => messagesOf(instance.effect)))]
}
