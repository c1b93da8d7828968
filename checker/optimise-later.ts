/**
 * V8 optimises later than it would, and less together. A check runs some hundred functions for a few milliseconds each, to write and translate code; to optimise them
 * takes more of the processors' time than they save, and half is thrown away when they meet what they had not met. What runs for long is
 * optimised all the same.
 */

import { setFlagsFromString } from 'node:v8'

/** Bytes of code that a function runs before V8 looks whether to optimise it: instead of 132 kB. */
const budget = 600_000

/**
 * Bytes of code of the functions that are optimised as a part of one which calls them, but for the smallest: instead of 920. Those of a parser lead
 * to each other, so each of them is compiled with a good part of all: that takes longer than what it saves, on a processor that others may want.
 */
const together = 200

/** Later ones have a compiler between the fast one and the good one, no such flag, and nothing to gain by the like. */
const hasBudget = process.versions.v8.startsWith('11.')

/**
 * For the whole process, from now on. Not before Node's own modules are read: where flags have changed it compiles them, once, instead of
 * taking them from its cache.
 */
export function optimiseLater(): void {
  if (!hasBudget) return
  setFlagsFromString(`--interrupt-budget=${budget}`)
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${together}`)
}
