/**
 * A spec and what it imports as one script. Nothing of it runs here, so it can be read before anybody knows what to do with it.
 */

import { SourceMap } from 'node:module'
import { dirname } from 'node:path'
import { loadEsbuild } from './esbuild.ts'
import { type Guarded, guardOperators, guards } from './guard-operators.ts'

export interface SpecScript extends Guarded {
  /** Path that its frames have on the stack; there is no such file. */
  readonly name: string
  readonly map: SourceMap
  /** What its code calls besides, by name. */
  readonly guards: { readonly [name: string]: unknown }
}

/** `file`: an absolute path. Rejects with what esbuild says of a spec that it cannot read. */
export async function readSpec(file: string): Promise<SpecScript> {
  const esbuild = loadEsbuild()
  const name = `${file}.bundle.cjs`
  try {
    const bundled = await esbuild.build({
      entryPoints: [file],
      bundle: true,
      write: false,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: ['modelcheck'],
      sourcemap: 'external',
      outfile: name,
      logLevel: 'silent',
      sourcesContent: false,
      tsconfigRaw: {},
      absWorkingDir: dirname(file),
    })
    const code = bundled.outputFiles.find((output) => output.path.endsWith('.cjs'))?.text ?? ''
    const map = bundled.outputFiles.find((output) => output.path.endsWith('.map'))?.text ?? '{}'
    return { ...guardOperators(code), guards, name, map: new SourceMap(JSON.parse(map)) }
  } finally {
    await esbuild.stop()
  }
}
