/**
 * `--watch` on a real file: a save shows what changed, a broken spec its problem, a repaired one what is better; SIGINT ends it.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { livesOn, plainEnv } from '../cli/command.ts'

let folder = ''
let child: ChildProcess
let output = ''

/** Begins to watch. */
function watch(env: NodeJS.ProcessEnv = plainEnv): void {
  output = ''
  const args = ['spec.ts', '--watch', '--workers', '1', '--memory', '256M']
  // A process group of its own, by which whatever it starts is known.
  child = spawn(process.execPath, [resolve('dist/cli.cjs'), ...args], { cwd: folder, detached: true, env })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      output += text.toString()
    })
  }
}

const ended = (): Promise<unknown> => new Promise((done) => child.on('close', done))

/** Waits until the text has come, after what was waited for before; returns what came with it. */
async function until(text: string): Promise<string> {
  const from = output.length
  for (let waited = 0; waited < 2000; waited++) {
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
})

afterEach(() => {
  child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

it('checks again when a file that the spec imports is saved', async () => {
  watch()
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

  const code = ended()
  child.kill('SIGINT')
  expect(await code).toBe(0)
}, 120_000)

it('outlives the folder of a file that the spec imports, and sees it come back', async () => {
  const kit = readFileSync(join(folder, 'kit.ts'), 'utf8')
  const put = (): void => {
    mkdirSync(join(folder, 'parts'))
    writeFileSync(join(folder, 'parts/kit.ts'), kit)
  }
  put()
  writeFileSync(join(folder, 'spec.ts'), "export { peterson } from './parts/kit.ts'\n")
  watch()
  await until('watching spec.ts')

  const gone = until('watching spec.ts')
  rmSync(join(folder, 'parts'), { recursive: true })
  expect(await gone).toContain('error MC402: Could not resolve "./parts/kit.ts"')

  const back = until('nothing changed')
  put()
  await back
}, 120_000)

it('leaves nothing behind when it is told to end in the middle of the first check, and claims nothing', async () => {
  const temporary = join(folder, 'tmp')
  mkdirSync(temporary)
  writeFileSync(join(folder, 'spec.ts'), "console.error('begun')\nwhile (true);\n")
  // Node keeps code that it has compiled there, since 22.1.
  watch({ ...plainEnv, TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1' })
  await until('begun')

  const code = ended()
  child.kill('SIGTERM')
  expect([await code, readdirSync(temporary)]).toEqual([3, []])
  expect(await livesOn(child.pid ?? 0)).toBe(false)
}, 120_000)

it('says what it misses where there is no folder for temporary files', async () => {
  // Below a file nobody can make a folder, where Node itself would make one that is missing.
  watch({ ...plainEnv, TMPDIR: join(folder, 'spec.ts', 'nowhere') })

  expect(await ended()).toBe(2)
  expect(output).toMatch(/^error MC401: .*nowhere cannot be written: .*\n {2}hint: .*TMPDIR.*\n$/)
})
