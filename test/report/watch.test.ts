/**
 * `--watch` on a real file: a save shows what changed, a broken spec its problem, a repaired one what is better; SIGINT ends it.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

let folder = ''
let child: ChildProcess
let output = ''

/** Waits until the text has come, after what was waited for before; returns what came with it. */
async function until(text: string): Promise<string> {
  const from = output.length
  for (let waited = 0; waited < 600; waited++) {
    const fresh = output.slice(from)
    if (fresh.includes(text)) return fresh
    await new Promise((done) => setTimeout(done, 50))
  }
  throw new Error(`'${text}' never came:\n${output}`)
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelcheck-watch-test-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/modelcheck'))
  cpSync('specs/peterson.ts', join(folder, 'kit.ts'))
  writeFileSync(join(folder, 'spec.ts'), "export { peterson } from './kit.ts'\n")
  output = ''
  child = spawn(
    process.execPath,
    [resolve('dist/cli.cjs'), 'spec.ts', '--watch', '--workers', '1', '--memory', '256M'],
    { cwd: folder },
  )
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output += text.toString()
    })
  }
})

afterEach(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

it('checks again when a file that the spec imports is saved', async () => {
  const kit = join(folder, 'kit.ts')
  const good = readFileSync(kit, 'utf8')
  expect(await until('watching spec.ts')).toContain('all 4 verdicts are as expected')

  const worse = until('watching spec.ts')
  writeFileSync(kit, good.replace("mutex('flag first')", "mutex('turn first')"))
  expect(await worse).toContain('  - mutual exclusion: holds -> violated in 6 steps, not as expected')
  expect(output).toContain("=> p0 is at 'critical'")

  const broken = until('watching spec.ts')
  writeFileSync(kit, good.replace('forever(', 'for ever('))
  expect(await broken).toMatch(/kit\.ts:\d+: error MC402/)

  const repaired = until('watching spec.ts')
  writeFileSync(kit, good)
  expect(await repaired).toContain('  + mutual exclusion: violated in 6 steps, not as expected -> holds')

  const code = new Promise((done) => child.on('exit', done))
  child.kill('SIGINT')
  expect(await code).toBe(0)
}, 120_000)
