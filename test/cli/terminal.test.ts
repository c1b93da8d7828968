/**
 * How wide lines are: as the terminal is, and as ever where there is none.
 */

import { expect, it } from 'vitest'
import { lineWidth } from '../../src/cli/terminal.ts'

it.each([
  [{ isTTY: true, columns: 80 }, 80],
  [{ isTTY: true, columns: 200 }, 100],
  [{ isTTY: true, columns: 20 }, 60],
  [{ isTTY: true, columns: 0 }, 100],
  [{ isTTY: false, columns: 80 }, 100],
])('of %o is %i', (stream, width) => {
  expect(lineWidth(stream)).toBe(width)
})
