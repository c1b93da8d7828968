/**
 * Code in a context of its own, with its own `Object`, `Atomics` and so on.
 */

import vm from 'node:vm'

const { createContext, compileFunction, runInContext } = vm

export interface Script {
  readonly text: string
  readonly file: string
  /** What there is beside the language: seen under these names, as globals are. */
  readonly given: Readonly<Record<string, unknown>>
}

/** Arrays of the context's own, which nobody has changed. */
interface Globals {
  readonly names: readonly string[]
  readonly values: readonly unknown[]
}

/** One script: a script for each would take longer to compile than all else here. */
const globals = `{
  const names = Object.getOwnPropertyNames(globalThis)
  ;({ names, values: names.map((name) => globalThis[name]) })
}`

export interface Apart {
  readonly context: vm.Context
  /** Runs the text as that of a module, and returns what it exports. */
  run(require: NodeJS.Require): unknown
}

/**
 * Globals are handed to the text as parameters. Each time that a global of such a context is read, Node is asked first: a loop that waits for
 * a word to change (`Atomics.load`) takes fifty times as long.
 */
export function apart({ text, file, given }: Script): Apart {
  const context = createContext(given)
  const { names, values }: Globals = runInContext(globals, context)
  const options = { filename: file, parsingContext: context }
  const code = compileFunction(text, [...names, 'require', 'module', '__filename'], options)
  return {
    context,
    run: (require) => {
      const module = { exports: {} as unknown }
      code(...values, require, module, file)
      return module.exports
    },
  }
}
