/**
 * Where the peers' sources are, and where what is made of them lies. Paths are seen from dist, where the bench is bundled.
 */

import { existsSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Of the repository; with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** A source below bench/peers, or null when there is none. */
export function sourceOf(path: string): string | null {
  const file = join(root, 'bench/peers', path)
  return existsSync(file) ? file : null
}

/** A folder that outlives this run, so that what was fetched and compiled is found again. */
export function workFolder(name: string): string {
  const folder = join(tmpdir(), 'modelcheck-bench-work', name)
  mkdirSync(folder, { recursive: true })
  return folder
}
