import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

/** They change the process that they run in, and are the only ones in theirs. All others share what has been imported: a quarter less time. */
const alone = ['test/cli/**/*.test.ts', 'test/explore/{barrier,threads}.test.ts']

export default defineConfig({
  resolve: { alias: { modelcheck: fileURLToPath(new URL('./src/index.ts', import.meta.url)) } },
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Three files at a time, also where there are two processors only: those that try the command line mostly wait.
    maxWorkers: 3,
    globalSetup: 'test/support/fresh-build.ts',
    projects: [
      { extends: true, test: { name: 'alone', include: alone, globalSetup: [] } },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          isolate: false,
          globalSetup: [],
        },
      },
    ],
  },
})
