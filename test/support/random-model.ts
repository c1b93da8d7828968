/**
 * Random models as plain data: every domain, expression, statement, property and assumption, with guards that dispatch
 * on a variable and guards that do not. What they reach is small because their domains are.
 */

import type { Scope } from '../../src/model/domain-of.ts'
import type {
  Alternative,
  Assumption,
  Conjunct,
  Expr,
  Instance,
  Model,
  Place,
  Property,
  Source,
  Statement,
  Variable,
} from '../../src/model/ir.ts'
import type { Choices } from './choices.ts'
import { randomDomain, randomNumbers, randomRange, randomScalar, randomValue } from './random-domain.ts'
import { type Ground, literal, randomExpr, randomPlace } from './random-expression.ts'

export const nowhere: Source = { file: 'random.ts', line: 1 }

const truth = { kind: 'boolean' } as const

export function randomStatements(ground: Ground, depth: number): readonly Statement[] {
  return ground.c.times(depth === 2 ? 1 : 0, 3, () => randomStatement(ground, depth))
}

function randomStatement(ground: Ground, depth: number): Statement {
  const { c } = ground
  switch (depth === 0 ? c.below(2) : c.pick([0, 0, 0, 0, 1, 2, 3])) {
    case 1:
      return { kind: 'check', condition: randomExpr(ground, truth, 2), message: `claim ${c.below(2)}`, source: nowhere }
    case 2:
      return {
        kind: 'when',
        condition: randomExpr(ground, truth, 2),
        then: randomStatements(ground, depth - 1),
        otherwise: randomStatements(ground, depth - 1),
        source: nowhere,
      }
    case 3:
      return { kind: 'choose', name: 'way', alternatives: randomAlternatives(ground, depth - 1), source: nowhere }
    default: {
      const { place, domain } = randomPlace(ground, 2)
      return { kind: 'assign', place, e: randomExpr(ground, domain, 3), source: nowhere }
    }
  }
}

/** Moves a variable on, so that there is something to reach: a number to the next, the rest to any value. */
function randomMove({ c, scope }: Ground): Statement {
  const [name, domain] = c.pick([...scope])
  const place: Place = { kind: 'variable', name }
  const number = (value: number): Expr => literal({ kind: 'range', min: value, max: value }, value)
  const sum = (operator: 'plus' | 'minus' | 'mod', left: Expr, right: number): Expr => {
    return { kind: 'arithmetic', operator, left, right: number(right) }
  }
  const e: Expr =
    domain.kind === 'range' && domain.max - domain.min < 100
      ? sum('plus', sum('mod', sum('minus', place, domain.min - 1), domain.max - domain.min + 1), domain.min)
      : literal(domain, randomValue(c, domain))
  return { kind: 'assign', place, e, source: nowhere }
}

function randomAlternatives(ground: Ground, depth: number): readonly Alternative[] {
  return ground.c.times(0, 3, (value) => ({
    value,
    given: ground.c.chance(40) ? randomExpr(ground, truth, 2) : null,
    then: randomStatements(ground, depth),
  }))
}

/** A choice of literal values, so that it raises no error. */
export function randomStart(c: Choices, variables: readonly Variable[]): readonly Statement[] {
  if (!c.chance(50)) return []
  const { name, domain } = c.pick(variables)
  return [
    {
      kind: 'choose',
      name: 'start',
      source: nowhere,
      alternatives: c.times(1, 4, (value) => ({
        value,
        given: null,
        then: [
          {
            kind: 'assign',
            place: { kind: 'variable', name },
            e: literal(domain, randomValue(c, domain)),
            source: nowhere,
          },
        ],
      })),
    },
  ]
}

function randomAssumptions(ground: Ground): readonly Assumption[] {
  const { c } = ground
  return c.times(0, 2, (i): Assumption => {
    const name = `assumption ${i}`
    const kind = c.pick(['limit', 'budget', 'depth', 'within'] as const)
    if (kind === 'within') return { kind, name, predicate: randomExpr(ground, truth, 2), source: nowhere }
    return { kind, name, limit: 1, source: nowhere }
  })
}

function randomGuard(ground: Ground, assumptions: readonly Assumption[]): readonly Conjunct[] {
  const { c, scope } = ground
  const limits = assumptions.flatMap(({ kind }, i) => (kind === 'within' ? [] : [i]))
  const conjuncts = c.times(
    0,
    c.chance(40) ? 2 : 0,
    (): Conjunct => ({
      name: null,
      e: randomExpr(ground, truth, 2),
      assumption: limits.length > 0 && c.chance(35) ? c.pick(limits) : null,
    }),
  )
  const scalars = [...scope].filter(([, d]) => d.kind === 'range' || d.kind === 'enumeration')
  if (scalars.length === 0 || !c.chance(50)) return conjuncts
  const [name, domain] = c.pick(scalars)
  const e: Expr = {
    kind: 'equal',
    left: { kind: 'variable', name },
    right: randomExpr({ ...ground, isSafe: true }, domain, 0),
  }
  return [{ name: null, e, assumption: limits.length > 0 && c.chance(10) ? c.pick(limits) : null }, ...conjuncts]
}

function randomInstance(ground: Ground, actions: number, assumptions: readonly Assumption[]): Instance {
  const { c } = ground
  const isMove = c.chance(80)
  return {
    action: c.below(actions),
    binding: {},
    lane: c.pick([null, 'left', 'right']),
    kind: 'action',
    thread: null,
    path: [],
    label: 'step',
    guard: randomGuard(ground, assumptions),
    effect: [...(isMove ? [randomMove(ground)] : []), ...(isMove && c.chance(60) ? [] : randomStatements(ground, 2))],
    source: nowhere,
  }
}

function randomProperties(ground: Ground): readonly Property[] {
  const { c } = ground
  return c.times(0, 4, (i): Property => {
    const name = `property ${i}`
    switch (c.below(5)) {
      case 0:
        return { kind: 'invariant', name, predicate: randomExpr(ground, truth, 3), source: nowhere }
      case 1:
        return { kind: 'reachable', name, predicate: randomExpr(ground, truth, 3), source: nowhere }
      case 2:
        return { kind: 'step', name, relation: randomExpr({ ...ground, isStep: true }, truth, 3), source: nowhere }
      case 3: {
        // Clamped, so that the histogram stays small.
        const e = randomExpr({ ...ground, isSafe: true }, randomRange(c), 3)
        const where = c.below(2) === 0 ? {} : { where: randomExpr(ground, truth, 2) }
        return { kind: 'measure', name, e, ...where, source: nowhere }
      }
      default: {
        const f = { kind: 'predicate', e: randomExpr(ground, truth, 2) } as const
        return { kind: 'liveness', name, formula: { kind: 'eventually', f }, assuming: [], source: nowhere }
      }
    }
  })
}

/** A valid model. */
export function randomModel(c: Choices): Model {
  const variables = c.times(1, c.chance(20) ? 12 : 4, (i): Variable => {
    const domain =
      i === 0 ? randomNumbers(c) : i === 1 ? randomScalar(c, randomNumbers) : randomDomain(c, 2, randomNumbers)
    return { name: `v${i}`, domain, initial: randomValue(c, domain), role: 'data', source: nowhere }
  })
  const scope: Scope = new Map(variables.map((v) => [v.name, v.domain]))
  const ground: Ground = { c, scope, isSafe: c.chance(60), isStep: false, made: [] }
  const assumptions = randomAssumptions(ground)
  const actions = c.times(1, 3, (i) => ({ name: `action ${i}`, source: nowhere }))
  const moves = c.times(0, 2, () => ({
    ...randomInstance(ground, actions.length, assumptions),
    guard: [],
    effect: [randomMove(ground)],
  }))
  return {
    name: 'random',
    constants: {},
    variables,
    initially: randomStart(c, variables),
    actions,
    instances: [...moves, ...c.times(1, 6, () => randomInstance(ground, actions.length, assumptions))],
    threads: [],
    assumptions,
    fairness: [],
    terminal: c.chance(60) ? randomExpr(ground, truth, 2) : literal(truth, c.chance(50)),
    properties: randomProperties(ground),
    expectedViolations: [],
    interchangeable: [],
    strips: [],
    source: nowhere,
  }
}
