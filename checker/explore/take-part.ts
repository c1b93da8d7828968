/**
 * What a worker thread does in a search: one call for the whole of it. Between rounds the thread sleeps on the epoch.
 */

import { command, waitWhile, word } from './control.ts'
import { createExpander, type ThreadInput, waitAtRandom } from './expander.ts'

/** Takes part in every round until the leader says exit; returns the number of rounds. */
export function takePart(input: ThreadInput): number {
  const control = new Int32Array(input.control.control)
  const expander = createExpander(input)
  let epoch = Atomics.load(control, word.epoch)
  // A thread that starts after the search has ended would wait for a round that never comes.
  if (Atomics.load(control, word.command) === command.exit) return 0
  Atomics.add(control, word.ready, 1)
  let levelStart = -1
  for (let rounds = 0; ; rounds++) {
    waitWhile(control, word.epoch, epoch)
    epoch = Atomics.load(control, word.epoch)
    waitAtRandom(control)
    if (Atomics.load(control, word.command) === command.exit) return rounds
    if (Atomics.load(control, word.levelStart) !== levelStart) {
      levelStart = Atomics.load(control, word.levelStart)
      expander.beginLevel()
    }
    expander.follow()
    expander.work(Number.POSITIVE_INFINITY)
    Atomics.add(control, word.arrived, 1)
    Atomics.notify(control, word.arrived)
  }
}
