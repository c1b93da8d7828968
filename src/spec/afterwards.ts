/**
 * What the thread that has built a spec does afterwards, if it is asked to: it takes part in the search, where another would have to start first.
 *
 * A spec may have changed whatever it can reach, so that happens in a context of its own, and nothing that the spec could change is used to get there.
 */

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { type MessagePort, moveMessagePortToContext } from 'node:worker_threads'
import type { serve } from '../../checker/explore/guest.ts'

const { createContext, compileFunction } = vm
const [read, move, require] = [readFileSync, moveMessagePortToContext, createRequire(import.meta.url)]
const given = { performance, Buffer }
const file = fileURLToPath(new URL('./guest.cjs', import.meta.url))

/** Serves whoever has the other end of the port. */
export function takePartBy(port: MessagePort): void {
  const context = createContext(given)
  const module = { exports: {} as { readonly serve: typeof serve } }
  const options = { filename: file, parsingContext: context }
  const run = compileFunction(read(file, 'utf8'), ['require', 'module', '__filename'], options)
  run(require, module, file)
  module.exports.serve(move(port, context) as unknown as Parameters<typeof serve>[0])
}
