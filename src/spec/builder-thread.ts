/**
 * The thread that builds specs, one for each. Until it runs, the time to start it goes by: it is started before anybody knows what the
 * command line says, and reads meanwhile what it will need.
 */

import { Worker } from 'node:worker_threads'

/** Far more than the largest model takes, and far less than a machine has. */
export const maxHeapMegabytes = 2048

let ahead: Worker | null = null

/** `spec`: the file that it will probably be asked for. */
function start(spec: string | null): Worker {
  return new Worker(new URL('./spec-worker.cjs', import.meta.url), {
    workerData: spec,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMegabytes },
  })
}

/** Starts the thread for the spec that is loaded next, probably this one: it is read meanwhile, but not run. It keeps nobody from ending. */
export function startAhead(spec: string): void {
  const worker = start(spec)
  worker.unref()
  // Where no thread can start, as in a folder that is gone, the command line says why; or the thread that takes its place.
  worker.once('error', () => {
    if (ahead === worker) ahead = null
  })
  ahead = worker
}

/** A thread that waits for what it is to build. */
export function builderThread(): Worker {
  const worker = ahead ?? start(null)
  ahead = null
  worker.ref()
  return worker
}
