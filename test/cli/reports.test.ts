/**
 * The document of `--json`, as its reader decodes it: it has every field of the contract for every exit code.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCodeOf, type Report, reportCodec } from '../../src/report/report.ts'
import { root, type Workshop, workshop } from './command.ts'

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  const dieHard = readFileSync(join(root, 'specs/die-hard.ts'), 'utf8')
  shop.write('unexpected.ts', dieHard.replace(/expectViolated: .*/, ''))
})
afterAll(() => shop.remove())

function decoded(text: string): Report {
  const report = reportCodec.decode(JSON.parse(text))
  if (E.isRight(report)) return report.right
  throw new Error(report.left.map(({ context }) => context.map(({ key }) => key).join('.')).join('\n'))
}

const swapped = ['specs/peterson.ts', '--model', 'peterson-swapped']

describe('the report of --json', () => {
  it.each([
    [0, swapped],
    [1, ['unexpected.ts']],
    [2, ['nofile.ts']],
    [3, ['specs/die-hard.ts', '--max-depth', '2']],
  ] as const)('decodes with exit code %d: %s', async (code, args) => {
    const ended = await shop.call(...args, '--json')
    const report = decoded(ended.stdout)

    expect(ended.code, ended.stderr).toBe(code)
    expect(exitCodeOf(report)).toBe(code)
    expect(report.errors.length > 0).toBe(code === 2)
    for (const { digest } of report.models) expect(digest).toMatch(/^[0-9a-f]{32}$/)
  })

  it('is that of the spec, also where another script is the first of the command line', () => {
    const { code, stdout } = shop.run('--emit', 'code.ts', ...swapped, '--json')

    expect([code, decoded(stdout).spec]).toEqual([0, 'specs/peterson.ts'])
  })

  it('is refused by the codec when a field is missing', async () => {
    const { spec: _, ...rest } = decoded((await shop.call(...swapped, '--json')).stdout)

    expect(E.isLeft(reportCodec.decode(rest))).toBe(true)
  })
})
