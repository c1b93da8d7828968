/**
 * Long work in parts. Between two of them the event loop may turn, so that signals are heard, and the work may be left for good.
 */

/** A part is at most some milliseconds of work. After one that says that memory is short there is no other. */
export type Parts<T> = Generator<'memory limit' | undefined, T, undefined>

/** The last part of work for which there is no memory. */
export function* runShort(): Generator<'memory limit', never, undefined> {
  yield 'memory limit'
  throw new Error('work went on without memory')
}

/** One work after the other. */
export function* inSequence<T>(works: readonly Parts<T>[]): Parts<readonly T[]> {
  const all: T[] = []
  for (const work of works) all.push(yield* work)
  return all
}

/** All parts in a row. Throws when memory is short. */
export function finish<T>(work: Parts<T>): T {
  for (;;) {
    const { done, value } = work.next()
    if (done === true) return value
    if (value !== undefined) work.throw(new Error(value))
  }
}
