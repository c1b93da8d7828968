/**
 * Domains of quotients: as narrow as what they can be.
 */

import { expect, it } from 'vitest'
import { domainOf } from '../../src/model/domain-of.ts'
import type { Domain } from '../../src/model/ir.ts'

type Range = Extract<Domain, { kind: 'range' }>

const bounds = [-5, -3, -1, 0, 1, 2, 4]
const ranges = bounds.flatMap((min) =>
  bounds.filter((max) => max >= min).map((max): Range => ({ kind: 'range', min, max })),
)
const valuesOf = ({ min, max }: Range): readonly number[] => Array.from({ length: max - min + 1 }, (_, i) => min + i)

function quotient(left: Range, right: Range): Domain {
  const scope = new Map<string, Domain>([
    ['left', left],
    ['right', right],
  ])
  const read = (name: string) => ({ kind: 'variable', name }) as const
  return domainOf({ kind: 'arithmetic', operator: 'div', left: read('left'), right: read('right') }, scope)
}

it('has the least and the greatest quotient as its bounds', () => {
  for (const left of ranges) {
    for (const right of ranges) {
      const divisors = valuesOf(right).filter((n) => n !== 0)
      const all = valuesOf(left).flatMap((n) => divisors.map((d) => Math.floor(n / d)))
      const given = quotient(left, right)
      if (all.length === 0 || given.kind !== 'range') continue
      expect([given.min + 0, given.max + 0], JSON.stringify([left, right])).toEqual([
        Math.min(...all) + 0,
        Math.max(...all) + 0,
      ])
    }
  }
})

it('is not beyond 32 bits where the dividend is the least number', () => {
  const least: Range = { kind: 'range', min: -(2 ** 31), max: 0 }

  expect(quotient(least, { kind: 'range', min: 2, max: 3 })).toMatchObject({ min: -(2 ** 30), max: 0 })
  expect(() => quotient(least, { kind: 'range', min: -1, max: 3 })).toThrow('beyond 32 bits')
})
