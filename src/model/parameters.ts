/**
 * What tells one instance of an action from the others, as text.
 */

import type { Value } from './ir.ts'
import type { Choice } from './trace.ts'
import { showValue } from './values.ts'

interface Bound {
  readonly binding: { readonly [parameter: string]: Value }
  /** Of an instance, or of a saved step. */
  readonly kind: string
}

/** Its binding, without the thread whose step or arrival it is, and what it chose: `from=p0, vote=true`. */
export function parametersOf({ binding, kind }: Bound, choices: readonly Choice[] = []): string {
  return [
    ...Object.entries(binding).filter(([name]) => name !== 'thread' || kind === 'action'),
    ...choices.map(({ name, value }) => [name, value] as const),
  ]
    .map(([name, value]) => `${name}=${showValue(value)}`)
    .join(', ')
}

/** The same behind a name, in brackets; nothing if there are none. */
export function parametersText(bound: Bound, choices: readonly Choice[] = []): string {
  const text = parametersOf(bound, choices)
  return text === '' ? '' : ` (${text})`
}
