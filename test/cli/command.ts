/**
 * The built command, in a folder of its own: in a child process, or in this one where nothing hangs on the process.
 */

import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { vi } from 'vitest'

export const root = fileURLToPath(new URL('../../', import.meta.url))
const colourless = { NO_COLOR: '1', FORCE_COLOR: undefined }
/** For a process that is started: its output has no colours, whatever the tests are run with. */
export const plainEnv = { ...process.env, ...colourless }

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Interrupted extends Ended {
  /** Whether any process that it started lives on. */
  readonly hasOrphans: boolean
}

export interface Workshop {
  readonly folder: string
  write(name: string, text: string): void
  /** Runs to its end in this process, where it takes a third of the time at most. One at a time, and where nothing hangs on the process. */
  call(...args: readonly string[]): Promise<Ended>
  /** The same from another folder, given from this one. */
  callIn(cwd: string, ...args: readonly string[]): Promise<Ended>
  /** Runs to its end in a process of its own. */
  run(...args: readonly string[]): Ended
  /** A line for the shell, in which `modelcheck` is the command. */
  shell(line: string): Ended
  /** Runs, and is sent SIGINT at its first line of progress. */
  interrupt(...args: readonly string[]): Promise<Interrupted>
  /** The same, and SIGTERM at once after it. */
  interruptTwice(...args: readonly string[]): Promise<Interrupted>
  /** Runs, and is sent SIGINT when its progress says something. */
  interruptWhen(said: RegExp, ...args: readonly string[]): Promise<Interrupted>
  /** Runs, and is sent SIGTERM when its progress says something. */
  terminate(said: string, ...args: readonly string[]): Promise<Interrupted>
  /** Runs, and loses its terminal at its first line of progress. */
  hangUp(...args: readonly string[]): Promise<Interrupted>
  remove(): void
}

/** A package with a copy of the specs. */
export function workshop(cli: string = join(root, 'dist/cli.cjs')): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-cli-'))
  cpSync(join(root, 'specs'), join(folder, 'specs'), { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{}')
  return {
    folder,
    write: (name, text) => writeFileSync(join(folder, name), text),
    call: (...args) => called(args, folder),
    callIn: (cwd, ...args) => called(args, join(folder, cwd)),
    run: (...args) => {
      const options = { cwd: folder, encoding: 'utf8', env: plainEnv } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], options)
      return { code: status, stdout, stderr }
    },
    shell: (line) => {
      const script = `modelcheck() { '${process.execPath}' '${cli}' "$@"; }; ${line}`
      const { status, stdout, stderr } = spawnSync('sh', ['-c', script], {
        cwd: folder,
        encoding: 'utf8',
        env: plainEnv,
      })
      return { code: status, stdout, stderr }
    },
    interrupt: (...args) => interrupted({ signals: ['SIGINT'], said: '' }, [cli, ...args], folder),
    interruptTwice: (...args) => interrupted({ signals: ['SIGINT', 'SIGTERM'], said: '' }, [cli, ...args], folder),
    interruptWhen: (said, ...args) => interrupted({ signals: ['SIGINT'], said }, [cli, ...args], folder),
    terminate: (said, ...args) => interrupted({ signals: ['SIGTERM'], said }, [cli, ...args], folder),
    hangUp: (...args) => interrupted({ signals: ['SIGHUP'], said: '' }, [cli, ...args], folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Loaded when it is first wanted: it may not be built for those who use another. */
function builtMain(): typeof import('../../src/cli/main.ts') {
  return createRequire(import.meta.url)(join(root, 'dist/main.cjs'))
}

async function called(args: readonly string[], folder: string): Promise<Ended> {
  const said = { stdout: '', stderr: '' }
  const names = ['stdout', 'stderr'] as const
  const writes = names.map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((chunk: unknown, ...rest: readonly unknown[]): boolean => {
      said[name] += String(chunk)
      const written = rest.at(-1)
      if (typeof written === 'function') written()
      return true
    }),
  )
  const before = process.cwd()
  process.chdir(folder)
  for (const [name, value] of Object.entries(colourless)) vi.stubEnv(name, value)
  try {
    return { code: await builtMain().runCommandLine(args), ...said }
  } finally {
    vi.unstubAllEnvs()
    process.chdir(before)
    for (const write of writes) write.mockRestore()
  }
}

interface Sent {
  /** At once. Delivered late, two of one kind would become one; others come in either order, as any thread may hear them. */
  readonly signals: readonly ('SIGINT' | 'SIGTERM' | 'SIGHUP')[]
  /** Text on stderr that is waited for; the first line of progress says that the search goes on, and threads have started. */
  readonly said: string | RegExp
}

function interrupted({ signals, said }: Sent, args: readonly string[], cwd: string): Promise<Interrupted> {
  // A process group of its own, by which whatever it starts is known.
  const child = spawn(process.execPath, args, { cwd, env: plainEnv, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  let stdout = ''
  let stderr = ''
  let isSent = false
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
    if (isSent || stderr.search(said) < 0) return
    isSent = true
    for (const name of signals) child.kill(name)
  })
  return new Promise((done) => {
    child.on('close', async (code) => {
      done({ code, stdout, stderr, hasOrphans: await livesOn(child.pid ?? 0) })
    })
  })
}

/** Whether any process of a group does. One that has lost its parent may need a moment to notice. */
export async function livesOn(group: number): Promise<boolean> {
  for (let tries = 0; tries < 300; tries++) {
    if (!isAlive(group)) return false
    await setTimeout(100)
  }
  process.kill(-group, 'SIGKILL')
  return true
}

/** Whether a process of the group runs. One that has ended and is only waited for by nobody yet does not, where that can be seen. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0)
  } catch {
    return false
  }
  if (!existsSync('/proc/self/stat')) return true
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((id) => {
      const [state, , itsGroup] = statOf(id)
      return itsGroup === String(group) && state !== 'Z'
    })
}

/** State, parent and group of a process: what follows its name, which may hold blanks. */
function statOf(id: string): readonly string[] {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').replace(/.*\) /s, '').split(' ')
  } catch {
    return []
  }
}
