/**
 * What names stand for, while a program is read.
 */

import { number } from './ranges.ts'
import type { ArrayPlace, Expression, Func, Global, Variable } from './syntax.ts'

/** An array stands for none, and is read by its elements. */
export type Named = { readonly array: ArrayPlace } | { readonly array: null; readonly e: Expression }

export interface Scope {
  enter(): void
  leave(): void
  declare(variable: Variable): void
  declareNumber(name: string, value: number): void
  declareArray(array: ArrayPlace, name?: string): void
  declareGlobal(name: string, initial: number): void
  declareFunction(name: string, parameters: readonly string[], given?: { readonly hasResult: boolean }): Func
  find(name: string): Named
  functionOf(name: string): Func
  functions(): readonly Func[]
  globals(): readonly Global[]
}

export function createScope(): Scope {
  const namedOf = new Map<string, Named>()
  /** Names that were declared, in this order, and what they stood for before; where the blocks around begin in it. */
  const declared: string[] = []
  const hidden: (Named | undefined)[] = []
  const begins: number[] = []
  const functions = new Map<string, Func>()
  const globals: Global[] = []
  const put = (name: string, named: Named): void => {
    declared.push(name)
    hidden.push(namedOf.get(name))
    namedOf.set(name, named)
  }
  return {
    enter: () => {
      begins.push(declared.length)
    },
    leave: () => {
      const begin = begins.pop() ?? 0
      while (declared.length > begin) {
        const name = declared.pop() ?? ''
        const before = hidden.pop()
        if (before === undefined) namedOf.delete(name)
        else namedOf.set(name, before)
      }
    },
    declare: (variable) =>
      put(variable.name, { array: null, e: { kind: 'variable', variable, range: variable.range } }),
    declareNumber: (name, value) => put(name, { array: null, e: number(value) }),
    declareArray: (array, name = array.name) => put(name, { array }),
    declareGlobal: (name, initial) => {
      const global = { name, initial, number: globals.length }
      globals.push(global)
      put(name, { array: null, e: { kind: 'global', global, range: null } })
    },
    declareFunction: (name, parameters, given) => {
      const func = {
        name,
        number: functions.size,
        parameters: parameters.map((parameter, local) => ({ name: parameter, range: null, local })),
        formula: null,
        steps: null,
        hasResult: given?.hasResult ?? false,
        isGiven: given !== undefined,
      }
      functions.set(name, func)
      return func
    },
    find: (name) => {
      const named = namedOf.get(name)
      if (named === undefined) throw new Error(`a program has no ${name}`)
      return named
    },
    functionOf: (name) => {
      const func = functions.get(name)
      if (func === undefined) throw new Error(`a program has no function ${name}`)
      return func
    },
    functions: () => [...functions.values()],
    globals: () => globals,
  }
}
