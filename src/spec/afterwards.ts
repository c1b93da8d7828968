/**
 * What the thread that has built a spec does afterwards, if it is asked to: it takes part in the search, where another would have to start first.
 *
 * A spec may have changed whatever it can reach, so that happens in a context of its own, and nothing that the spec could change is used to get there.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type MessagePort, moveMessagePortToContext } from 'node:worker_threads'
import type { serve } from '../../checker/explore/guest.ts'
import { apart } from './apart.ts'

const [read, move, require] = [readFileSync, moveMessagePortToContext, createRequire(import.meta.url)]
const given = { performance, Buffer }
const file = fileURLToPath(new URL('./guest.cjs', import.meta.url))

/** Serves whoever has the other end of the port. */
export function takePartBy(port: MessagePort): void {
  const { context, run } = apart({ text: read(file, 'utf8'), file, given })
  const guest = run(require) as { readonly serve: typeof serve }
  guest.serve(move(port, context) as unknown as Parameters<typeof serve>[0])
}
