/**
 * Entry of a worker thread. It starts the sooner the less it reads: what checks a whole model is read when that is first asked for.
 */

import workerpool from 'workerpool'
import type { Checked, CheckInput, Told } from './check-in-thread.ts'
import { takePart } from './explore/take-part.ts'

const tell = (told: Told): void => workerpool.workerEmit(told)

async function checkInThread(input: CheckInput): Promise<Checked> {
  const { checkInThread: check } = await import('./check-in-thread.ts')
  return check(input, tell)
}

workerpool.worker({ takePart, checkInThread })
