/**
 * The first file that runs: what takes time by itself is begun, then the command line is loaded.
 */

import './begin.ts'
import './main.ts'
