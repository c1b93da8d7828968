/**
 * Kernels as machines: compiled once, and run by as many threads as there are, each with a memory of its own.
 */

import { type Translated, translate } from './translate.ts'

/** Can be sent to threads. */
export interface Machine {
  readonly module: WebAssembly.Module
  readonly arrays: Translated['arrays']
}

export interface Running {
  /** A function that it offers. */
  function(name: string): (...inputs: readonly number[]) => number
  /** An array that it offers; undefined: there is none of that name. */
  array(name: string): Int32Array | undefined
}

/** Throws where the text is not of the language. */
export function buildMachine(text: string): Machine {
  const { bytes, arrays } = translate(text)
  return { module: new WebAssembly.Module(bytes), arrays }
}

export function run({ module, arrays }: Machine): Running {
  const { exports } = new WebAssembly.Instance(module)
  const { buffer } = exports.memory as WebAssembly.Memory
  return {
    function: (name) => exports[name] as ReturnType<Running['function']>,
    array: (name) => {
      const place = arrays[name]
      return place === undefined ? undefined : new Int32Array(buffer, place.address, place.length)
    },
  }
}
