/**
 * What names stand for, while a program is read.
 */

import type { ArrayPlace, Func, Global, Variable } from './syntax.ts'

export type Named =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'array'; readonly array: ArrayPlace }
  | { readonly kind: 'global'; readonly global: Global }

export interface Scope {
  enter(): void
  leave(): void
  declare(variable: Variable): void
  declareNumber(name: string, value: number): void
  declareArray(array: ArrayPlace): void
  declareGlobal(name: string, initial: number): void
  declareFunction(name: string, parameters: readonly string[]): void
  find(name: string): Named
  functionOf(name: string): Func
  functions(): readonly Func[]
  globals(): readonly Global[]
}

export function createScope(): Scope {
  const outermost = new Map<string, Named>()
  const blocks: Map<string, Named>[] = [outermost]
  const functions = new Map<string, Func>()
  const globals: Global[] = []
  const put = (name: string, named: Named): void => {
    blocks.at(-1)?.set(name, named)
  }
  const find = (name: string): Named => {
    for (let i = blocks.length - 1; i >= 0; i--) {
      const named = blocks[i]?.get(name)
      if (named !== undefined) return named
    }
    throw new Error(`a kernel has no ${name}`)
  }
  return {
    enter: () => {
      blocks.push(new Map())
    },
    leave: () => {
      blocks.pop()
    },
    declare: (variable) => put(variable.name, { kind: 'variable', variable }),
    declareNumber: (name, value) => put(name, { kind: 'number', value }),
    declareArray: (array) => put(array.name, { kind: 'array', array }),
    declareGlobal: (name, initial) => {
      const global = { name, initial, number: globals.length }
      globals.push(global)
      put(name, { kind: 'global', global })
    },
    declareFunction: (name, parameters) => {
      functions.set(name, {
        name,
        parameters: parameters.map((parameter) => ({ name: parameter, range: null })),
        body: [],
        hasResult: false,
      })
    },
    find,
    functionOf: (name) => {
      const func = functions.get(name)
      if (func === undefined) throw new Error(`a kernel has no function ${name}`)
      return func
    },
    functions: () => [...functions.values()],
    globals: () => globals,
  }
}
