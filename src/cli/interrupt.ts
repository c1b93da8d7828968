/**
 * SIGINT: the first one asks for an end with what is known by then, the second ends the process at once.
 */

/** Thrown when SIGINT comes before anything is known: while a spec is being loaded. Becomes exit code 3. */
export class Interrupted extends Error {
  constructor(spec: string) {
    super(`interrupted while ${spec} was loaded`)
  }
}

export function onInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController()
  const listener = (): void => {
    if (controller.signal.aborted) process.exit(130)
    controller.abort()
  }
  process.on('SIGINT', listener)
  return { signal: controller.signal, stop: () => process.off('SIGINT', listener) }
}
