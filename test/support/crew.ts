/**
 * Threads that take part in the searches of tests. They outlive a search, because to start one takes longer than most of these searches,
 * and end with the process.
 */

import { openPool, type Threads } from '../../checker/explore/threads.ts'

/** As many as any test asks for. */
const pool = openPool(6)

/** Does what may ask so many threads to take part, and waits until they are home. */
export async function withCrew<T>(count: number, work: (threads: Threads) => Promise<T>): Promise<T> {
  const busy: Promise<void>[] = []
  const threads: Threads = {
    count,
    running: () => pool.running(),
    getReady: () => {},
    takePart: (input, failed) => {
      if (busy.length === count) return false
      busy.push(pool.takePart(input).catch(failed))
      return true
    },
  }
  const done = await work(threads)
  await Promise.all(busy)
  return done
}
