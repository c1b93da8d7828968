/**
 * A spec that does not end. It takes all of its five seconds from a processor, so it is tried where time matters less.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Workshop, workshop } from './command.ts'

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  shop.write('loop.ts', 'for (;;) {}\nexport {}\n')
})
afterAll(() => shop.remove())

it('is given up (MC404)', () => {
  const { code, stderr } = shop.run('loop.ts', '--timeout', '1')

  expect(code).toBe(2)
  expect(stderr).toContain('error MC404: building loop.ts took more than 5 s')
  expect(stderr).toContain('hint: Look for a loop that does not end.')
})
