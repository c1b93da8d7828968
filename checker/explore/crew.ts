/**
 * The threads that take part in one search. They join it one after the other, as they become ready, and work in those levels that are worth it.
 *
 * The leader must keep its event loop turning while it waits, because threads are started and lost through it.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { command, endCall, spinWhile, word, workerWord } from './control.ts'
import type { ThreadInput } from './expander.ts'
import { type HiredThreads, hireThreads, type Threads } from './threads.ts'

export interface Crew {
  /** Asks all threads that are free to take part, or only those that run already. Any number of times: more may have become free. */
  ask(who: 'all' | 'running'): void
  /** How many have started, in the order in which they were asked: of those behind one that has not, none counts. Throws what one failed of. */
  ready(): number
  /** Whether some that were asked have not started yet. */
  isStarting(): boolean
  /** Calls the first so many that are ready to the published command. */
  call(count: number): void
  /** Calls more of them to the same round, so many in all. */
  callMore(count: number): void
  /** Nothing is left to do: waits until all that have begun have arrived, and lets the others sleep on. To be woken takes long on a busy machine. */
  finish(): Promise<void>
  /** Waits until all that were called have arrived. */
  join(): Promise<void>
  /** Sends all home. */
  dismiss(): Promise<void>
}

const callOf = (worker: number): number => worker * workerWord.length + workerWord.call

/** `kept`: threads that outlive the search; null: the crew hires its own, one less than `input.workers`. */
export function assembleCrew(input: Omit<ThreadInput, 'worker'>, kept: Threads | null): Crew {
  const control = new Int32Array(input.control.control)
  const blocks = new Int32Array(input.control.blocks)
  let own: HiredThreads | null = null
  let failure: unknown = null
  let asked = 0
  let started = 0
  let called = 0

  const failed = (error: unknown): void => {
    failure ??= error
  }

  const ask: Crew['ask'] = (who) => {
    if (asked === input.workers - 1) return
    if (kept === null) own ??= hireThreads(input.workers - 1)
    const threads = kept ?? (own as HiredThreads)
    const most = who === 'all' ? input.workers - 1 : Math.min(input.workers - 1, asked + threads.running())
    while (asked < most && threads.takePart({ ...input, worker: asked + 1 }, failed)) asked++
  }

  const raise = (): void => {
    if (failure !== null) throw new Error('a worker thread failed', { cause: failure })
  }

  const ready = (): number => {
    raise()
    while (started < asked && Atomics.load(blocks, (started + 1) * workerWord.length + workerWord.isReady) === 1)
      started++
    return started
  }

  /** Of workers `from` … `to`. One that has a call already has not begun. */
  const wake = (from: number, to: number): void => {
    for (let worker = from; worker <= to; worker++) {
      const at = callOf(worker)
      if (Atomics.load(blocks, at) % 2 === 0) Atomics.add(blocks, at, 1)
      Atomics.notify(blocks, at)
    }
  }

  const withdraw = (): void => {
    const before = called
    for (let worker = 1; worker <= before; worker++) if (endCall(blocks, callOf(worker))) called--
  }

  const callMore = (count: number): void => {
    wake(called + 1, count)
    called = count
  }

  const join = async (): Promise<void> => {
    for (let waits = 1; ; waits++) {
      const arrived = Atomics.load(control, word.arrived)
      if (arrived === called) return
      raise()
      spinWhile(control, word.arrived, arrived)
      Atomics.wait(control, word.arrived, arrived, 2)
      if (waits % 16 === 0) await turn()
    }
  }

  return {
    ask,
    ready,
    isStarting: () => failure === null && ready() < asked,
    call: (count) => {
      Atomics.store(control, word.arrived, 0)
      called = 0
      callMore(count)
    },
    callMore,
    finish: () => {
      withdraw()
      return join()
    },
    join,
    dismiss: async () => {
      Atomics.store(control, word.command, command.exit)
      wake(1, asked)
      await own?.dismiss()
    },
  }
}
