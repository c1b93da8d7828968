/**
 * The files that a spec is made of.
 */

import { resolve } from 'node:path'
import { loadEsbuild } from './esbuild.ts'

/** Absolute paths of the spec and of everything of the user's that it imports; null while it cannot be parsed. */
export async function specFiles(spec: string): Promise<readonly string[] | null> {
  const file = resolve(spec)
  const esbuild = loadEsbuild()
  try {
    const { metafile } = await esbuild.build({
      entryPoints: [file],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      packages: 'external',
      logLevel: 'silent',
      tsconfigRaw: {},
    })
    return [...new Set([file, ...Object.keys(metafile.inputs).map((path) => resolve(path))])]
  } catch {
    return null
  } finally {
    await esbuild.stop()
  }
}
