/**
 * What the layout of the repository promises: floors, no runtime cycles, a test for every code of a problem.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'
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

/** A function and how many lines are its own: named functions inside it are counted apart. */
interface Measured {
  readonly name: string
  readonly ownLines: number
}

function measuredFunctions(file: string): readonly Measured[] {
  const tree = ts.createSourceFile(file, textOf.get(file) ?? '', ts.ScriptTarget.Latest, true)
  const lineOf = (position: number): number => tree.getLineAndCharacterOfPosition(position).line
  const linesOf = (node: ts.Node): number => lineOf(node.end) - lineOf(node.getStart(tree)) + 1
  const nameOf = (node: ts.Node): string | null => {
    if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText(tree) ?? 'default'
    return ts.isArrowFunction(node) && ts.isVariableDeclaration(node.parent) ? node.parent.name.getText(tree) : null
  }
  const found: Measured[] = []
  /** Lines of the named functions in a node. */
  const visit = (node: ts.Node): number => {
    let inner = 0
    ts.forEachChild(node, (child) => {
      inner += visit(child)
    })
    const name = nameOf(node)
    if (name === null) return inner
    found.push({ name, ownLines: linesOf(node) - inner })
    return linesOf(node)
  }
  visit(tree)
  return found
}

describe('sizes', () => {
  it('no file is longer than 400 lines', () => {
    const long = files.filter((file) => (textOf.get(file) ?? '').split('\n').length > 400)

    expect(long).toEqual([])
  })

  it('no function has more than 70 lines of its own', () => {
    const long = files.flatMap((file) =>
      measuredFunctions(file).flatMap(({ name, ownLines }) =>
        ownLines > 70 ? [`${file}: ${name}, ${ownLines} lines`] : [],
      ),
    )

    expect(long).toEqual([])
  })

  it('no function of the language and the compiler has more than four parameters', () => {
    const many = files
      .filter((file) => /^(src\/language|checker\/compile)\//.test(file))
      .flatMap((file) => parameterCounts(file).flatMap((count) => (count > 4 ? [`${file}: ${count}`] : [])))

    expect(many).toEqual([])
  })
})

function parameterCounts(file: string): readonly number[] {
  const tree = ts.createSourceFile(file, textOf.get(file) ?? '', ts.ScriptTarget.Latest, true)
  const counts: number[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) || ts.isArrowFunction(node)) counts.push(node.parameters.length)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return counts
}
