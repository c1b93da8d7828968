/**
 * The commands that show results, as a user calls them: files are written, exit codes say what they promise.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { root, type Workshop, workshop } from './command.ts'

const good = 'specs/peterson.ts'
const expected = "expectViolated: ['mutual exclusion'],"

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  shop.write('bad.ts', readFileSync(join(root, good), 'utf8').replace(expected, ''))
})
afterAll(() => shop.remove())

const read = (name: string): string => readFileSync(join(shop.folder, name), 'utf8')

it('check writes a report, JUnit and SARIF, and tells GitHub', () => {
  const files = '--report out/bad.json --junit out/junit.xml --sarif out/log.sarif'
  const { code, stdout } = shop.shell(`GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=summary.md modelcheck bad.ts ${files}`)

  expect(code).toBe(1)
  expect(stdout).toMatch(/^::error file=bad\.ts,line=42,title=peterson-swapped::mutual exclusion is violated/m)
  expect(read('summary.md')).toContain('**violated** in 6 steps (not as expected)')
  expect(JSON.parse(read('out/bad.json')).models).toHaveLength(3)
  expect(read('out/junit.xml')).toContain('failures="1"')
  expect(JSON.parse(read('out/log.sarif')).runs[0].results).toHaveLength(3)
})

it('check counts its verdicts', async () => {
  const summary = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await shop.call('bad.ts', '--model', 'peterson-swapped', ...args)
    return stdout.trim().split('\n').at(-1) ?? ''
  }

  expect(await summary()).toBe('1 of 4 verdicts is not as expected')
  expect(await summary('--property', 'mutual exclusion')).toBe('the one verdict is not as expected')
})

it('check tells build servers of a spec that cannot be loaded', async () => {
  shop.write('broken.ts', 'export const x = ')

  const { code } = await shop.call('broken.ts', '--junit', 'broken.xml', '--sarif', 'broken.sarif')

  expect(code).toBe(2)
  expect(read('broken.xml')).toContain('name="MC402"')
  expect(JSON.parse(read('broken.sarif')).runs[0].results[0].ruleId).toBe('MC402')
})

it('diff fails when something got worse, and only then', async () => {
  await shop.call(good, '--report', 'good.json')
  await shop.call('bad.ts', '--report', 'bad.json')

  expect(await shop.call('diff', 'good.json', 'good.json')).toMatchObject({ code: 0, stdout: 'nothing changed\n' })
  expect((await shop.call('diff', 'good.json', 'bad.json')).code).toBe(1)
  expect((await shop.call('diff', 'bad.json', 'good.json')).code).toBe(0)
  expect(await shop.call('diff', 'good.json', good)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('MC405'),
  })
})

it('compare has the exit code of check, and JSON with every counterexample that exists', async () => {
  expect((await shop.call('compare', 'bad.ts')).code).toBe(1)
  const { code, stdout } = await shop.call('compare', good, '--json')

  const { designs, rows, reports } = JSON.parse(stdout)
  expect([code, designs.length, reports.length]).toEqual([0, 3, 1])
  const files = rows.flatMap((row: { readonly cells: readonly { readonly file: string | null }[] }) =>
    row.cells.flatMap(({ file }) => (file === null ? [] : [file])),
  )
  expect(files).toHaveLength(3)
  expect(files.every((file: string) => existsSync(join(shop.folder, file)))).toBe(true)
})

it('graph draws one model and refuses more', async () => {
  const drawn = await shop.call('graph', good, '--model', 'peterson', '--format', 'svg', '--out', 'g.svg')

  expect(drawn.code).toBe(0)
  expect(read('g.svg')).toContain('<svg')
  expect(await shop.call('graph', good)).toMatchObject({ code: 2, stderr: expect.stringContaining('MC301') })
})
