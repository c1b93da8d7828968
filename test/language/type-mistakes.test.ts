/**
 * What the editor says of a mistake: compiles `type-mistakes.ts` without its expectations and reads the messages.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { beforeAll, describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('type-mistakes.ts', import.meta.url))
const source = readFileSync(file, 'utf8')

/** What the compiler reads is the same whatever the options are. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** First line of each message, by the words of the expectation that announced it. `less`: options that a project may not have. */
function messages(less: ts.CompilerOptions = {}): ReadonlyMap<string, string> {
  const root = fileURLToPath(new URL('../../tsconfig.json', import.meta.url))
  const { options: own } = ts.getParsedCommandLineOfConfigFile(
    root,
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  ) ?? {
    options: {},
  }
  const options = { ...own, ...less }
  const host = ts.createCompilerHost(options)
  const { readFile, getSourceFile } = host
  host.readFile = (name) => (name === file ? source.replaceAll('@ts-expect-error', 'expected:') : readFile(name))
  host.getSourceFile = (name, ...how) => {
    if (!parsed.has(name)) parsed.set(name, getSourceFile(name, ...how))
    return parsed.get(name)
  }
  const program = ts.createProgram([file], options, host)
  const lines = source.split('\n')
  return new Map(
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
      const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0
      const words = (lines[line - 1] ?? '').replace(/.*@ts-expect-error /, '')
      return [words, ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')]
    }),
  )
}

describe('the editor', () => {
  let said: ReadonlyMap<string, string>
  beforeAll(() => {
    said = messages()
  })

  it('reports every announced mistake, and nothing else', () => {
    const announced = [...source.matchAll(/@ts-expect-error (.*)/g)].map((match) => match[1] ?? '')
    expect(new Set(said.keys())).toEqual(new Set(announced))
    expect(announced.length).toBeGreaterThan(14)
  })

  it('reports the same in a project that is strict and no more', () => {
    const less = messages({ exactOptionalPropertyTypes: false, noUncheckedIndexedAccess: false })

    expect(new Set(less.keys())).toEqual(new Set(said.keys()))
  })

  it.each([
    ['a misspelt label', `'"critcal"' is not assignable to parameter of type '"`],
    ['a misspelt label among others', `Did you mean '"critical"'?`],
    ['a misspelt routine', `'"irq_entr"' is not assignable to parameter of type '"irq_exit" | "irq_enter"'`],
    ['a call of a routine that does not exist', `Did you mean 'irq_enter'?`],
    [
      'a misspelt value in a comparison',
      `'"p3"' is not assignable to parameter of type '"p0" | "p1" | Expr<"p0" | "p1">'`,
    ],
    ['a misspelt field', `Property 'leval' does not exist on type`],
    [
      'a missing element',
      `is not assignable to parameter of type 'boolean | { readonly p0: boolean; readonly p1: boolean; }'`,
    ],
    ['a number for a boolean', `'1' is not assignable to parameter of type 'boolean | Expr<boolean>'`],
    ['a number as a condition', `'Var<number>' is not assignable to parameter of type 'boolean | Expr<boolean>'`],
    ['the negation of a number', `'Var<number>' is not assignable to parameter of type 'boolean | Expr<boolean>'`],
    ["JavaScript's equality on an expression", `types 'Var<"p0" | "p1">' and 'string' have no overlap`],
    ['an assignment to a value', `'Expr<number>' is not assignable to parameter of type 'Var<number>'`],
  ])('says of %s: … %s', (mistake, text) => {
    expect(said.get(mistake)).toContain(text)
  })
})
