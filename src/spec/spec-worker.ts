/**
 * Thread entry: builds one spec and posts the result.
 */

import { parentPort, workerData } from 'node:worker_threads'
import { type BuildInput, buildSpec } from './bundle.ts'
import { describeThrown } from './thrown.ts'

const input: BuildInput = workerData
buildSpec(input).then(
  (built) => parentPort?.postMessage({ built }),
  (error: unknown) => {
    const { stack, message } = describeThrown(error)
    parentPort?.postMessage({ bug: stack || message })
  },
)
