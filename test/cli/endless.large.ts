/**
 * Specs that do not end, and one that does not come to rest. They take their seconds, so they are tried where time matters less.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Workshop, workshop } from './command.ts'

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  shop.write('loop.ts', 'for (;;) {}\nexport {}\n')
  shop.write('restless.ts', "export * from './specs/peterson.ts'\nsetInterval(() => {}, 50)\n")
})
afterAll(() => shop.remove())

it('is given up (MC404)', () => {
  const { code, stderr } = shop.run('loop.ts', '--timeout', '1')

  expect(code).toBe(2)
  expect(stderr).toContain('error MC404: building loop.ts took more than 5 s')
  expect(stderr).toContain('hint: Look for a loop that does not end.')
})

it('is told of, if its models are there and its timers still run (MC404)', () => {
  const { code, stderr } = shop.run('restless.ts')

  expect(code).toBe(2)
  expect(stderr).toContain('error MC404: restless.ts still waits for something 2 s after it has run: Timeout\n')
  expect(stderr).toContain('hint: A spec runs without waiting: clear its timers')
})
