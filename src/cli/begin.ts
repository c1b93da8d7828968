/**
 * What is begun before the command line is loaded.
 */

import * as nodeModule from 'node:module'
import { startAhead } from '../spec/builder-thread.ts'

// Since Node 22.1: code that was compiled once is kept for the next run.
if ('enableCompileCache' in nodeModule && typeof nodeModule.enableCompileCache === 'function') {
  nodeModule.enableCompileCache()
}

const script = process.argv.slice(2).find((argument) => /\.[cm]?[jt]sx?$/.test(argument))
if (script !== undefined) startAhead(script)
