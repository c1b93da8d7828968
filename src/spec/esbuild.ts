/**
 * The bundler.
 */

import { createRequire } from 'node:module'

/** By `require`: an `import` would first read through all of its code for the names that it exports, which takes longer than a small search. */
export function loadEsbuild(): typeof import('esbuild') {
  return createRequire(import.meta.url)('esbuild')
}
