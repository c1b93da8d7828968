/**
 * The command where something is amiss that no spec can cause: an optional package is missing, or the tool has a bug.
 */

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BuildOptions, build, type Plugin } from 'esbuild'
import * as E from 'fp-ts/Either'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reportCodec } from '../../src/report/report.ts'
import { root, type Workshop, workshop } from './command.ts'

/** Certification that refuses every trace, as if the search had invented it. */
const refusing: Plugin = {
  name: 'refuses every trace',
  setup: ({ onLoad }) => {
    onLoad({ filter: /src\/model\/certify\.ts$/ }, () => ({
      contents: `export const certify = () => ({ step: 1, reason: 'refused' })
export function* certifyInParts() { return certify() }`,
      loader: 'ts',
    }))
  },
}

let folder = ''
let without: Workshop
let withBug: Workshop

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'modelcheck-builds-'))
  mkdirSync(join(folder, 'node_modules'))
  for (const name of ['esbuild', 'workerpool'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name))
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true })
  const options: BuildOptions = {
    bundle: true,
    platform: 'node',
    target: 'node20',
    external: ['esbuild', 'workerpool', '@hpcc-js/wasm-graphviz'],
    plugins: [refusing],
    logLevel: 'error',
  }
  await build({
    ...options,
    entryPoints: [join(root, 'src/cli/entry.ts')],
    outfile: join(folder, 'dist/with-bug.js'),
    format: 'esm',
    banner: { js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);" },
  })
  // Threads check models too.
  await build({
    ...options,
    entryPoints: [join(root, 'checker/check-in-thread.ts')],
    outfile: join(folder, 'dist/check-in-thread.cjs'),
    format: 'cjs',
    define: { 'import.meta.url': '__url' },
    banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
  })
  without = workshop(join(folder, 'dist/cli.cjs'))
  withBug = workshop(join(folder, 'dist/with-bug.js'))
})
afterAll(() => {
  without.remove()
  withBug.remove()
  rmSync(folder, { recursive: true, force: true })
})

describe('without the optional package', () => {
  it('drawings as SVG are refused with what to install (MC406), and DOT is there', () => {
    const drawn = ['graph', 'specs/peterson.ts', '--model', 'peterson', '--format']
    const { code, stdout, stderr } = without.run(...drawn, 'svg')

    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/error MC406: SVG needs the package @hpcc-js\/wasm-graphviz, which is not installed\n/)
    expect(stderr).toContain('hint: npm install @hpcc-js/wasm-graphviz; or use --format dot.')
    expect(without.run(...drawn, 'dot').stdout).toMatch(/^digraph/)
  })
})

describe('a trace that is not certified', () => {
  it('is never shown or saved: exit code 4, and the user is told whose bug it is', () => {
    const { code, stdout, stderr } = withBug.run('specs/peterson.ts', '--model', 'peterson-swapped')

    expect(code, stderr).toBe(4)
    expect(stderr).toContain('internal error: this is a bug of modelcheck, please report it')
    expect(stderr).toContain('refused')
    expect(stdout).not.toContain('is violated')
    expect(existsSync(join(withBug.folder, 'counterexamples'))).toBe(false)
  })

  it('with --json is one document on stdout', () => {
    const { code, stdout } = withBug.run('specs/peterson.ts', '--json')

    expect(code).toBe(4)
    const report = reportCodec.decode(JSON.parse(stdout))
    expect(E.isRight(report) && [report.right.models, report.right.errors[0]?.code]).toEqual([[], 'internal'])
  })

  it('is not met where no trace is found: the other models are checked as ever', () => {
    expect(withBug.run('specs/peterson.ts', '--model', 'peterson').code).toBe(0)
  })
})

describe('a thread that ends before its time', () => {
  it('is a bug that is told with what has ended it', () => {
    writeFileSync(join(folder, 'dist/guest.cjs'), "throw new RangeError('spoilt')")
    const { code, stderr } = withBug.run(
      'specs/arm64-entry.ts',
      '--set',
      'depth=1',
      '--model',
      'merged',
      '--workers',
      '2',
    )

    expect(code, stderr).toBe(4)
    expect(stderr).toContain('internal error: this is a bug of modelcheck, please report it')
    expect(stderr).toMatch(/cause.*spoilt/)
  })
})
