/**
 * The answer to a question that follows from what is shown: asked anew whenever it changes.
 */

import { useEffect, useState } from 'preact/hooks'
import { ask, type Question, reasonOf } from './ask.ts'

export interface Answered<T> {
  /** To the question before, until the one that was asked since is answered. */
  readonly answer: T | null
  /** Why there is none. */
  readonly complaint: string | null
  readonly isCurrent: boolean
}

/** `question`: the same object as long as it is the same question. */
export function useAnswer<T>(question: Question): Answered<T> {
  const [found, setFound] = useState<Omit<Answered<T>, 'isCurrent'> & { readonly to: Question | null }>({
    answer: null,
    complaint: null,
    to: null,
  })
  useEffect(() => {
    const gone = new AbortController()
    const show = (answer: T | null, complaint: string | null): void => {
      if (!gone.signal.aborted) setFound({ answer, complaint, to: question })
    }
    ask<T>(question, gone.signal).then(
      (answer) => show(answer, null),
      (error: unknown) => show(null, reasonOf(error)),
    )
    return () => gone.abort()
  }, [question])
  return { answer: found.answer, complaint: found.complaint, isCurrent: found.to === question }
}
