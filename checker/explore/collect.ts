/**
 * Gives back the shared buffers of searches that are over.
 *
 * V8 leaves shared buffers out of account when it decides to collect garbage, so that the reservations of several
 * searches pile up. Linux refuses to fork (ENOMEM) when one mapping exceeds the machine's memory, and mappings that
 * adjoin count as one: a process that has checked two models could not start another program any more.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

let isFirst = true

/** What is still in use stays. Costs some milliseconds; the first time nothing, for there is no earlier search. */
export function collectEarlierBuffers(): void {
  if (isFirst) {
    isFirst = false
    return
  }
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  if (typeof collect === 'function') collect()
}
