/**
 * Specl, one thread, breadth first: a small program around its engine, built by cargo from a checkout of github.com/danwt/specl that the
 * environment names. Its licence allows noncommercial use only, so nobody gets it without asking.
 */

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { measure } from '../measure.ts'
import { noSource, type Tool } from '../tool.ts'
import { builtByCargo } from './cargo.ts'
import { numberIn } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

const { SPECL: checkout = '' } = process.env

/** Builds the program; null when there is no checkout, or it cannot be built. */
async function build(): Promise<string | null> {
  const [manifest, main] = [sourceOf('specl/Cargo.toml'), sourceOf('specl/src/main.rs')]
  if (checkout === '' || manifest === null || main === null) return null
  const folder = workFolder('specl')
  const lock = join(checkout, 'specl/Cargo.lock')
  mkdirSync(join(folder, 'src'), { recursive: true })
  writeFileSync(join(folder, 'Cargo.toml'), readFileSync(manifest, 'utf8').replaceAll('CHECKOUT', resolve(checkout)))
  copyFileSync(main, join(folder, 'src/main.rs'))
  // The versions that its authors chose. Cargo adds this package to them.
  if (existsSync(lock) && !existsSync(join(folder, 'Cargo.lock'))) copyFileSync(lock, join(folder, 'Cargo.lock'))
  return await builtByCargo(folder, join(folder, 'target'))
}

/** As the checkout says. */
function version(): string {
  const text = readFileSync(join(checkout, 'specl/Cargo.toml'), 'utf8')
  return `specl ${/^version = "(.+)"$/m.exec(text)?.[1] ?? 'of unknown version'}`
}

export const specl: Tool = {
  name: 'Specl',
  version: async () => ((await build()) === null ? null : version()),
  prepare: async ({ name, size }) => {
    const source = sourceOf(`specl/${name}.specl`)
    if (source === null) return noSource
    const startedAt = performance.now()
    const program = await build()
    if (program === null) return { why: 'it cannot be built' }
    const file = join(workFolder('specl'), `${name}-${size}.specl`)
    const text = readFileSync(source, 'utf8')
    writeFileSync(file, text.replaceAll(/\bN\b/g, String(size)).replaceAll(/\bLAST\b/g, String(size - 1)))
    return {
      preparedMs: performance.now() - startedAt,
      note: 'states are told apart by fingerprints of 64 bits, transitions are not counted',
      run: async () => {
        const { output, wallMs, peakBytes } = await measure({ program, arguments: [file] })
        return {
          distinct: numberIn(output, /distinct (\d+)/),
          generated: null,
          wholeMs: wallMs,
          searchMs: numberIn(output, /seconds ([\d.]+)/) * 1000,
          peakBytes,
        }
      },
    }
  },
}
