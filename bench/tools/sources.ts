/**
 * Where the peers' sources are, and how their output is read.
 */

import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { measure } from '../measure.ts'

/** A source below bench/peers, or null when there is none. */
export function sourceOf(path: string): string | null {
  const file = fileURLToPath(new URL(`../bench/peers/${path}`, import.meta.url))
  return existsSync(file) ? file : null
}

/** A folder that outlives this run, so that what was fetched and compiled is found again. */
export function workFolder(name: string): string {
  const folder = join(tmpdir(), 'modelcheck-bench-work', name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** First line that a program prints when asked for its version; null when it is not installed. */
export async function versionBy(program: string, ...options: readonly string[]): Promise<string | null> {
  try {
    const { output } = await measure({ program, arguments: options })
    return /cannot run|No such file/.test(output) ? null : (output.trim().split('\n')[0] ?? null)
  } catch {
    return null
  }
}

/** The number that the first group of a pattern finds. Throws when a tool printed something else. */
export function numberIn(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)
  if (found === null) throw new Error(`nothing matches ${pattern} in:\n${output.slice(-2000)}`)
  return Number(found[1]?.replaceAll(',', ''))
}
