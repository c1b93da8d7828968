/**
 * Tests in a real browser: run by `npm run test:browser` and by the gate, which installs Chromium, and not by `npm test`.
 */

import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('../..', import.meta.url))

export default defineConfig({
  root,
  resolve: { alias: { modelcheck: fileURLToPath(new URL('../../src/index.ts', import.meta.url)) } },
  test: { include: ['test/browser/*.browser.ts'], testTimeout: 60_000, hookTimeout: 60_000, fileParallelism: false },
})
