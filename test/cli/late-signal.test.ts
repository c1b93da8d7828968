/**
 * A signal that comes while what was built arrives: this thread is busy then, and has its answer before it hears of the signal.
 */

import { expect, it, vi } from 'vitest'
import { loadUntilInterrupt } from '../../src/cli/load-spec.ts'

const input = { file: 'large.ts', cwd: '/', set: {}, wanted: [] }

vi.mock('../../src/spec/load.ts', () => ({
  loadSpec: () =>
    new Promise((done) =>
      setImmediate(() => {
        process.kill(process.pid, 'SIGTERM')
        done({ names: [], models: [], problems: [] })
      }),
    ),
}))

it('is heard, although the models are there', async () => {
  // Without it, a signal that nobody hears would end the tests.
  const ignore = (): void => {}
  process.on('SIGTERM', ignore)

  await expect(loadUntilInterrupt(input)).rejects.toThrow('interrupted while')
  process.off('SIGTERM', ignore)
})
