/**
 * Random temporal formulas over given propositions, with every operator of the language.
 */

import type { Ltl } from '../../src/model/ir.ts'
import type { Random } from './random.ts'

const unary = ['not', 'always', 'eventually', 'next'] as const
const binary = ['implies', 'until', 'weakUntil', 'release', 'leadsTo'] as const
type Operator = (typeof unary)[number] | (typeof binary)[number] | 'and' | 'or'

/** A formula of at most `size` operators. */
export function randomFormula(random: Random, atoms: readonly [Ltl, ...Ltl[]], size: number): Ltl {
  if (size <= 0) return random.pick(atoms)
  const kind = random.pick<Operator>([...unary, 'always', 'eventually', ...binary, 'and', 'or'])
  switch (kind) {
    case 'not':
    case 'always':
    case 'eventually':
    case 'next':
      return { kind, f: randomFormula(random, atoms, size - 1) }
    case 'and':
    case 'or': {
      const [left, right] = split(random, size)
      return { kind, fs: [randomFormula(random, atoms, left), randomFormula(random, atoms, right)] }
    }
    default: {
      const [left, right] = split(random, size)
      return { kind, left: randomFormula(random, atoms, left), right: randomFormula(random, atoms, right) }
    }
  }
}

function split(random: Random, size: number): readonly [number, number] {
  const left = random.below(size)
  return [left, size - 1 - left]
}
