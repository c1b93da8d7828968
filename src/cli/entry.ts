/**
 * The first file that runs: what takes time by itself is begun, then the command line is loaded.
 */

import './begin.ts'
import { runCommandLine } from './main.ts'

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code
})
