/**
 * Bundles one of bench/*.ts and runs it: `node scripts/bench.mjs NAME ARGUMENTS…`. The bundle lies in dist, like the command that it
 * measures, so that `bench/peers` and the command are found from where it lies.
 */

import { spawnSync } from 'node:child_process'
import { build } from 'esbuild'

const [name, ...parameters] = process.argv.slice(2)
const outfile = `dist/bench-${name}.mjs`
await build({
  entryPoints: [`bench/${name}.ts`],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  external: ['esbuild', 'playwright-core'],
  logLevel: 'error',
})
const { status } = spawnSync(process.execPath, [outfile, ...parameters], { stdio: 'inherit' })
process.exitCode = status ?? 1
