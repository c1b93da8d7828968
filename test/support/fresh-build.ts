/**
 * Builds the package before the tests: threads and the command run from `dist`, whatever the tests are run from, and an old build would
 * silently test old code.
 */

import { spawnSync } from 'node:child_process'

export default function buildPackage(): void {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs', '--without-declarations'], { stdio: 'inherit' })
  if (status !== 0) throw new Error('the build failed')
}
