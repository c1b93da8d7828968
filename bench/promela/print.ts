/**
 * A model of ours as Promela, step for step: an option of a loop for each outcome of each instance, one process for each thread.
 * So that Spin explores what we explore, whatever the spec. Program counters are variables, as ours are.
 */

import { cardinality } from '../../src/model/domain.ts'
import { type Scope, scopeOf } from '../../src/model/domain-of.ts'
import type { Expr, Instance, Model, Statement } from '../../src/model/ir.ts'
import { converted, placeText, positionTexts, printed, scalarText, variableName } from './expression.ts'
import { type Leaf, leavesOf, NotPrintable, numberAt, positionsOf } from './leaves.ts'

/** Throws `NotPrintable`. Spin judges the one property: an invariant, or the message of a check. */
export function printPromela(model: Model, property: string): string {
  if (model.initially.length > 0) throw new NotPrintable('a choice of initial states')
  const scope = scopeOf(model)
  const within = model.assumptions.flatMap((one) => (one.kind === 'within' ? [scalarText(one.predicate, scope)] : []))
  const processes = [...new Set(model.instances.map(({ thread }) => thread))].map((thread) => {
    const options = model.instances
      .filter((instance) => instance.thread === thread)
      .flatMap((instance) => optionsOf(model, instance, { scope, within, property }))
    const name = thread === null ? 'actions' : variableName(model.threads[thread]?.name ?? '')
    return [`active proctype ${name}()`, '{', 'end:', '  do', ...options, '  od', '}'].join('\n')
  })
  const body = [...processes, ...monitor(model, property)].join('\n\n')
  const spares = new Set(body.match(/\bspare\d+\b/g))
  return [
    ...model.variables.flatMap(({ name, domain, initial }) =>
      leavesOf(domain).map((leaf) => declaration(name, leaf, (at) => numberAt(domain, initial, leaf.path, at))),
    ),
    ...[...spares].map((name) => `hidden int ${name};`),
    '',
    body,
    '',
  ].join('\n')
}

interface Context {
  readonly scope: Scope
  readonly within: readonly string[]
  readonly property: string
}

function declaration(name: string, leaf: Leaf, initial: (at: readonly number[]) => number): string {
  const text = placeText(name, { ...leaf, sizes: [] }, [])
  const values = positionsOf(leaf.sizes).map(initial)
  const isArray = leaf.sizes.length > 0
  const given = values.every((v) => v === values[0]) ? ` = ${values[0]}` : ` = { ${values.join(', ')} }`
  return `${typeOf(leaf)} ${text}${isArray ? `[${values.length}]` : ''}${given};`
}

/** The smallest type that holds the leaf. */
function typeOf({ domain: d }: Leaf): string {
  if (d.kind === 'boolean') return 'bool'
  const [min, max] =
    d.kind === 'range' ? [d.min, d.max] : [0, d.kind === 'set' ? 2 ** cardinality(d.element) - 1 : cardinality(d) - 1]
  if (min >= 0 && max <= 255) return 'byte'
  return min >= -32768 && max <= 32767 ? 'short' : 'int'
}

/** One way through the effect of an instance: what must hold for it, all of it of the state before; and what it does. */
interface Outcome {
  readonly given: readonly string[]
  readonly does: readonly Statement[]
}

function optionsOf(model: Model, instance: Instance, context: Context): readonly string[] {
  const { scope, within } = context
  const counters = new Set(model.threads.map(({ counter }) => counter))
  const guard = instance.guard.map(({ e }) => e)
  // The program counter first: it fails soonest.
  const ordered = [...guard.filter((e) => isAt(e, counters)), ...guard.filter((e) => !isAt(e, counters))]
  const conditions = [...ordered.map((e) => scalarText(e, scope)), ...within]
  const name = model.actions[instance.action]?.name ?? instance.label
  return outcomesOf(instance.effect, scope).flatMap(({ given, does }) => {
    const guards = [...conditions, ...given]
    return [
      `  /* ${name.replaceAll('*/', '* /')} */`,
      `  :: d_step { ${guards.length === 0 ? 'true' : guards.join(' && ')} ->`,
      ...does.flatMap((s) => statement(s, context)).map((line) => `       ${line};`),
      '       skip }',
    ]
  })
}

const isAt = (e: Expr, counters: ReadonlySet<string>): boolean =>
  e.kind === 'equal' && e.left.kind === 'variable' && counters.has(e.left.name)

function outcomesOf(statements: readonly Statement[], scope: Scope): readonly Outcome[] {
  let outcomes: readonly Outcome[] = [{ given: [], does: [] }]
  for (const s of statements) {
    const next = branchesOf(s, scope)
    outcomes = outcomes.flatMap((before) =>
      next.map(({ given, does }) => {
        if (given.length > 0) demandUnwritten(before.does, given)
        return { given: [...before.given, ...given], does: [...before.does, ...does] }
      }),
    )
  }
  return outcomes
}

function branchesOf(s: Statement, scope: Scope): readonly Outcome[] {
  if (s.kind === 'choose') {
    return s.alternatives.flatMap(({ given, then }) =>
      outcomesOf(then, scope).map((one) => ({
        ...one,
        given: [...(given === null ? [] : [scalarText(given, scope)]), ...one.given],
      })),
    )
  }
  if (s.kind !== 'when' || !JSON.stringify([s.then, s.otherwise]).includes('"kind":"choose"'))
    return [{ given: [], does: [s] }]
  const condition = scalarText(s.condition, scope)
  const guarded = (test: string, body: readonly Statement[]): readonly Outcome[] =>
    outcomesOf(body, scope).map((one) => ({ ...one, given: [test, ...one.given] }))
  return [...guarded(condition, s.then), ...guarded(`(!${condition})`, s.otherwise)]
}

/** A condition of a choice becomes one of the whole step, so nothing before it may write what it reads. */
function demandUnwritten(before: readonly Statement[], given: readonly string[]): void {
  for (const name of before.flatMap(writtenBy)) {
    if (given.some((text) => text.includes(variableName(name))))
      throw new NotPrintable('a choice by what its step wrote')
  }
}

function writtenBy(s: Statement): readonly string[] {
  if (s.kind === 'assign') return [rootOf(s.place)]
  return s.kind === 'when' ? [...s.then, ...s.otherwise].flatMap(writtenBy) : []
}

function rootOf(place: Expr): string {
  return place.kind === 'variable'
    ? place.name
    : place.kind === 'field' || place.kind === 'index'
      ? rootOf(place.of)
      : ''
}

function statement(s: Statement, context: Context): readonly string[] {
  const { scope, property } = context
  switch (s.kind) {
    case 'assign':
      return assignment(s, scope)
    case 'check':
      return s.message === property ? [`assert(${scalarText(s.condition, scope)})`] : []
    case 'when': {
      const [then, otherwise] = [s.then, s.otherwise].map((body) => body.flatMap((one) => statement(one, context)))
      const text = (lines: readonly string[] = []): string => (lines.length === 0 ? 'skip' : lines.join('; '))
      return [`if :: ${scalarText(s.condition, scope)} -> ${text(then)} :: else -> ${text(otherwise)} fi`]
    }
    case 'choose':
      throw new Error('choices are outcomes')
  }
}

/** Leaf by leaf; through spare variables where the new value is made of the old one. */
function assignment(s: Extract<Statement, { kind: 'assign' }>, scope: Scope): readonly string[] {
  const place = printed(s.place, scope)
  const value = printed(s.e, scope)
  const pairs = leavesOf(place.domain).flatMap((leaf) =>
    positionTexts(leaf.sizes).map((positions) => {
      const target = place.at(leaf.path, positions)
      return { target: target.text, text: converted(value.at(leaf.path, positions), target.domain) }
    }),
  )
  const changed = pairs.filter(({ target, text }) => target !== text)
  const root = variableName(rootOf(s.place))
  if (changed.length === 1 || !changed.some(({ text }) => text.includes(root))) {
    return changed.map(({ target, text }) => `${target} = ${text}`)
  }
  return [
    ...changed.map(({ text }, i) => `spare${i} = ${text}`),
    ...changed.map(({ target }, i) => `${target} = spare${i}`),
  ]
}

/** Waits for the invariant to fail; it adds no state. */
function monitor(model: Model, name: string): readonly string[] {
  const property = model.properties.find((one) => one.name === name)
  if (property === undefined) return []
  if (property.kind !== 'invariant') throw new NotPrintable(`a property of kind ${property.kind}`)
  const holds = scalarText(property.predicate, scopeOf(model))
  return [`active proctype monitor()\n{\nend:\n  d_step { !(${holds}) -> assert(false) }\n}`]
}
