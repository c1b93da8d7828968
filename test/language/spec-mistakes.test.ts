/**
 * What a spec's mistakes are reported as: builds `spec-mistakes.ts` and holds the problems against its expectations.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Problem } from '../../src/model/problem.ts'
import { buildSpec } from '../../src/spec/bundle.ts'

const file = fileURLToPath(new URL('spec-mistakes.ts', import.meta.url))

/** Code, words and hint of each expectation, by the line that follows it. */
const expectations = readFileSync(file, 'utf8')
  .split('\n')
  .flatMap((text, i) => {
    const [, code = '', words = '', hint = ''] = /^\s*\/\/ expect (MC\d+): (.*) \| (.*)$/.exec(text) ?? []
    return code === '' ? [] : [{ line: i + 2, code, words, hint }]
  })

let problems: readonly Problem[] = []
beforeAll(async () => {
  problems = (
    await buildSpec({
      file: 'spec-mistakes.ts',
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      set: {},
      wanted: [],
    })
  ).problems
})

describe('a spec with many mistakes', () => {
  it.each(expectations)('is told of $code: $words', ({ line, code, words, hint }) => {
    const found = problems.filter(({ source }) => source?.line === line)

    expect(found.map((one) => [one.code, one.source?.file])).toEqual([[code, 'spec-mistakes.ts']])
    expect(found[0]?.message).toBe(words)
    expect(found[0]?.hint).toContain(hint)
  })

  it('is told of nothing else', () => {
    const lines = new Set(expectations.map(({ line }) => line))

    expect(problems.filter(({ source }) => !lines.has(source?.line ?? 0))).toEqual([])
  })
})
