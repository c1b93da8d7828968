/**
 * Random expressions of every node kind that pass the validator; many use one that was made before, once more. `isSafe` keeps out what may raise a model error, so that
 * some models are explored deeply; without it every kind of error occurs.
 */

import { keysOf } from '../../src/model/domain.ts'
import { DomainError, domainOf, join, type Scope } from '../../src/model/domain-of.ts'
import type { Domain, Expr, IndexDomain, Place, Value } from '../../src/model/ir.ts'
import { hasNext, operandsOf, partsOf } from '../../src/model/operands.ts'
import type { Choices } from './choices.ts'
import { randomDomain, randomMember, randomNumbers, randomScalar, randomValue } from './random-domain.ts'

export interface Ground {
  readonly c: Choices
  readonly scope: Scope
  readonly isSafe: boolean
  /** Whether `next` is allowed. */
  readonly isStep: boolean
  /** Made before, the latest last, to be used again. */
  readonly made: Made[]
}

interface Made {
  readonly e: Expr
  readonly isSafe: boolean
}

/** So many of the latest are used again: most of them in the same expression. */
const mostRemembered = 6

type Of<K extends Domain['kind']> = Extract<Domain, { kind: K }>

export function literal(d: Domain, value: Value): Expr {
  return { kind: 'literal', domain: d, value }
}

function number(value: number): Expr {
  return literal({ kind: 'range', min: value, max: value }, value)
}

/** True if a value of the second domain may stand where one of the first is wanted. */
function fits(wanted: Domain, given: Domain): boolean {
  try {
    join(wanted, given)
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

function isWithin(wanted: Domain, given: Domain): boolean {
  try {
    return JSON.stringify(join(wanted, given)) === JSON.stringify(wanted)
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

/** An expression that fits where `d` is wanted; when safe, one whose values all lie in `d`. */
export function randomExpr(ground: Ground, d: Domain, depth: number): Expr {
  const again = ground.c.chance(15) ? ground.made.filter((one) => isUsable(ground, d, one)) : []
  if (again.length > 0) return ground.c.pick(again).e
  const e = madeAnew(ground, d, depth)
  if (operandsOf(e).length > 0) ground.made.push({ e, isSafe: ground.isSafe })
  if (ground.made.length > mostRemembered) ground.made.shift()
  return e
}

function isUsable(ground: Ground, d: Domain, { e, isSafe }: Made): boolean {
  return (isSafe || !ground.isSafe) && (ground.isStep || !hasNext(partsOf(e))) && isFitting(ground, d, e)
}

function isFitting({ isSafe, scope }: Ground, d: Domain, e: Expr): boolean {
  try {
    const found = domainOf(e, scope)
    return isSafe ? isWithin(d, found) : fits(d, found)
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}

function madeAnew(ground: Ground, d: Domain, depth: number): Expr {
  const e = unchecked(ground, d, depth)
  if (isFitting(ground, d, e)) return e
  if (ground.isSafe && d.kind === 'range' && isNumber(e, ground.scope)) return clamp(e, d)
  return literal(d, randomValue(ground.c, d))
}

function isNumber(e: Expr, scope: Scope): boolean {
  try {
    return domainOf(e, scope).kind === 'range'
  } catch {
    return false
  }
}

function clamp(e: Expr, d: Of<'range'>): Expr {
  const below: Expr = { kind: 'arithmetic', operator: 'min', left: e, right: number(d.max) }
  return { kind: 'arithmetic', operator: 'max', left: below, right: number(d.min) }
}

function unchecked(ground: Ground, d: Domain, depth: number): Expr {
  const { c } = ground
  const way = depth <= 0 ? c.below(2) : c.below(8)
  if (way === 0) return randomLiteral(ground, d)
  if (way === 1) return randomRead(ground, d, depth) ?? randomLiteral(ground, d)
  if (way === 2) {
    return {
      kind: 'conditional',
      condition: randomExpr(ground, { kind: 'boolean' }, depth - 1),
      then: randomExpr(ground, d, depth - 1),
      otherwise: randomExpr(ground, d, depth - 1),
    }
  }
  if (way === 3) return partOfBuilt(ground, d, depth - 1)
  if (way === 4 && ground.isStep) return { kind: 'next', e: randomExpr({ ...ground, isStep: false }, d, depth - 1) }
  return ownKind(ground, d, depth - 1)
}

function randomLiteral(ground: Ground, d: Domain): Expr {
  const { c } = ground
  if (d.kind === 'range' && c.chance(40)) {
    return number(
      ground.isSafe
        ? Number(randomValue(c, d))
        : Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Number(randomValue(c, d)) + c.pick([-1, 0, 1]))),
    )
  }
  if (d.kind === 'enumeration' && c.chance(40)) {
    const value = c.pick(d.values)
    return literal({ kind: 'enumeration', values: ground.isSafe || c.chance(50) ? [value] : ['z', value] }, value)
  }
  return literal(d, randomValue(c, d))
}

/** A part of a value that is built on the spot: the other parts are evaluated too, and may raise an error. */
function partOfBuilt(ground: Ground, d: Domain, depth: number): Expr {
  const { c } = ground
  const item = (part: Domain): Expr => randomExpr(ground, part, depth)
  switch (c.below(4)) {
    case 0: {
      const fields = [
        { name: 'x', domain: d },
        { name: 'y', domain: randomDomain(c, 1) },
      ]
      const built: Expr = {
        kind: 'construct',
        domain: { kind: 'record', fields },
        items: fields.map((field) => item(field.domain)),
      }
      return { kind: 'field', of: built, name: 'x' }
    }
    case 1: {
      const index: IndexDomain = { kind: 'range', min: 0, max: 1 }
      const of: Expr = { kind: 'construct', domain: { kind: 'array', index, element: d }, items: [item(d), item(d)] }
      return { kind: 'index', of, index: randomExpr(ground, index, depth) }
    }
    case 2: {
      const of = nonEmptySequence(ground, d, depth)
      return { kind: 'last', of }
    }
    default: {
      const of = nonEmptySequence(ground, d, depth)
      return { kind: 'index', of, index: ground.isSafe ? number(0) : item({ kind: 'range', min: 0, max: 2 }) }
    }
  }
}

function nonEmptySequence(ground: Ground, element: Domain, depth: number): Expr {
  const d: Domain = { kind: 'sequence', element, capacity: 2 }
  const some = randomValue(ground.c, element)
  if (!ground.isSafe && ground.c.chance(50)) return randomExpr(ground, d, depth)
  return {
    kind: 'append',
    sequence: literal(d, ground.c.chance(50) ? [some] : []),
    element: randomExpr(ground, element, depth),
  }
}

function ownKind(ground: Ground, d: Domain, depth: number): Expr {
  switch (d.kind) {
    case 'boolean':
      return randomTruth(ground, depth)
    case 'range':
      return randomNumber(ground, d, depth)
    case 'enumeration':
      return randomLiteral(ground, d)
    case 'record':
      return {
        kind: 'construct',
        domain: d,
        items: d.fields.map((field) => randomExpr(ground, field.domain, depth)),
      }
    case 'array':
      return { kind: 'construct', domain: d, items: keysOf(d.index).map(() => randomExpr(ground, d.element, depth)) }
    case 'set':
      return randomSet(ground, d, depth)
    case 'sequence':
      return randomSequence(ground, d, depth)
  }
}

function randomTruth(ground: Ground, depth: number): Expr {
  const { c } = ground
  const truth = (): Expr => randomExpr(ground, { kind: 'boolean' }, depth)
  switch (c.below(9)) {
    case 0: {
      const d = c.chance(50) ? randomScalar(c) : randomDomain(c, 2)
      return { kind: 'equal', left: randomExpr(ground, d, depth), right: randomExpr(ground, d, depth) }
    }
    case 1: {
      const d = randomNumbers(c)
      return {
        kind: 'compare',
        operator: c.pick(['lt', 'le', 'gt', 'ge']),
        left: randomExpr(ground, d, depth),
        right: randomExpr(ground, d, depth),
      }
    }
    case 2:
      return { kind: 'not', e: truth() }
    case 3:
      return { kind: 'and', es: c.chance(15) ? randomTests(ground) : c.times(0, 3, truth) }
    case 4:
      return { kind: 'or', es: c.chance(15) ? randomTests(ground) : c.times(0, 3, truth) }
    case 5:
      return { kind: 'implies', left: truth(), right: truth() }
    case 6: {
      const d = randomSetDomain(ground)
      return { kind: 'subset', left: randomExpr(ground, d, depth), right: randomExpr(ground, d, depth) }
    }
    case 7: {
      const d = randomSetDomain(ground)
      return { kind: 'contains', set: randomExpr(ground, d, depth), element: randomExpr(ground, d.element, depth) }
    }
    default:
      return randomRead(ground, { kind: 'boolean' }, depth) ?? truth()
  }
}

/** Many tests of parts of words, most of the same few variables, with one now and then that is none. */
function randomTests(ground: Ground): readonly Expr[] {
  const { c } = ground
  const places = pathsOf(ground.scope).filter((path) => isSafePath(ground, path))
  const some = c.times(1, 3, () => c.pick(places))
  return c.times(2, 14, (): Expr => {
    const path = c.pick(some)
    const { domain } = path
    const read = path.build((_, d) => (d.kind === 'array' ? literal(d.index, randomValue(c, d.index)) : number(0)))
    const is = (e: Expr): Expr => (c.chance(50) ? { kind: 'not', e } : e)
    if (c.chance(8)) return randomExpr(ground, { kind: 'boolean' }, 1)
    if (domain.kind === 'boolean' && c.chance(50)) return is(read)
    if (domain.kind === 'set' && c.chance(80))
      return is({ kind: 'contains', set: read, element: literal(domain.element, randomValue(c, domain.element)) })
    return is({ kind: 'equal', left: read, right: randomLiteral(ground, domain) })
  })
}

/** The domain of a set that there is, or of one that there is not. */
function randomSetDomain(ground: Ground): Of<'set'> {
  const found = pathsOf(ground.scope).flatMap(({ domain }) => (domain.kind === 'set' ? [domain] : []))
  return found.length > 0 && ground.c.chance(80)
    ? ground.c.pick(found)
    : { kind: 'set', element: randomMember(ground.c) }
}

function randomNumber(ground: Ground, d: Of<'range'>, depth: number): Expr {
  const { c } = ground
  const operand = (): Expr => randomExpr(ground, d, depth)
  switch (c.below(6)) {
    case 0:
    case 1:
      return {
        kind: 'arithmetic',
        operator: c.pick(['plus', 'minus', 'times', 'min', 'max']),
        left: operand(),
        right: operand(),
      }
    case 2:
      return {
        kind: 'arithmetic',
        operator: c.pick(['div', 'mod']),
        left: operand(),
        right: ground.isSafe
          ? number(c.pick([1, 2, -2, -1, 3, -3, 7, -10, 46_341, 2 ** 31 - 1, -(2 ** 31)]))
          : operand(),
      }
    case 3:
      return { kind: 'count', es: c.times(0, 3, () => randomExpr(ground, { kind: 'boolean' }, depth)) }
    case 4:
      return { kind: 'size', of: randomExpr(ground, randomSetDomain(ground), depth) }
    default: {
      const sequence: Domain = { kind: 'sequence', element: randomScalar(c), capacity: 2 }
      return { kind: 'size', of: randomExpr(ground, sequence, depth) }
    }
  }
}

function randomSet(ground: Ground, d: Of<'set'>, depth: number): Expr {
  const { c } = ground
  const set = (): Expr => randomExpr(ground, d, depth)
  const kind = c.below(3)
  if (kind < 2)
    return { kind: kind === 0 ? 'insert' : 'remove', set: set(), element: randomExpr(ground, d.element, depth) }
  return { kind: 'combine', operator: c.pick(['union', 'intersection', 'difference']), left: set(), right: set() }
}

function randomSequence(ground: Ground, d: Of<'sequence'>, depth: number): Expr {
  const { c } = ground
  const sequence = randomExpr(ground, d, depth)
  const size: Expr = { kind: 'size', of: sequence }
  const kind = c.below(3)
  const changed: Expr =
    kind === 0
      ? { kind: 'append', sequence, element: randomExpr(ground, d.element, depth) }
      : { kind: kind === 1 ? 'rest' : 'front', of: sequence }
  if (!ground.isSafe) return changed
  const isFine: Expr = {
    kind: 'compare',
    operator: kind === 0 ? 'lt' : 'gt',
    left: size,
    right: number(kind === 0 ? d.capacity : 0),
  }
  return { kind: 'conditional', condition: isFine, then: changed, otherwise: sequence }
}

interface Path {
  readonly domain: Domain
  readonly isPlace: boolean
  readonly build: (index: (of: Expr, d: Domain) => Expr) => Expr
}

const known = new WeakMap<Scope, readonly Path[]>()

/** Every variable and every part of one; the last element of a sequence too, which is no place. */
function pathsOf(scope: Scope): readonly Path[] {
  const found =
    known.get(scope) ??
    [...scope].flatMap(([name, domain]) => below({ domain, isPlace: true, build: () => ({ kind: 'variable', name }) }))
  known.set(scope, found)
  return found
}

function below(path: Path): readonly Path[] {
  const { domain, isPlace, build } = path
  switch (domain.kind) {
    case 'record':
      return [
        path,
        ...domain.fields.flatMap((field) =>
          below({
            domain: field.domain,
            isPlace,
            build: (index) => ({ kind: 'field', of: build(index), name: field.name }),
          }),
        ),
      ]
    case 'array':
    case 'sequence': {
      const element: Path = {
        domain: domain.element,
        isPlace,
        build: (index) => {
          const of = build(index)
          return { kind: 'index', of, index: index(of, domain) }
        },
      }
      const last: Path = {
        domain: domain.element,
        isPlace: false,
        build: (index) => ({ kind: 'last', of: build(index) }),
      }
      return [path, ...below(element), ...(domain.kind === 'sequence' ? below(last) : [])]
    }
    default:
      return [path]
  }
}

function buildPath(ground: Ground, path: Path, depth: number): Expr {
  return path.build((_, d) => {
    if (d.kind === 'array') return randomExpr(ground, d.index, depth - 1)
    return randomExpr(ground, { kind: 'range', min: 0, max: d.kind === 'sequence' ? d.capacity : 0 }, depth - 1)
  })
}

/** Safe paths pass no sequence. */
function isSafePath(ground: Ground, path: Path): boolean {
  if (!ground.isSafe) return true
  let isSafe = true
  const note = (e: Expr): void => {
    if (e.kind === 'last') isSafe = false
    if (e.kind === 'field' || e.kind === 'index' || e.kind === 'last') note(e.of)
  }
  const e = path.build((_, d) => {
    if (d.kind === 'sequence') isSafe = false
    return number(0)
  })
  note(e)
  return isSafe
}

function randomRead(ground: Ground, d: Domain, depth: number): Expr | null {
  const paths = pathsOf(ground.scope).filter((path) => fits(d, path.domain) && isSafePath(ground, path))
  return paths.length === 0 ? null : buildPath(ground, ground.c.pick(paths), depth)
}

/** A variable or a part of one, with its domain. */
export function randomPlace(ground: Ground, depth: number): { readonly place: Place; readonly domain: Domain } {
  const paths = pathsOf(ground.scope).filter((path) => path.isPlace && isSafePath(ground, path))
  const path = ground.c.pick(paths)
  const place = buildPath(ground, path, depth)
  if (place.kind !== 'variable' && place.kind !== 'field' && place.kind !== 'index')
    throw new Error('randomPlace: not a place')
  return { place, domain: path.domain }
}
