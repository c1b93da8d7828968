import { expect, it } from 'vitest'
import { grouped } from '../../src/report/grouped.ts'

it('whole numbers are grouped as in English', () => {
  for (const n of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 2 ** 53 - 1, -1, -999, -1000, -123_456])
    expect(grouped(n)).toBe(n.toLocaleString('en-US'))
})
