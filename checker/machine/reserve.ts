/**
 * Shared memory from the system, which may refuse it: where address space is limited (`ulimit -v`), say.
 */

import { problem, SpecError } from '../../src/model/problem.ts'

const pageBytes = 65_536
/** All of a memory is addressed by 32 bits. */
export const mostPages = 65_536
export const mostMemoryBytes = mostPages * pageBytes

export const cacheLineBytes = 64

/** The first address from this one on where a cache line begins. */
export function aligned(address: number): number {
  return Math.ceil(address / cacheLineBytes) * cacheLineBytes
}

/** Throws `SpecError` (MC307). */
export function reserveBuffer(bytes: number): SharedArrayBuffer {
  const size = `${(bytes / 2 ** 20).toFixed(1)} MiB of memory`
  const hint = 'Ask for less with --memory, or raise the limit of address space (`ulimit -v`).'
  return unlessRefused(() => new SharedArrayBuffer(bytes), size, hint)
}

/** At most `mostMemoryBytes`. V8 mostly takes the same addresses for one of any size. Throws `SpecError` (MC307). */
export function reserveMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes)
  const hint =
    'It takes 10 GiB of addresses, however small it is: raise their limit (`ulimit -v`), or set NODE_OPTIONS=--disable-wasm-trap-handler.'
  const make = (): WebAssembly.Memory => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true })
  return unlessRefused(make, 'a memory of WebAssembly', hint)
}

function unlessRefused<Reserved>(reserve: () => Reserved, what: string, hint: string): Reserved {
  try {
    return reserve()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new SpecError(problem('MC307', `the system refuses to reserve ${what}`, hint))
  }
}

/** Whether it was thrown by these. */
export function isRefused(error: unknown): boolean {
  return error instanceof SpecError && error.problem.code === 'MC307'
}

/** Shared, so that threads need not be sent copies. What is not written takes no memory. */
export function reserveWords(length: number): Int32Array {
  return new Int32Array(reserveBuffer(length * 4))
}
