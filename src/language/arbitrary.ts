/**
 * Any value at all: a choice for each scalar part of a variable. For models that may start anywhere, as machines do.
 */

import { keysOf, valuesOf } from '../model/domain.ts'
import type { Domain, Expr as ExprIr, Place, Source, Statement as StatementIr, Value } from '../model/ir.ts'
import { printExpr } from '../model/print.ts'
import { showValue } from '../model/values.ts'
import { here } from './blame.ts'
import { coerce } from './expression.ts'
import { mistake } from './mistakes.ts'
import { scalarsOf } from './quantifier.ts'
import type { Statements } from './statement.ts'

/** A variable or a part of one, whatever its kind. */
interface AnyVar {
  readonly ir: ExprIr
  readonly domain: Domain
  readonly isPlace: true
}

/** Gives each of these variables any value of its domain: an outcome for each. MC103 for too many, MC109 for a sequence. */
export function arbitrary(...places: readonly AnyVar[]): Statements {
  const source = here()
  return places
    .flatMap(({ ir, domain }) => {
      if (ir.kind === 'variable' || ir.kind === 'field' || ir.kind === 'index') return anyValue(ir, domain, source)
      mistake('MC205', 'only variables and their parts can be assigned', 'Give variables.', source)
      return []
    })
    .map((statement) => ({ statement }))
}

function anyValue(place: Place, domain: Domain, source: Source): readonly StatementIr[] {
  switch (domain.kind) {
    case 'boolean':
    case 'range':
    case 'enumeration': {
      const assign = (value: Value): StatementIr => ({
        kind: 'assign',
        place,
        e: { kind: 'literal', domain, value },
        source,
      })
      return [
        oneOfThese(
          printExpr(place),
          scalarsOf(domain).map((value) => [value, assign(value)]),
          source,
        ),
      ]
    }
    case 'record':
      return domain.fields.flatMap(({ name, domain: part }) =>
        anyValue({ kind: 'field', of: place, name }, part, source),
      )
    case 'array':
      return keysOf(domain.index).flatMap((key) =>
        anyValue({ kind: 'index', of: place, index: coerce(key, domain.index) }, domain.element, source),
      )
    case 'set':
      return valuesOf(domain.element).map((value) => {
        const element: ExprIr = { kind: 'literal', domain: domain.element, value }
        const put = (kind: 'insert' | 'remove'): StatementIr => ({
          kind: 'assign',
          place,
          e: { kind, set: place, element },
          source,
        })
        return oneOfThese(
          `${printExpr(place)} has ${showValue(value)}`,
          [
            [false, put('remove')],
            [true, put('insert')],
          ],
          source,
        )
      })
    case 'sequence':
      mistake(
        'MC109',
        `a value of the sequence ${printExpr(place)} cannot be arbitrary`,
        'Choose its elements by hand.',
        source,
      )
      return []
  }
}

function oneOfThese(name: string, outcomes: readonly (readonly [Value, StatementIr])[], source: Source): StatementIr {
  return {
    kind: 'choose',
    name,
    alternatives: outcomes.map(([value, then]) => ({ value, given: null, then: [then] })),
    source,
  }
}
