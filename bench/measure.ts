/**
 * One run of one command: time by our clock, memory from the operating system (the peak resident set that
 * `/usr/bin/time` reads from the kernel), and when given lines of its output came.
 */

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Run {
  readonly output: string
  readonly exitCode: number
  readonly wallMs: number
  readonly peakBytes: number
  /** Milliseconds from the start to the first output that matched each of `marks`; NaN if none did. */
  readonly markedMs: readonly number[]
}

export interface Command {
  readonly program: string
  readonly arguments: readonly string[]
  readonly folder?: string
  readonly marks?: readonly RegExp[]
}

export async function measure(command: Command): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-bench-'))
  try {
    return await measureIn(folder, command)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function measureIn(folder: string, command: Command): Promise<Run> {
  const figures = join(folder, 'time')
  const marks = command.marks ?? []
  const markedMs = marks.map(() => Number.NaN)
  return new Promise((resolve, reject) => {
    const startedAt = performance.now()
    const child = spawn('/usr/bin/time', ['-f', '%M', '-o', figures, command.program, ...command.arguments], {
      cwd: command.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (part: string): void => {
      output += part
      for (const [i, mark] of marks.entries()) {
        if (Number.isNaN(markedMs[i]) && mark.test(output)) markedMs[i] = performance.now() - startedAt
      }
    }
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', take)
    child.on('error', reject)
    child.on('close', (exitCode) => {
      const wallMs = performance.now() - startedAt
      try {
        const peakKilobytes = Number(readFileSync(figures, 'utf8').trim().split('\n').at(-1))
        resolve({ output, exitCode: exitCode ?? -1, wallMs, peakBytes: peakKilobytes * 1024, markedMs })
      } catch (error) {
        reject(error)
      }
    })
  })
}

/** Runs a command that must succeed, and returns what it printed. */
export async function succeed(command: Command): Promise<string> {
  const run = await measure(command)
  if (run.exitCode !== 0) throw new Error(`${command.program} failed:\n${run.output.slice(-2000)}`)
  return run.output
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length >> 1
  const high = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2
}
