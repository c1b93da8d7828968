/**
 * Programs as JavaScript, whose subset their language is: for arrays beyond the memory of a machine.
 */

import type { Running } from './machine.ts'

/**
 * `given`: the arrays and functions that the program does not declare. What it uses of JavaScript's own is handed over too, since in a
 * context apart each global that is read is asked of Node first, as src/spec/apart.ts says: a search took five times as long where the
 * thread that had built the spec took part.
 */
export function runAsScript(text: string, given: Readonly<Record<string, unknown>>): Running {
  const all = { Math, Atomics, Int32Array, Uint16Array, Uint8Array, ...given }
  const offered: Readonly<Record<string, never>> = new Function(
    'all',
    `'use strict'\nconst { ${Object.keys(all).join(', ')} } = all\n${text}`,
  )(all)
  return { function: (name) => offered[name] as never, array: (name) => offered[name] }
}
