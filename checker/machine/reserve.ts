/**
 * Shared memory from the system, which may refuse it: where address space is limited (`ulimit -v`), say.
 */

import { problem, SpecError } from '../../src/model/problem.ts'

const pageBytes = 65_536
/** All of a memory is addressed by 32 bits. */
export const mostPages = 65_536
export const mostMemoryBytes = mostPages * pageBytes

const cacheLineBytes = 64

/** The first address from this one on where a cache line begins. */
export function aligned(address: number): number {
  return Math.ceil(address / cacheLineBytes) * cacheLineBytes
}

/** Throws `SpecError` (MC307). */
export function reserveBuffer(bytes: number): SharedArrayBuffer {
  return unlessRefused(bytes, () => new SharedArrayBuffer(bytes))
}

/** At most `mostMemoryBytes`. Throws `SpecError` (MC307). */
export function reserveMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes)
  return unlessRefused(bytes, () => new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }))
}

function unlessRefused<Reserved>(bytes: number, reserve: () => Reserved): Reserved {
  try {
    return reserve()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const size = `${(bytes / 2 ** 20).toFixed(1)} MiB`
    const hint = 'Ask for less with --memory, or raise the limit of address space (`ulimit -v`).'
    throw new SpecError(problem('MC307', `the system refuses to reserve ${size} of memory`, hint))
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
