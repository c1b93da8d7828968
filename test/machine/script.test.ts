/**
 * Programs as JavaScript.
 */

import { expect, it } from 'vitest'
import { runAsScript } from '../../checker/machine/script.ts'

const text = `const words = new Int32Array(2)
function add(a, b) {
  words[0] = Math.imul(a, b)
  Atomics.compareExchange(words, 1, 0, 7)
  return words[0] + Atomics.load(words, 1)
}
return { add }`

/** As in a context apart, where each reading of a global is asked of Node. */
function withoutGlobals<T>(names: readonly string[], act: () => T): T {
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name) ?? {}] as const)
  const get = (): never => {
    throw new Error('a global was read')
  }
  for (const name of names) Object.defineProperty(globalThis, name, { get, configurable: true })
  try {
    return act()
  } finally {
    for (const [name, descriptor] of before) Object.defineProperty(globalThis, name, descriptor)
  }
}

it('a program reads no global while it runs', () => {
  const add = runAsScript(text, {}).function('add')

  expect(withoutGlobals(['Math', 'Atomics'], () => add(5, 3))).toBe(22)
})
