import { defineConfig } from 'vitest/config'
import usual from './vitest.config.ts'

const { projects: _, ...shared } = usual.test ?? {}

/** Models with millions of states, many arm64 models, and what else takes long: minutes, outside `npm test`. */
export default defineConfig({
  ...usual,
  test: { ...shared, include: ['test/**/*.large.ts'], isolate: false, maxWorkers: 2, testTimeout: 300_000 },
})
