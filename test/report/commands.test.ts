/**
 * The commands that show results, as a user calls them: files are written, exit codes say what they promise.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelcheck-commands-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/modelcheck'))
  cpSync('specs/peterson.ts', join(folder, 'peterson.ts'))
  const unexpected = readFileSync('specs/peterson.ts', 'utf8').replace("expectViolated: ['mutual exclusion'],", '')
  writeFileSync(join(folder, 'bad.ts'), unexpected)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function modelcheck(args: readonly string[], env: { readonly [name: string]: string } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.cjs'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: undefined, GITHUB_ACTIONS: '', ...env },
  })
  return { status, stdout, stderr }
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

it('check writes a report, JUnit and SARIF, and tells GitHub', () => {
  const files = ['--report', 'out/bad.json', '--junit', 'out/junit.xml', '--sarif', 'out/log.sarif']
  const github = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(folder, 'summary.md') }

  const { status, stdout } = modelcheck(['bad.ts', ...files], github)

  expect(status).toBe(1)
  expect(stdout).toMatch(/^::error file=bad\.ts,line=42,title=peterson-swapped::mutual exclusion is violated/m)
  expect(read('summary.md')).toContain('**violated** in 6 steps (not as expected)')
  expect(JSON.parse(read('out/bad.json')).models).toHaveLength(3)
  expect(read('out/junit.xml')).toContain('failures="1"')
  expect(JSON.parse(read('out/log.sarif')).runs[0].results).toHaveLength(3)
})

it('check counts its verdicts', () => {
  const summary = (...args: readonly string[]): string =>
    modelcheck(['bad.ts', ...args])
      .stdout.trim()
      .split('\n')
      .at(-1) ?? ''

  expect(summary('--model', 'peterson-swapped')).toBe('1 of 4 verdicts is not as expected')
  expect(summary('--property', 'mutual exclusion', '--model', 'peterson-swapped')).toBe(
    'the one verdict is not as expected',
  )
})

it('check tells build servers of a spec that cannot be loaded', () => {
  writeFileSync(join(folder, 'broken.ts'), 'export const x = ')

  const { status } = modelcheck(['broken.ts', '--junit', 'broken.xml', '--sarif', 'broken.sarif'])

  expect(status).toBe(2)
  expect(read('broken.xml')).toContain('name="MC402"')
  expect(JSON.parse(read('broken.sarif')).runs[0].results[0].ruleId).toBe('MC402')
})

it('diff fails when something got worse, and only then', () => {
  modelcheck(['peterson.ts', '--report', 'good.json'])
  modelcheck(['bad.ts', '--report', 'bad.json'])

  expect(modelcheck(['diff', 'good.json', 'good.json'])).toMatchObject({ status: 0, stdout: 'nothing changed\n' })
  expect(modelcheck(['diff', 'good.json', 'bad.json']).status).toBe(1)
  expect(modelcheck(['diff', 'bad.json', 'good.json']).status).toBe(0)
  expect(modelcheck(['diff', 'good.json', 'peterson.ts'])).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('MC405'),
  })
})

it('compare has the exit code of check, and JSON with every counterexample that exists', () => {
  expect(modelcheck(['compare', 'bad.ts']).status).toBe(1)
  const { status, stdout } = modelcheck(['compare', 'peterson.ts', '--json'])

  const { designs, rows, reports } = JSON.parse(stdout)
  expect([status, designs.length, reports.length]).toEqual([0, 3, 1])
  const files = rows.flatMap((row: { readonly cells: readonly { readonly file: string | null }[] }) =>
    row.cells.flatMap(({ file }) => (file === null ? [] : [file])),
  )
  expect(files).toHaveLength(3)
  expect(files.every((file: string) => existsSync(join(folder, file)))).toBe(true)
})

it('graph draws one model and refuses more', () => {
  expect(modelcheck(['graph', 'peterson.ts', '--model', 'peterson', '--format', 'svg', '--out', 'g.svg']).status).toBe(
    0,
  )
  expect(read('g.svg')).toContain('<svg')
  expect(modelcheck(['graph', 'peterson.ts'])).toMatchObject({ status: 2, stderr: expect.stringContaining('MC301') })
})
