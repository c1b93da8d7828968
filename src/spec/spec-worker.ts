/**
 * Thread entry: builds the one spec that it is told of, and posts the result.
 */

import { parentPort } from 'node:worker_threads'
import { type BuildInput, buildSpec, loadTools } from './bundle.ts'
import { describeThrown } from './thrown.ts'

parentPort?.once('message', (input: BuildInput) => {
  buildSpec(input).then(
    (built) => parentPort?.postMessage({ built }),
    (error: unknown) => {
      const { stack, message } = describeThrown(error)
      parentPort?.postMessage({ bug: stack || message })
    },
  )
})
loadTools()
