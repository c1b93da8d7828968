/**
 * What a thread runs that has done something else before, and takes part in searches from then on: it is asked by a port.
 */

import type { ThreadInput } from './expander.ts'
import { takePart } from './take-part.ts'

/** Null: it has taken part until it was sent home. */
export interface Answer {
  readonly failure: string | null
}

/** A port as it is in a context of its own. */
interface Port {
  onmessage: (event: { readonly data: ThreadInput }) => void
  postMessage(answer: Answer): void
  start(): void
}

export function serve(port: Port): void {
  port.onmessage = ({ data }) => port.postMessage({ failure: failureOf(() => takePart(data)) })
  port.start()
}

function failureOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}
