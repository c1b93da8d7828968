/**
 * Room in the memory where the search was, for the arrays of programs that run there.
 */

import { aligned } from '../machine/reserve.ts'

/** Bytes of a memory that nobody else uses, of zeros at first; those that are not written cost nothing. */
export interface Workspace {
  readonly memory: WebAssembly.Memory
  readonly at: number
  readonly bytes: number
}

/** An array at the beginning of a workspace, and what is left behind it; where there is no room, one elsewhere. It may hold anything. */
export function takeWords(
  workspace: Workspace | null,
  words: number,
): { readonly array: Int32Array; readonly rest: Workspace | null } {
  if (workspace === null) return { array: new Int32Array(words), rest: null }
  const { memory, at, bytes } = workspace
  const from = aligned(at)
  const left = at + bytes - (from + words * 4)
  if (left < 0) return { array: new Int32Array(words), rest: workspace }
  return { array: new Int32Array(memory.buffer, from, words), rest: { memory, at: from + words * 4, bytes: left } }
}
