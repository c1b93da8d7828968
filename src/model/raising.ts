/**
 * Expressions that raise a model error in no state: only these may be evaluated earlier, later, or not at all.
 */

import { equalDomains, keysOf } from './domain.ts'
import { domainOf, partDomains, type Scope } from './domain-of.ts'
import type { Domain, Expr, Statement } from './ir.ts'
import { operandsOf } from './operands.ts'

/** `known`: answers of the same scope, which are added to. */
export function cannotRaise(e: Expr, scope: Scope, known: Map<Expr, boolean> = new Map()): boolean {
  const found =
    known.get(e) ?? (isDefined(e, scope) && operandsOf(e).every((operand) => cannotRaise(operand, scope, known)))
  known.set(e, found)
  return found
}

/** The operator itself has a value whatever the values of its operands. */
function isDefined(e: Expr, scope: Scope): boolean {
  switch (e.kind) {
    case 'arithmetic':
      return e.operator !== 'div' && e.operator !== 'mod'
    case 'index': {
      const d = domainOf(e.of, scope)
      if (d.kind !== 'array') return false
      const { index } = e
      if (index.kind === 'literal') return keysOf(d.index).some((key) => key === index.value)
      return isWithin(domainOf(index, scope), d.index)
    }
    case 'insert':
    case 'remove': {
      const set = domainOf(e.set, scope)
      return set.kind === 'set' && isWithin(domainOf(e.element, scope), set.element)
    }
    case 'construct':
      return partDomains(e.domain).every((part, i) => {
        const item = e.items[i]
        return item !== undefined && isWithin(domainOf(item, scope), part)
      })
    case 'last':
    case 'append':
    case 'rest':
    case 'front':
      return false
    case 'literal':
    case 'variable':
    case 'field':
    case 'not':
    case 'and':
    case 'or':
    case 'implies':
    case 'equal':
    case 'compare':
    case 'conditional':
    case 'count':
    case 'contains':
    case 'combine':
    case 'subset':
    case 'size':
    case 'next':
      return true
  }
}

/** Every value of the one domain is a value of the other. */
export function isWithin(given: Domain, wanted: Domain): boolean {
  if (given.kind === 'range' && wanted.kind === 'range') return wanted.min <= given.min && given.max <= wanted.max
  if (given.kind === 'enumeration' && wanted.kind === 'enumeration')
    return given.values.every((value) => wanted.values.includes(value))
  if (given.kind === 'record' && wanted.kind === 'record')
    return (
      given.fields.length === wanted.fields.length &&
      given.fields.every(({ name, domain }, i) => {
        const field = wanted.fields[i]
        return field?.name === name && isWithin(domain, field.domain)
      })
    )
  return equalDomains(given, wanted)
}

/** The value always lies in the domain of the place, and the place always exists. */
export function cannotRaiseOnAssignment({ place, e }: Extract<Statement, { kind: 'assign' }>, scope: Scope): boolean {
  return cannotRaise(place, scope) && cannotRaise(e, scope) && isWithin(domainOf(e, scope), domainOf(place, scope))
}
