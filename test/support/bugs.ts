/** The corpus of real bugs: each file shows one bug and its fix, and what tells them apart is a property. */

import { readdirSync } from 'node:fs'
import { expect } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { checkSpec, verdictsOf } from './build.ts'

const folder = new URL('../../specs/bugs/', import.meta.url)

/** The files on the arm64 kit, which take seconds each, and the small models. */
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
export const arm64Bugs = files.filter((name) => name.startsWith('arm64-'))
export const smallBugs = files.filter((name) => !name.startsWith('arm64-'))

/** The models that a file exports, beside routines for other specs. */
async function modelsOf(file: string): Promise<readonly ModelBuilder[]> {
  const exported: Readonly<Record<string, object>> = await import(new URL(file, folder).href)
  return Object.values(exported).filter((value): value is ModelBuilder => 'isModelBuilder' in value)
}

/** Every verdict of the file is as expected, and one of its models holds all that the bug breaks. */
export async function expectBugAndFix(file: string): Promise<void> {
  const results = await Promise.all((await modelsOf(file)).map((builder) => checkSpec(builder)))

  expect(results.flatMap(({ properties }) => properties.filter(({ asExpected }) => !asExpected))).toEqual([])

  // What every model of the file violates has nothing to do with this bug.
  const verdicts = results.map(verdictsOf)
  const broken = [
    ...new Set(verdicts.flatMap((one) => Object.keys(one).filter((name) => one[name] === 'violated'))),
  ].filter((name) => verdicts.some((one) => one[name] !== 'violated'))
  expect(broken).not.toEqual([])
  expect(verdicts.some((one) => broken.every((name) => one[name] === 'holds'))).toBe(true)
}
