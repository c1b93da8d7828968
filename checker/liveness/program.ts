/**
 * Runs a program of liveness: as a machine where all arrays that it works on lie in the memory of a near store, as JavaScript elsewhere.
 */

import { buildMachine, type Running, run } from '../machine/machine.ts'
import { aligned } from '../machine/reserve.ts'
import { runAsScript } from '../machine/script.ts'
import type { ArrayPlace, Given } from '../machine/syntax.ts'
import type { Workspace } from './state-graph.ts'

export interface ProgramInput {
  readonly arrays: Readonly<Record<string, Int32Array>>
  readonly functions: Given['functions']
  readonly given: Readonly<Record<string, (...inputs: readonly number[]) => unknown>>
  readonly memory: WebAssembly.Memory | null
}

export function runProgram(text: string, { arrays, functions, given, memory }: ProgramInput): Running {
  const isNear = Object.values(arrays).every(({ buffer }) => buffer === memory?.buffer)
  if (memory === null || !isNear) return runAsScript(text, { ...arrays, ...given })
  const machine = buildMachine(text, { arrays: Object.entries(arrays).map(placeOf), functions, size: 0 })
  return run(machine, { memory, own: 0, functions: given })
}

function placeOf([name, array]: readonly [string, Int32Array]): ArrayPlace {
  return { name, values: null, width: 4, length: array.length, address: array.byteOffset, isShared: true }
}

/** An array at the beginning of a workspace, and what is left behind it; of its own where there is no room. It may hold anything. */
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
