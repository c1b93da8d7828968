/**
 * Stateright, one thread, breadth first: a small program around the crate, built by cargo.
 */

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { succeed } from '../measure.ts'
import { noSource, type Tool } from '../tool.ts'
import { figuresOf } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

/** Builds the program; null when cargo or the crate cannot be had. */
async function build(): Promise<string | null> {
  const manifest = sourceOf('stateright/Cargo.toml')
  if (manifest === null) return null
  const target = workFolder('stateright')
  try {
    const flags = ['build', '--release', '--quiet', '--target-dir', target]
    await succeed({ program: 'cargo', arguments: flags, folder: dirname(manifest) })
    return join(target, 'release', 'peer')
  } catch {
    return null
  }
}

/** As the manifest asks for it. */
function crateVersion(): string {
  const manifest = sourceOf('stateright/Cargo.toml')
  const text = manifest === null ? '' : readFileSync(manifest, 'utf8')
  return `stateright ${/^stateright = "(.+)"$/m.exec(text)?.[1] ?? 'of unknown version'}`
}

export const stateright: Tool = {
  name: 'Stateright',
  version: async () => ((await build()) === null ? null : crateVersion()),
  prepare: async ({ name, size }) => {
    if (sourceOf(`stateright/src/${name.replaceAll('-', '_')}.rs`) === null) return noSource
    const startedAt = performance.now()
    const program = await build()
    if (program === null) return { why: 'it cannot be built' }
    return {
      preparedMs: performance.now() - startedAt,
      run: () => figuresOf(program, [name, String(size)]),
    }
  },
}
