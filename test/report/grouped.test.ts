import { expect, it } from 'vitest'
import { counted, grouped } from '../../src/report/grouped.ts'

it('whole numbers are grouped as in English', () => {
  for (const n of [0, 7, 999, 1000, 12_345, 999_999, 1_000_000, 2 ** 53 - 1, -1, -999, -1000, -123_456])
    expect(grouped(n)).toBe(n.toLocaleString('en-US'))
})

it('one is one of them', () => {
  expect([0, 1, 2, 1234].map((n) => counted(n, 'state'))).toEqual(['0 states', '1 state', '2 states', '1,234 states'])
})
