/**
 * The built command in a child process, in a folder of its own.
 */

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined }

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Workshop {
  readonly folder: string
  write(name: string, text: string): void
  /** Runs to its end. */
  run(...args: readonly string[]): Ended
  /** Runs, and is sent SIGINT so many times, from its first line of progress on. */
  interrupt(signals: number, ...args: readonly string[]): Promise<Ended>
  remove(): void
}

/** A folder with a copy of the specs. */
export function workshop(cli: string = join(root, 'dist/cli.js')): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-cli-'))
  cpSync(join(root, 'specs'), join(folder, 'specs'), { recursive: true })
  return {
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    run: (...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
        cwd: folder,
        encoding: 'utf8',
        env,
      })
      return { code: status, stdout, stderr }
    },
    interrupt: (signals, ...args) => interrupted(signals, [cli, ...args], folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Signals that a busy machine delivers late become one, so the last is repeated until the process has ended. */
const betweenMs = 10

function interrupted(signals: number, args: readonly string[], cwd: string): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  let repeat: NodeJS.Timeout | undefined
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    // The first line of progress: the search goes on, and threads have started.
    if (stderr === '') {
      child.kill('SIGINT')
      if (signals > 1) repeat = setInterval(() => child.kill('SIGINT'), betweenMs)
    }
    stderr += chunk
  })
  return new Promise((done) => {
    child.on('close', (code) => {
      clearInterval(repeat)
      done({ code, stdout, stderr })
    })
  })
}
