/**
 * A thread that runs already, as one that takes part in searches and translates: see guest.ts for what it runs.
 */

import { MessageChannel, type MessagePort, type Worker } from 'node:worker_threads'
import type { Translated } from '../machine/translate.ts'
import type { ThreadInput } from './expander.ts'
import type { Answer, Asked } from './guest.ts'

export interface Guest {
  isFree(): boolean
  /** Lets it get ready for the first search, which takes some 15 ms; done when that comes, at the latest. */
  getReady(): void
  /** Resolves when a search has sent it home. Requires that it is free. */
  takePart(input: ThreadInput): Promise<void>
  /** Lets it translate a program, piece by piece. Requires that it is free. */
  translator(): DistantTranslator
  end(): Promise<void>
}

/** A translator in another thread. */
export interface DistantTranslator {
  /** Whole declarations. */
  read(text: string): void
  /** After the last piece. */
  end(): Promise<Translated>
  /** Lets the thread go, whether or not it has come to the end. */
  leave(): void
}

/** Characters that are worth a message. */
const pieceLength = 8192

/** The thread hands the port that it is sent to `serve`. It must not end by itself. */
export function host(thread: Worker): Guest {
  /** Made when the thread is likely to be wanted: a small search has no use for it. */
  let own: MessagePort | null = null
  let isBusy = false
  /** What has ended it: an error, or the code that it has ended with. */
  let lostBy: unknown = null
  const connect = (): MessagePort => {
    if (own !== null) return own
    const { port1, port2 } = new MessageChannel()
    thread.postMessage(port2, [port2])
    // One that ends before it is wanted is not asked.
    const lose = (by: unknown): void => {
      lostBy ??= by
    }
    thread.once('error', lose).once('exit', lose)
    own = port1
    return own
  }
  const answerTo = (asked: Asked): Promise<Translated | null> =>
    new Promise((done, fail) => {
      const port = connect()
      const lost = (): void => fail(new Error('a thread has ended', { cause: lostBy }))
      thread.once('error', lost).once('exit', lost)
      port.once('message', (answer: Answer) => {
        thread.off('error', lost).off('exit', lost)
        isBusy = false
        if (answer.failure === null) done(answer.translated)
        else fail(new Error(answer.failure))
      })
      port.postMessage(asked)
    })
  const translator = (): DistantTranslator => {
    isBusy = true
    const port = connect()
    let held = ''
    let isFirst = true
    const next = (isLast: boolean): Asked => {
      const piece = { text: held, isFirst, isLast }
      held = ''
      isFirst = false
      return piece
    }
    return {
      read: (text) => {
        held += `${text}\n`
        if (held.length >= pieceLength) port.postMessage(next(false))
      },
      end: async () => (await answerTo(next(true))) as Translated,
      leave: () => {
        isBusy = false
      },
    }
  }
  return {
    isFree: () => !isBusy && lostBy === null,
    getReady: () => void connect(),
    takePart: async (part) => {
      isBusy = true
      await answerTo({ part })
    },
    translator,
    end: async () => {
      own?.close()
      await thread.terminate()
    },
  }
}
