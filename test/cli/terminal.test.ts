/**
 * How wide lines are: as the terminal is, and as ever where there is none. What is written to a terminal that knows no escapes, or to a file.
 */

import { afterEach, expect, it, vi } from 'vitest'
import { lineWidth, takesEscapes } from '../../src/cli/terminal.ts'

it.each([
  [{ isTTY: true, columns: 80 }, 80],
  [{ isTTY: true, columns: 200 }, 100],
  [{ isTTY: true, columns: 20 }, 60],
  [{ isTTY: true, columns: 0 }, 100],
  [{ isTTY: false, columns: 80 }, 100],
])('of %o is %i', (stream, width) => {
  expect(lineWidth(stream)).toBe(width)
})

afterEach(() => vi.unstubAllEnvs())

it.each([
  [true, 'xterm', true],
  [true, 'dumb', false],
  [false, 'xterm', false],
])('a stream with isTTY %s and TERM %s takes escapes: %s', (isTTY, term, takes) => {
  vi.stubEnv('TERM', term)
  expect(takesEscapes({ isTTY })).toBe(takes)
})
