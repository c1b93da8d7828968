/**
 * Runs a program of liveness: as a machine where all arrays that it works on lie in the memory of a near store, as JavaScript elsewhere.
 */

import { buildMachine, type Running, run } from '../machine/machine.ts'
import { runAsScript } from '../machine/script.ts'
import type { ArrayPlace, Given } from '../machine/syntax.ts'

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
