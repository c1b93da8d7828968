/**
 * The corpus of real bugs: each file shows one bug and its fix, and what tells them apart is a property.
 */

import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

const folder = new URL('../../specs/bugs/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))

async function modelsOf(file: string): Promise<readonly ModelBuilder[]> {
  const exported: Readonly<Record<string, ModelBuilder>> = await import(new URL(file, folder).href)
  return Object.values(exported)
}

describe('the corpus of real bugs', () => {
  it.each(files)('%s: every verdict is as expected, and what the bug violates holds with the fix', async (file) => {
    const results = await Promise.all((await modelsOf(file)).map((builder) => checkSpec(builder)))

    const properties = results.flatMap((result) => result.properties)
    expect(properties.filter((property) => !property.asExpected)).toEqual([])

    const violated = properties.filter(({ verdict }) => verdict === 'violated').map(({ name }) => name)
    const repaired = violated.filter((name) => results.some((result) => verdictsOf(result)[name] === 'holds'))
    expect(violated).not.toEqual([])
    expect(repaired).toEqual(violated)
  })
})
