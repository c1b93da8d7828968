/**
 * Gives back the shared buffers of searches that are over.
 *
 * V8 leaves shared buffers out of account when it decides to collect garbage, so that the reservations of several
 * searches pile up. Linux refuses to fork (ENOMEM) when one mapping exceeds the machine's memory, and mappings that
 * adjoin count as one: a process that has checked two models could not start another program any more.
 */

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What searches since the last collection have touched. */
let earlierBytes = 0

let collect: (() => void) | null = null

/** Reservations that may pile up: to collect them takes longer than many a search. */
const leastReserved = 2 ** 22

/** A search of this thread is over, and the buffers that it had reserved and touched will be left to the collector. */
export function leaveBuffers(reservedBytes: number, touchedBytes: number): void {
  if (reservedBytes > leastReserved) earlierBytes += touchedBytes
}

/** Gives back those of earlier searches if they take more than `most` bytes. */
export function collectEarlierBuffers(most: number): void {
  if (earlierBytes <= most) return
  earlierBytes = 0
  collectBuffers()
}

/**
 * Gives back what nobody uses any more, as far as this thread is concerned; what a function that is running has read, if only before, is in
 * use. It costs more than it seems: some milliseconds to a tenth of a second, by the size of the heap, and after it V8 optimises anew
 * whatever happens not to be running.
 */
export function collectBuffers(): void {
  collect ??= exposeCollector()
  collect()
}

/** The flag stays: threads share it, and one that took it back would take it from another. */
function exposeCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
