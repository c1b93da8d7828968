/**
 * Builds dist: the command line in parts that are loaded when a command needs them, the threads' entries as one file each, the
 * library and its type declarations, and the
 * script and style sheet of the page.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

// The page of the report and of the explorer: one script, one style sheet.
await build({
  entryPoints: { page: 'src/page/browser/main.tsx' },
  outdir: 'dist',
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'iife',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'error',
})

// Measuring words for the help compiles patterns of all emoji, for longer than a small search takes: not before it is called.
const widthWhenAsked = {
  name: 'width-when-asked',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^string-width$/ }, ({ resolveDir, pluginData }) =>
      pluginData === 'real' ? null : { path: relative('.', resolveDir), namespace: 'width-when-asked' },
    )
    onLoad({ filter: /.*/, namespace: 'width-when-asked' }, ({ path }) => ({
      contents: `export default (...words) => require('string-width').default(...words)`,
      resolveDir: resolve(path),
      pluginData: 'real',
    }))
  },
}

const forNode = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['esbuild', 'workerpool', '@hpcc-js/wasm-graphviz'],
  // yargs reads files beside itself through `require`, which an ESM bundle has to be given.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'error',
  sourcemap: false,
}

// The language has to lie in one file, by which it tells its own frames from those of a spec.
await build({
  ...forNode,
  entryPoints: {
    index: 'src/index.ts',
    'spec-worker': 'src/spec/spec-worker.ts',
  },
})

// A thread starts sooner from one script than from modules.
await build({
  ...forNode,
  entryPoints: { worker: 'checker/explore/worker.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  external: [],
  banner: {},
})

// What one command needs is not read for another.
await build({
  ...forNode,
  entryPoints: { cli: 'src/cli/entry.ts' },
  splitting: true,
  chunkNames: 'cli-[name]-[hash]',
  plugins: [widthWhenAsked],
})

const banner = '#!/usr/bin/env node\n'
const { readFileSync, writeFileSync } = await import('node:fs')
writeFileSync('dist/cli.js', banner + readFileSync('dist/cli.js', 'utf8'))
chmodSync('dist/cli.js', 0o755)

// Declarations need the compiler, which is there whenever the package is built from its repository.
if (existsSync('node_modules/typescript')) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(1)
}
