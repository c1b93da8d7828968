/**
 * What a spec imports from the language and there is not. Nothing else would tell: a bundle reads properties of what it imports, and one
 * that does not exist is `undefined`.
 */

import { languageHint } from '../language/unknown-member.ts'
import type { Source } from '../model/ir.ts'
import { nearest } from '../model/nearest.ts'
import { type Problem, problem } from '../model/problem.ts'

/** `code`: as esbuild prints it. `place` counts lines and columns from 1. Each name is told once, where it is used first. */
export function unknownImports(
  code: string,
  known: readonly string[],
  place: (line: number, column: number) => Source,
): readonly Problem[] {
  const used = new Map(
    // A name that is only exported again stands behind an arrow, and may be that of a type.
    [...code.matchAll(/(?<!\(\) => )\bimport_modelcheck\d*\.([\w$]+)/g)]
      .reverse()
      .map((match) => [match[1] ?? '', match.index]),
  )
  return [...used]
    .filter(([name]) => name !== 'default' && !known.includes(name))
    .sort(([, left], [, right]) => left - right)
    .map(([name, index]) => {
      const before = code.slice(0, index).split('\n')
      const near = nearest(name, known)
      const hint = near === null ? languageHint : `Did you mean '${near}'?`
      return problem(
        'MC402',
        `modelcheck has no '${name}' to import`,
        hint,
        place(before.length, (before.at(-1)?.length ?? 0) + 1),
      )
    })
}
