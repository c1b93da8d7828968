/**
 * What a thread runs that has done something else before: it takes part in searches from then on, and translates programs while another
 * thread writes them. It is asked by a port.
 */

import { createTranslator, type Translated } from '../machine/translate.ts'
import type { ThreadInput } from './expander.ts'
import { takePart } from './take-part.ts'

export type Asked =
  | { readonly part: ThreadInput }
  /** The next piece of a program, or the first of another; after the last it answers. */
  | { readonly text: string; readonly isFirst: boolean; readonly isLast: boolean }

/** Translated null: it has taken part until it was sent home. */
export type Answer = { readonly failure: string } | { readonly failure: null; readonly translated: Translated | null }

/** A port as it is in a context of its own. */
interface Port {
  onmessage: (event: { readonly data: Asked }) => void
  postMessage(answer: Answer): void
  start(): void
}

export function serve(port: Port): void {
  let reading = beginReading()
  port.onmessage = ({ data }) => {
    if ('part' in data) {
      port.postMessage(answerOf(done(() => takePart(data.part))))
      return
    }
    if (data.isFirst) reading = beginReading()
    reading.read(data.text)
    if (data.isLast) port.postMessage(reading.end())
  }
  port.start()
}

interface Reading {
  read(text: string): void
  end(): Answer
}

function beginReading(): Reading {
  const translator = createTranslator()
  /** What came of the last piece that was read: after a failure none is. */
  let last: Answer = { failure: null, translated: null }
  return {
    read: (text) => {
      if (last.failure === null) last = answerOf(done(() => translator.read(text)))
    },
    end: () => (last.failure === null ? answerOf(() => translator.end()) : last),
  }
}

const done = (work: () => unknown) => (): null => {
  work()
  return null
}

function answerOf(work: () => Translated | null): Answer {
  try {
    return { failure: null, translated: work() }
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
