/**
 * Validation: every check that the types make, once more, for specs that were not type-checked; all errors at once.
 * After it, the evaluator and the compiler meet no unknown name, no wrong kind and no overflow of 32 bits.
 */

import * as E from 'fp-ts/Either'
import { checksIn } from './checks.ts'
import { aKind, cardinality, containsValue, labelSetsOf, maxMembers } from './domain.ts'
import { DomainError, domainHints, domainOf, type Scope, scopeOf } from './domain-of.ts'
import {
  type Domain,
  deadlockProperty,
  type Expr,
  type FairnessGroup,
  type Ltl,
  type Model,
  modelErrorProperty,
  type Source,
  type Statement,
} from './ir.ts'
import { subformulasOf } from './ltl.ts'
import { membersOf } from './members.ts'
import { hasNext, isPlace, partsOf } from './operands.ts'
import { type Problem, type ProblemCode, problem } from './problem.ts'
import { showValue } from './values.ts'

interface Checker {
  readonly scope: Scope
  readonly model: Model
  /** What was said of a line is not said of it again. */
  add(code: ProblemCode, message: string, hint: string, source: Source): void
}

export function validate(model: Model): E.Either<readonly Problem[], Model> {
  const problems: Problem[] = []
  const checker: Checker = {
    scope: scopeOf(model),
    model,
    add: (code, message, hint, source) => {
      const isKnown = problems.some((one) => one.message === message && one.source?.line === source.line)
      if (!isKnown) problems.push(problem(code, message, hint, source))
    },
  }
  checkVariables(checker)
  checkStatements(model.initially, checker)
  for (const { source } of checksIn(model.initially))
    checker.add('MC107', 'a check stands in `initially`', 'State it as a property.', source)
  for (const instance of model.instances) {
    for (const conjunct of instance.guard) {
      checkExpr(conjunct.e, 'boolean', instance.source, checker)
      if (conjunct.assumption !== null && model.assumptions[conjunct.assumption] === undefined) {
        checker.add(
          'MC206',
          'a guard names an assumption that does not exist',
          'Declare the assumption.',
          instance.source,
        )
      }
    }
    if (model.actions[instance.action] === undefined) {
      checker.add('MC206', 'an instance names an action that does not exist', 'Declare the action.', instance.source)
    }
    checkStatements(instance.effect, checker)
  }
  for (const assumption of model.assumptions) {
    if (assumption.kind === 'within') checkExpr(assumption.predicate, 'boolean', assumption.source, checker)
  }
  checkExpr(model.terminal, 'boolean', model.source, checker)
  for (const group of model.fairness) checkGroup(group, model.source, checker)
  for (const strip of model.strips) checkExpr(strip.e, null, strip.source, checker)
  checkProperties(checker)
  checkInterchangeable(checker)
  return problems.length > 0 ? E.left(problems) : E.right(model)
}

//  v : d    value in d    v declared once
//  ──────────────────────────────────────
//  v starts value
function checkVariables(checker: Checker): void {
  const { model } = checker
  const names = new Set<string>()
  for (const { name, domain, initial, source } of model.variables) {
    if (names.has(name)) checker.add('MC101', `the variable '${name}' is declared twice`, 'Rename one of them.', source)
    names.add(name)
    if (!isEncodable(domain)) {
      checker.add(
        'MC103',
        `the domain of '${name}' is empty or has a part of 2^32 values or more`,
        'Use a smaller domain.',
        source,
      )
    } else if (!containsValue(domain, initial)) {
      checker.add(
        'MC102',
        `'${name}' starts with ${showValue(initial)}, outside its domain`,
        'Start it inside.',
        source,
      )
    }
  }
  if (model.variables.length === 0) {
    checker.add('MC103', `model '${model.name}' has no variables`, 'Declare them with state({ … }).', model.source)
  }
}

function isEncodable(d: Domain): boolean {
  switch (d.kind) {
    case 'boolean':
      return true
    case 'range':
    case 'enumeration':
      return cardinality(d) >= 1 && cardinality(d) < 2 ** 32
    case 'record':
      return d.fields.length > 0 && d.fields.every((field) => isEncodable(field.domain))
    case 'array':
      return cardinality(d.index) >= 1 && isEncodable(d.element)
    case 'set':
      return isEncodable(d.element) && cardinality(d.element) <= maxMembers
    case 'sequence':
      return d.capacity >= 1 && isEncodable(d.element)
  }
}

//  scope ⊢ e : d    d of the kind that is wanted
function checkExpr(e: Expr, kind: Domain['kind'] | null, source: Source, checker: Checker, isStep = false): void {
  const parts = partsOf(e)
  if (!isStep && hasNext(parts))
    checker.add('MC204', '`next` stands outside a step property', 'Use it in `stepwise(…)` only.', source)
  const wrong = wrongLiteral(parts)
  if (wrong !== null) {
    const message = `${showValue(wrong.value)} is no value of its domain`
    checker.add('MC102', message, 'Numbers are integers; labels are those of the domain.', source)
  }
  try {
    const found = domainOf(e, checker.scope).kind
    if (kind === null || found === kind) return
    checker.add('MC202', `${aKind(found)} stands where ${aKind(kind)} is wanted`, 'Compare it with something.', source)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    checker.add(error.code, error.message, domainHints[error.code], source)
  }
}

/** The first constant inside that is no value of its own domain, as 1.5 or NaN. */
function wrongLiteral(parts: ReadonlySet<Expr>): Extract<Expr, { kind: 'literal' }> | null {
  for (const part of parts) if (part.kind === 'literal' && !containsValue(part.domain, part.value)) return part
  return null
}

//  place : d    e : d'    d and d' of one kind
//  ───────────────────────────────────────────
//  place := e
function checkStatements(statements: readonly Statement[], checker: Checker): void {
  for (const s of statements) {
    switch (s.kind) {
      case 'assign': {
        if (!isPlace(s.place))
          checker.add('MC205', 'this is assigned but is no variable', 'Assign variables or their parts.', s.source)
        checkExpr(s.place, null, s.source, checker)
        checkExpr({ kind: 'equal', left: s.place, right: s.e }, null, s.source, checker)
        break
      }
      case 'check':
        checkExpr(s.condition, 'boolean', s.source, checker)
        break
      case 'when':
        checkExpr(s.condition, 'boolean', s.source, checker)
        checkStatements([...s.then, ...s.otherwise], checker)
        break
      case 'choose':
        for (const alternative of s.alternatives) {
          if (alternative.given !== null) checkExpr(alternative.given, 'boolean', s.source, checker)
          checkStatements(alternative.then, checker)
        }
    }
  }
}

function checkGroup(group: FairnessGroup, source: Source, checker: Checker): void {
  if (group.instances.length === 0) {
    checker.add(
      'MC206',
      `the fairness '${group.name}' selects no instance`,
      'Give it a step that is not idle, or an action.',
      source,
    )
  }
  if (group.instances.some((i) => checker.model.instances[i] === undefined)) {
    checker.add(
      'MC206',
      `the fairness '${group.name}' selects an unknown instance`,
      'Return its action from the builder.',
      source,
    )
  }
}

function checkProperties(checker: Checker): void {
  const { model } = checker
  const names = new Set<string>([deadlockProperty, modelErrorProperty])
  for (const property of model.properties) {
    const { name, source } = property
    if (names.has(name)) checker.add('MC101', `the property '${name}' is named twice or reserved`, 'Rename it.', source)
    names.add(name)
    switch (property.kind) {
      case 'invariant':
      case 'reachable':
        checkExpr(property.predicate, 'boolean', source, checker)
        break
      case 'step':
        checkExpr(property.relation, 'boolean', source, checker, true)
        break
      case 'measure':
        checkExpr(property.e, 'range', source, checker)
        if (property.where !== undefined) checkExpr(property.where, 'boolean', source, checker)
        break
      case 'liveness':
        checkFormula(property.formula, source, checker)
        for (const group of property.assuming) checkGroup(group, source, checker)
    }
  }
  const claims = checksIn(model.instances.flatMap((instance) => instance.effect))
  for (const { message, source } of claims) {
    if (names.has(message))
      checker.add('MC101', `the check '${message}' has the name of a property`, 'Rename one of them.', source)
  }
  const checks = new Set(claims.map(({ message }) => message))
  for (const name of model.expectedViolations) {
    if (names.has(name) || checks.has(name)) continue
    checker.add(
      'MC207',
      `'${name}' is expected to be violated, but no property has that name`,
      `Known: ${[...names, ...checks].join(', ')}.`,
      model.source,
    )
  }
}

//  each label in one set, once    each mentioned by a variable or a label
//  ─────────────────────────────────────────────────────────────────────
//  interchangeable [[label, …], …]
function checkInterchangeable({ model, add }: Checker): void {
  const labels = model.interchangeable.flat()
  const members = membersOf([labels])
  const mentioned = new Set(
    model.variables
      .flatMap(({ name, domain }) => [name, ...labelSetsOf(domain).flat()])
      .flatMap((name) => members.mentionsIn(name).members.map((member) => labels[member])),
  )
  for (const [i, label] of labels.entries()) {
    if (labels.indexOf(label) !== i) add('MC101', `'${label}' is interchangeable twice`, 'Name it once.', model.source)
    else if (!mentioned.has(label)) {
      const message = `'${label}' is interchangeable, and nothing has that name`
      add('MC201', message, 'Name threads, elements of arrays or labels.', model.source)
    }
  }
}

function checkFormula(f: Ltl, source: Source, checker: Checker): void {
  if (f.kind === 'predicate') checkExpr(f.e, 'boolean', source, checker)
  for (const inner of subformulasOf(f)) checkFormula(inner, source, checker)
}
