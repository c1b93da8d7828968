/**
 * Programs as machines: compiled once, and run by as many threads as there are, each with a part of a memory of its own.
 */

import { setFlagsFromString } from 'node:v8'
import { reserveMemory } from './reserve.ts'
import type { Given } from './syntax.ts'
import { imported, type Translated, translate } from './translate.ts'

/** Can be sent to threads. */
export interface Machine extends Omit<Translated, 'bytes'> {
  readonly module: WebAssembly.Module
}

export interface Running {
  /** A function that it offers. */
  function(name: string): (...inputs: readonly number[]) => number
  /** An array of words that it offers; undefined: there is none of that name. */
  array(name: string): Int32Array | undefined
}

/** Where an instance runs: in a memory, from that byte on. */
export interface Surroundings {
  readonly memory: WebAssembly.Memory
  readonly own: number
  /** Those that the program is given. */
  readonly functions: Readonly<Record<string, (...inputs: readonly number[]) => unknown>>
}

/** Throws where the text is not of the language. */
export function buildMachine(text: string, given?: Given): Machine {
  return machineOf(translate(text, given))
}

export function machineOf({ bytes, ...places }: Translated): Machine {
  return { module: new WebAssembly.Module(bytes), ...places }
}

/** With V8's lazy compilation off, all is compiled while the others are off too. */
const usual = ['wasm-lazy-compilation', 'wasm-tier-up', 'wasm-dynamic-tiering']

/**
 * The same, but V8 leaves it as it compiles it at first. The flags are the process's: a machine that another thread builds meanwhile may be
 * left so too.
 */
export function baselineMachineOf(translated: Translated): Machine {
  for (const flag of usual) setFlagsFromString(`--no-${flag}`)
  try {
    return machineOf(translated)
  } finally {
    for (const flag of usual) setFlagsFromString(`--${flag}`)
  }
}

/** By default in a memory of its own. Throws `SpecError` (MC307) where there is none. */
export function run({ module, arrays, initial, from, size }: Machine, surroundings?: Surroundings): Running {
  const { memory, own, functions } = surroundings ?? { memory: reserveMemory(size), own: 0, functions: {} }
  const given = { ...functions, [imported.memory]: memory, [imported.own]: own }
  const { exports } = new WebAssembly.Instance(module, { [imported.module]: given })
  const { buffer } = memory
  // Another program may have run there.
  new Uint8Array(buffer, own + from, size - from).fill(0)
  for (const { address, values } of initial) new Int32Array(buffer, own + address, values.length).set(values)
  return {
    function: (name) => exports[name] as ReturnType<Running['function']>,
    array: (name) => {
      const place = arrays[name]
      return place === undefined ? undefined : new Int32Array(buffer, own + place.address, place.length)
    },
  }
}
