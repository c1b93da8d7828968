import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { modelcheck: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  // Three files at a time, also where there are two processors only: those that try the command line mostly wait.
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    globalSetup: 'test/support/fresh-build.ts',
  },
})
