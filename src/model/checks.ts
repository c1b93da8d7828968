/**
 * The claims inside effects, by their messages.
 */

import type { Model, Statement } from './ir.ts'

/** Of statements, in order, as often as they stand there. */
export function messagesOf(statements: readonly Statement[]): readonly string[] {
  return statements.flatMap((s): readonly string[] => {
    if (s.kind === 'check') return [s.message]
    if (s.kind === 'when') return messagesOf([...s.then, ...s.otherwise])
    return s.kind === 'choose' ? s.alternatives.flatMap((alternative) => messagesOf(alternative.then)) : []
  })
}

/** Messages of all checks of a model, in order of first occurrence. */
export function checksOf(model: Model): readonly string[] {
  return [...new Set(model.instances.flatMap((instance) => messagesOf(instance.effect)))]
}
