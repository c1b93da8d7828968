/**
 * Thread entry: builds one spec and posts the result.
 */

import { parentPort, workerData } from 'node:worker_threads'
import { type BuildInput, buildSpec } from './bundle.ts'

const input: BuildInput = workerData
buildSpec(input).then(
  (built) => parentPort?.postMessage({ built }),
  (error: unknown) =>
    parentPort?.postMessage({ bug: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
)
