/**
 * The first thing that runs: what takes time by itself is begun, then the command line is loaded.
 */

import * as nodeModule from 'node:module'
import { startAhead } from '../spec/builder-thread.ts'

// Since Node 22.1: code that was compiled once is kept for the next run.
if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
  nodeModule.enableCompileCache()
}

const isScript = (argument: string): boolean => /\.[cm]?[jt]sx?$/.test(argument)
if (process.argv.slice(2).some(isScript)) startAhead()

await import('./main.ts')
