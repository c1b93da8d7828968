/**
 * Programs as JavaScript, whose subset their language is: for arrays beyond the memory of a machine.
 */

import type { Running } from './machine.ts'

/** `given`: the arrays and functions that the program does not declare. */
export function runAsScript(text: string, given: Readonly<Record<string, unknown>>): Running {
  const offered: Readonly<Record<string, never>> = new Function(
    'given',
    `'use strict'\nconst { ${Object.keys(given).join(', ')} } = given\n${text}`,
  )(given)
  return { function: (name) => offered[name] as never, array: (name) => offered[name] }
}
