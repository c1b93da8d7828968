/**
 * SIGINT, SIGTERM and SIGHUP (the terminal is closed): the first one asks for an end with what is known by then, the second ends the process at once.
 */

import { constants } from 'node:os'

/** Thrown when a signal comes before anything is known: while a spec is being loaded. Becomes exit code 3. */
export class Interrupted extends Error {
  constructor(spec: string) {
    super(`interrupted while ${spec} was loaded`)
  }
}

export function onInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const listener = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) process.exit(128 + constants.signals[name])
    controller.abort()
  }
  return { signal: controller.signal, stop: onSignals(listener) }
}

/** Hears every signal that asks for an end, until what it returns is called. */
export function onSignals(listener: (name: NodeJS.Signals) => void): () => void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) process.on(name, listener)
  return () => {
    for (const name of names) process.off(name, listener)
  }
}
