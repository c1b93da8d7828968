/**
 * Stateright, one thread, breadth first: a small program around the crate, built by cargo.
 */

import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { noSource, type Tool } from '../tool.ts'
import { builtByCargo } from './cargo.ts'
import { figuresOf } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

async function build(): Promise<string | null> {
  const manifest = sourceOf('stateright/Cargo.toml')
  return manifest === null ? null : await builtByCargo(dirname(manifest), workFolder('stateright'))
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
