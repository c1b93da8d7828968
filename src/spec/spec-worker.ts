/**
 * Thread entry: builds the one spec that it is told of, and posts the result. The spec that it will probably be told of is read until then.
 * Afterwards it takes part in searches, if it is sent a port.
 */

import { resolve } from 'node:path'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { takePartBy } from './afterwards.ts'
import { heedThread, leftNothing } from './at-rest.ts'
import { type BuildInput, type Built, buildSpec } from './bundle.ts'
import { readSpec } from './spec-script.ts'
import { describeThrown } from './thrown.ts'

/** Null: nobody guessed. */
const likely = typeof workerData === 'string' ? resolve(workerData) : null
const ahead = likely === null ? null : readSpec(likely)
// Whoever waits for it is told of errors; perhaps nobody does.
ahead?.catch(() => undefined)

async function build(input: BuildInput): Promise<Built> {
  const isLikely = resolve(input.cwd, input.file) === likely
  // Not before the wrong one is read: whoever is done with the bundler stops it.
  if (!isLikely) await ahead?.catch(() => undefined)
  return buildSpec(input, { script: isLikely ? ahead : null, heed: heedThread })
}

parentPort?.once('message', (input: BuildInput) => {
  build(input).then(
    (built) => {
      parentPort?.once('message', (port: MessagePort) => takePartBy(port))
      parentPort?.postMessage({ built, isFree: leftNothing() })
    },
    (error: unknown) => {
      const { stack, message } = describeThrown(error)
      parentPort?.postMessage({ bug: stack || message })
    },
  )
})
