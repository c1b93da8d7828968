/**
 * SIGINT and SIGTERM: the first one asks for an end with what is known by then, the second ends the process at once.
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
  const names = ['SIGINT', 'SIGTERM'] as const
  for (const name of names) process.on(name, listener)
  const stop = (): void => {
    for (const name of names) process.off(name, listener)
  }
  return { signal: controller.signal, stop }
}
