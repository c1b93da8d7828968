/**
 * Names that a spec imports and there are not, in a bundle as esbuild prints it.
 */

import { expect, it } from 'vitest'
import { unknownImports } from '../../src/spec/unknown-imports.ts'

const told = (code: string): readonly unknown[] =>
  unknownImports(code, ['model', 'never'], (line, column) => ({ file: `column ${column}`, line })).map(
    ({ message, hint, source }) => [message, hint, source],
  )

it('are told once, in the order of their lines, with the name that is near', () => {
  expect(
    told('var x = (0, import_modelcheck.nevr)(1)\nimport_modelcheck2.nevr; import_modelcheck.model(zzzz)\n'),
  ).toEqual([["modelcheck has no 'nevr' to import", "Did you mean 'never'?", { file: 'column 13', line: 1 }]])
})

it('are no types that are exported again', () => {
  expect(told('__export(spec_exports, {\n  Expr: () => import_modelcheck.Expr,\n  m: () => m\n});\n')).toEqual([])
})
