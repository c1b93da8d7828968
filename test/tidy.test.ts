/**
 * What the layout of the repository promises: floors, no runtime cycles, a test for every code of a problem.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'
import { problemCodes } from '../src/model/problem.ts'

const roots = ['src', 'checker']

const files = roots
  .flatMap((root) => readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)))
  .filter((name) => /\.tsx?$/.test(name))
  .sort()

const textOf = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))

/** Files that a file imports; `import type` vanishes at run time. */
function importsOf(file: string, hasTypes: boolean): readonly string[] {
  const found = (textOf.get(file) ?? '').matchAll(/^(?:import|export)( type)?[^'"]*? from '(\.[^']+)'/gm)
  return [...found]
    .filter(([, type]) => hasTypes || type === undefined)
    .map(([, , path = '']) => normalize(join(dirname(file), path)))
}

describe('floors', () => {
  it('the model imports nothing but the model', () => {
    const upward = files
      .filter((file) => file.startsWith('src/model/'))
      .flatMap((file) => importsOf(file, true).filter((to) => !to.startsWith('src/model/')))

    expect(upward).toEqual([])
  })

  it('the language imports itself and the model', () => {
    const upward = files
      .filter((file) => file.startsWith('src/language/'))
      .flatMap((file) => importsOf(file, true).filter((to) => !/^src\/(language|model)\//.test(to)))

    expect(upward).toEqual([])
  })

  it('the checker imports itself and the model', () => {
    const upward = files
      .filter((file) => file.startsWith('checker/'))
      .flatMap((file) => importsOf(file, true).filter((to) => !/^(checker|src\/model)\//.test(to)))

    expect(upward).toEqual([])
  })
})

/** A cycle that starts and ends in this file, or null. */
function cycleFrom(file: string, path: readonly string[], done: Set<string>): readonly string[] | null {
  if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
  if (done.has(file)) return null
  for (const next of importsOf(file, false)) {
    const cycle = cycleFrom(next, [...path, file], done)
    if (cycle !== null) return cycle
  }
  done.add(file)
  return null
}

it('no file imports itself through others at run time', () => {
  const done = new Set<string>()

  expect(files.flatMap((file) => cycleFrom(file, [], done) ?? [])).toEqual([])
})

it('every code of a problem is provoked by a test', () => {
  const tests = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'tidy.test.ts')
    .map((name) => readFileSync(join('test', name), 'utf8'))

  expect(Object.keys(problemCodes).filter((code) => !tests.some((text) => text.includes(code)))).toEqual([])
})
