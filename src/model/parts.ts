/**
 * Long work in parts. Between two of them the event loop may turn, so that signals are heard, and the work may be left for good.
 */

/** A part is at most some milliseconds of work. */
export type Parts<T> = Generator<undefined, T, undefined>

/** All parts in a row. */
export function finish<T>(work: Parts<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
  }
}
