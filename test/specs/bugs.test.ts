/**
 * The corpus of real bugs: each file shows one bug and its fix, and what tells them apart is a property.
 */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const folder = new URL('../../specs/bugs/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))

/** The models that a file exports, beside routines for other specs. */
async function modelsOf(file: string): Promise<readonly ModelBuilder[]> {
  const exported: Readonly<Record<string, object>> = await import(new URL(file, folder).href)
  return Object.values(exported).filter((value): value is ModelBuilder => 'isModelBuilder' in value)
}

describe('the corpus of real bugs', () => {
  it.each(files)('%s: every verdict is as expected, and one model holds all that the bug breaks', async (file) => {
    const results = await Promise.all((await modelsOf(file)).map((builder) => checkSpec(builder)))

    expect(results.flatMap(({ properties }) => properties.filter(({ asExpected }) => !asExpected))).toEqual([])

    // What every model of the file violates has nothing to do with this bug.
    const verdicts = results.map(verdictsOf)
    const broken = [
      ...new Set(verdicts.flatMap((one) => Object.keys(one).filter((name) => one[name] === 'violated'))),
    ].filter((name) => verdicts.some((one) => one[name] !== 'violated'))
    expect(broken).not.toEqual([])
    expect(verdicts.some((one) => broken.every((name) => one[name] === 'holds'))).toBe(true)
  })
})
