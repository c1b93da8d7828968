/**
 * Builds dist: the command line and the threads' entries as scripts, the library as a module with its type declarations, and the script and
 * style sheet of the page.
 */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs'
import { basename, relative, resolve } from 'node:path'
import { build } from 'esbuild'

// Declarations need the compiler, which is there whenever the package is built from its repository. Who builds anew for tests keeps them.
const hasDeclarations = !process.argv.includes('--without-declarations') && existsSync('node_modules/typescript')
if (hasDeclarations) rmSync('dist', { recursive: true, force: true })

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

const forNode = {
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['esbuild', 'workerpool', '@hpcc-js/wasm-graphviz'],
  logLevel: 'error',
}

// The language has to lie in one file, by which it tells its own frames from those of a spec.
await build({ ...forNode, format: 'esm', entryPoints: { index: 'src/index.ts' } })

// A process and a thread start sooner from one script than from modules.
const script = {
  ...forNode,
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" },
}

// A thread that takes part in a search reads a tenth of what it needs to check a model.
const checksWhenAsked = {
  name: 'checks-when-asked',
  setup({ onResolve }) {
    onResolve({ filter: /\/check-in-thread\.ts$/ }, ({ kind }) =>
      kind === 'entry-point' ? null : { path: './check-in-thread.cjs', external: true },
    )
  },
}

await build({
  ...script,
  entryPoints: { worker: 'checker/worker.ts', 'check-in-thread': 'checker/check-in-thread.ts' },
  external: [],
  supported: { 'dynamic-import': false },
  plugins: [checksWhenAsked],
})
await build({ ...script, entryPoints: { 'spec-worker': 'src/spec/spec-worker.ts', guest: 'checker/explore/guest.ts' } })

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

// The command line is read while a thread starts, so the thread is started by a smaller file, and whoever waits for it has the same module.
const inFilesOfTheirOwn = {
  name: 'in-files-of-their-own',
  setup({ onResolve }) {
    onResolve({ filter: /\/(main|builder-thread)\.ts$/ }, ({ kind, path }) =>
      kind === 'entry-point' ? null : { path: `./${basename(path, '.ts')}.cjs`, external: true },
    )
  },
}

await build({
  ...script,
  entryPoints: { cli: 'src/cli/entry.ts', main: 'src/cli/main.ts', 'builder-thread': 'src/spec/builder-thread.ts' },
  plugins: [widthWhenAsked, inFilesOfTheirOwn],
})
// npx keeps the name of the file that it once found in a folder: what runs the script has the name that it always had.
writeFileSync('dist/cli.js', "#!/usr/bin/env node\nimport './cli.cjs'\n")
chmodSync('dist/cli.js', 0o755)

if (hasDeclarations) {
  const { status } = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
    stdio: 'inherit',
  })
  if (status !== 0) process.exit(1)
}
