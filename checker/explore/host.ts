/**
 * A thread that runs already, as one that takes part in searches: see guest.ts for what it runs.
 */

import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads'
import type { ThreadInput } from './expander.ts'
import type { Answer } from './guest.ts'

export interface Guest {
  isFree(): boolean
  /** Lets it get ready for the first search, which takes some 15 ms; done when that comes, at the latest. */
  getReady(): void
  /** Resolves when a search has sent it home. Requires that it is free. */
  takePart(input: ThreadInput): Promise<void>
  end(): Promise<void>
}

/** The thread hands the port that it is sent to `serve`. It must not end by itself. */
export function host(thread: Worker): Guest {
  /** Made when the thread is likely to be wanted: a small search has no use for it. */
  let own: MessagePort | null = null
  let isFree = true
  const connect = (): MessagePort => {
    if (own !== null) return own
    const { port1, port2 } = new MessageChannel()
    thread.postMessage(port2, [port2])
    // One that ends before it is wanted is not asked.
    const leave = (): void => {
      isFree = false
    }
    thread.once('error', leave).once('exit', leave)
    own = port1
    return own
  }
  return {
    isFree: () => isFree,
    getReady: () => void connect(),
    takePart: (input) =>
      new Promise((done, fail) => {
        isFree = false
        const port = connect()
        const lost = (error: unknown): void => fail(new Error('a thread has ended', { cause: error }))
        thread.once('error', lost).once('exit', lost)
        port.once('message', ({ failure }: Answer) => {
          thread.off('error', lost).off('exit', lost)
          isFree = true
          if (failure === null) done()
          else fail(new Error(failure))
        })
        port.postMessage(input)
      }),
    end: async () => {
      own?.close()
      await thread.terminate()
    },
  }
}
