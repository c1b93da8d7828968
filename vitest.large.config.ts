import { defineConfig } from 'vitest/config'
import usual from './vitest.config.ts'

/** Models with millions of states: a minute, outside `npm test`. */
export default defineConfig({
  ...usual,
  test: { ...usual.test, include: ['test/**/*.large.ts'], testTimeout: 300_000 },
})
