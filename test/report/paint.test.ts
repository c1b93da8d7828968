/**
 * Whether there is colour, by the environment.
 */

import { expect, it } from 'vitest'
import { colourByEnvironment } from '../../src/report/paint.ts'

it.each([
  [{}, null],
  [{ NO_COLOR: '' }, null],
  [{ NO_COLOR: '1' }, false],
  [{ FORCE_COLOR: '' }, null],
  [{ FORCE_COLOR: '1' }, true],
  [{ FORCE_COLOR: 'true', NO_COLOR: '1' }, true],
  [{ FORCE_COLOR: '0' }, false],
  [{ FORCE_COLOR: 'false' }, false],
  [{ FORCE_COLOR: '', NO_COLOR: '1' }, false],
])('of %o: %s', (environment, colour) => {
  expect(colourByEnvironment(environment)).toBe(colour)
})
