/**
 * What a worker thread does in a search: one call for the whole of it. Between rounds the thread sleeps until it is called.
 */

import { command, endCall, waitWhile, word, workerWord } from './control.ts'
import { createExpander, type ThreadInput, waitAtRandom } from './expander.ts'

/** Takes part in every round that it is called to until the leader says exit; returns the number of rounds. */
export function takePart(input: ThreadInput): number {
  const control = new Int32Array(input.control.control)
  const blocks = new Int32Array(input.control.blocks)
  const own = input.worker * workerWord.length
  // The search may have ended before the thread has started.
  if (Atomics.load(control, word.command) === command.exit) return 0
  const expander = createExpander(input)
  let levelStart = -1
  Atomics.store(blocks, own + workerWord.isReady, 1)
  for (let rounds = 0; ; rounds++) {
    awaitCall(control, blocks, own + workerWord.call)
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

function awaitCall(control: Int32Array, blocks: Int32Array, at: number): void {
  for (;;) {
    const call = Atomics.load(blocks, at)
    if (call % 2 === 0) waitWhile(blocks, at, call)
    // It may be withdrawn meanwhile.
    waitAtRandom(control)
    if (endCall(blocks, at)) return
  }
}
