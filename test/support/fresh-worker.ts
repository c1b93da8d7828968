/**
 * Builds the worker threads' entry before the tests: threads run from `dist`, whatever the tests are run from, and an old
 * worker would silently test old code.
 */

import { build } from 'esbuild'

export default async function buildWorker(): Promise<void> {
  await build({
    entryPoints: { worker: 'checker/worker.ts' },
    outdir: 'dist',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    target: 'node20',
    logLevel: 'error',
  })
}
