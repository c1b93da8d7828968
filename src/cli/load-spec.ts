/**
 * Loading a spec until SIGINT comes.
 */

import { setImmediate } from 'node:timers/promises'
import type { BuildInput, Built } from '../spec/bundle.ts'
import { type LoadOptions, loadSpec } from '../spec/load.ts'
import { Interrupted, onInterrupt } from './interrupt.ts'
import { shownPath } from './shown-path.ts'

/** Problems: those of `loadSpec`. Throws `Interrupted` when SIGINT comes first. */
export async function loadUntilInterrupt(input: BuildInput, options: Omit<LoadOptions, 'signal'> = {}): Promise<Built> {
  const interrupt = onInterrupt()
  try {
    const built = await loadSpec(input, { ...options, signal: interrupt.signal })
    // Large models take long to arrive. A signal that comes meanwhile is heard in the turn after the one that they arrive in.
    for (let turn = 0; turn < 2; turn++) await setImmediate()
    if (built === null || interrupt.signal.aborted) throw new Interrupted(shownPath(input.file))
    return built
  } finally {
    interrupt.stop()
  }
}
