/**
 * A thread that runs already, as one that takes part in searches: see guest.ts for what it runs.
 */

import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads'
import type { ThreadInput } from './expander.ts'
import type { Answer } from './guest.ts'

export interface Guest {
  isFree(): boolean
  /** Resolves when a search has sent it home. Requires that it is free. */
  takePart(input: ThreadInput): Promise<void>
  end(): Promise<void>
}

/** The thread hands the port that it is sent to `serve`. It must not end by itself. */
export function host(thread: Worker): Guest {
  /** Made when the thread is first wanted: it takes some 10 ms to get ready, for which a small search has no use. */
  let own: MessagePort | null = null
  let isFree = true
  const connect = (): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    thread.postMessage(port2, [port2])
    return port1
  }
  return {
    isFree: () => isFree,
    takePart: (input) =>
      new Promise((done, fail) => {
        isFree = false
        own ??= connect()
        const port = own
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
