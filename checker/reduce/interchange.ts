/**
 * Whether the members of the sets that a model calls interchangeable are: every swap of two neighbours in a set must lead from the model
 * to the model. Neighbours' swaps generate all orders, so that these are then the same model too.
 *
 * Compared are normal forms: domains and initial values by variable, the effect that builds initial states, instances as a
 * set, the conditions of `within` and `terminal`, and each judged property by itself. Equal forms mean the same, so what passes is
 * symmetric; a model that says the same of each member in different ways may be refused.
 *
 * Source: Ip and Dill 1996, doi:10.1007/BF00625968 (scalarsets), differs: checked on the model, where their language rules out what
 * could tell members apart.
 */

import { equalDomains, labelSetsOf } from '../../src/model/domain.ts'
import type { Instance, Model, Source, Value } from '../../src/model/ir.ts'
import { type Members, membersOf, renamed } from '../../src/model/members.ts'
import type { Parts } from '../../src/model/parts.ts'
import { printExpr, printStatement } from '../../src/model/print.ts'
import { problem, SpecError } from '../../src/model/problem.ts'
import { showValue } from '../../src/model/values.ts'
import { cellsOf } from './cells.ts'
import { footprintOf } from './footprint.ts'
import { type NormalForm, normalFormsOf } from './normal-form.ts'
import { expressionsOf } from './observed.ts'

/** Of the properties of the model given. Throws `SpecError`: MC306. */
export function* interchangeableIn(model: Model): Parts<Members> {
  const members = membersOf(model.interchangeable)
  if (members.names.length === 0) {
    const hint = 'Return interchangeable: [names] from its builder, or leave symmetry out.'
    throw new SpecError(problem('MC306', 'no labels are called interchangeable', hint, model.source))
  }
  const formOf = normalFormsOf(model)
  const plain = formOf((name) => name)
  const instances = new Set(model.instances.map((instance) => partsOf(instance, plain).join('\n')))
  const overwritten = overwrittenAtStart(model)
  for (const { first, count } of members.sets) {
    for (let m = first; m + 1 < first + count; m++) {
      yield
      const swap: Swap = { model, members, plain, instances, overwritten, left: m, right: m + 1 }
      demandSwap(swap, formOf(swapping(swap)))
    }
  }
  return members
}

interface Swap {
  readonly model: Model
  readonly members: Members
  readonly plain: NormalForm
  /** The forms of the model's instances. */
  readonly instances: ReadonlySet<string>
  readonly overwritten: ReadonlySet<string>
  /** Two members. */
  readonly left: number
  readonly right: number
}

/** Variables that `initially` gives a value before anybody reads them: how they are declared to start is nowhere seen. */
export function overwrittenAtStart(model: Model): ReadonlySet<string> {
  const cells = cellsOf(model)
  const { reads, kills } = footprintOf(model.initially, cells)
  const overwritten = new Set(cells.byVariable.keys())
  for (const [cell, { variable }] of cells.all.entries())
    if (reads.has(cell) || !kills.has(cell)) overwritten.delete(variable)
  return overwritten
}

/** A name, as it is after the swap. */
function swapping({ members, left, right }: Swap): (name: string) => string {
  const to = members.names.map((_, m) => (m === left ? right : m === right ? left : m))
  const known = new Map<string, string>()
  return (name) => {
    const found = known.get(name) ?? renamed(name, members, to)
    known.set(name, found)
    return found
  }
}

/** Throws the difference that the swap makes. */
function demandSwap(swap: Swap, swapped: NormalForm): void {
  const { model } = swap
  demandVariables(swap, swapped)
  const starts = [swapped, swap.plain].map((form) => form.ofEffect(model.initially).join())
  if (starts[0] !== starts[1]) refuse(swap, '`initially` tells them apart', model.source)
  demandInstances(swap, swapped)
  demandConditions(swap, swapped)
}

const sayTheSame =
  'Order, neighbours and numbers tell members apart. Say the same of each, or leave them out of `interchangeable`.'
const startAsAny =
  "Let it start as any of them, `initially: choose('who', names, (name) => set(variable, name))`, or leave them out of `interchangeable`."

function refuse({ members, left, right }: Swap, what: string, source: Source, hint = sayTheSame): never {
  const pair = `${members.names[left]} and ${members.names[right]}`
  throw new SpecError(problem('MC306', `${pair} are not interchangeable: ${what}`, hint, source))
}

function demandVariables(swap: Swap, swapped: NormalForm): void {
  const { model, plain, overwritten } = swap
  const known = new Map(model.variables.map((v) => [v.name, v]))
  for (const { name, domain, initial, source } of model.variables) {
    const image = known.get(swapped.ofName(name))
    if (image === undefined) refuse(swap, `there is '${name}', and no '${swapped.ofName(name)}'`, source)
    if (!equalDomains(image.domain, domain))
      refuse(swap, `'${name}' and '${image.name}' have different domains`, source)
    const lost = labelSetsOf(domain)
      .flatMap((labels) => labels.filter((label) => !labels.includes(swapped.ofName(label))))
      .at(0)
    if (lost !== undefined)
      refuse(swap, `in the domain of '${name}' is '${lost}', and no '${swapped.ofName(lost)}'`, source)
    if (!overwritten.has(name) && swapped.ofValue(initial, domain) !== plain.ofValue(image.initial, domain))
      refuse(swap, startText([{ name, initial }, image]), source, isMember(initial, swap) ? startAsAny : sayTheSame)
  }
}

const isMember = (value: Value, { members }: Swap): boolean =>
  typeof value === 'string' && members.names.includes(value)

function startText(variables: readonly { readonly name: string; readonly initial: Value }[]): string {
  return [...new Set(variables.map(({ name, initial }) => `'${name}' starts as ${showValue(initial)}`))].join(', ')
}

/** What an instance asks for and does, and in which column it is shown. */
function partsOf({ guard, effect, lane }: Instance, form: NormalForm): readonly string[] {
  return [...form.ofGuard(guard), '=>', ...form.ofEffect(effect), lane === null ? '' : form.ofName(lane)]
}

function demandInstances(swap: Swap, swapped: NormalForm): void {
  const { model, instances } = swap
  const lost = model.instances.find((instance) => !instances.has(partsOf(instance, swapped).join('\n')))
  if (lost === undefined) return
  const counterpart = counterpartOf(swap, lost, swapped)
  const name = nameOf(model, lost)
  if (counterpart === undefined) refuse(swap, `nothing corresponds to ${name}`, lost.source)
  // A swap is its own inverse, so what the one lacks is found in the other.
  for (const [one, other] of [
    [lost, counterpart],
    [counterpart, lost],
  ] as const) {
    const what = differenceOf(swap, { one, other, swapped })
    if (what === null) continue
    const where = one === other ? ', which tells them apart' : `, and ${nameOf(model, other)} does not so`
    refuse(swap, `${nameOf(model, one)} ${what}${where}`, one.source)
  }
  refuse(swap, `${name} does things in another order, or is shown in another column`, lost.source)
}

function nameOf(model: Model, { action, binding }: Instance): string {
  const bound = Object.entries(binding).map(([name, value]) => `${name}=${showValue(value)}`)
  return `'${model.actions[action]?.name ?? ''}'${bound.length === 0 ? '' : ` (${bound.join(', ')})`}`
}

/** The instance that has the swapped name and parameters. */
function counterpartOf(
  { model, plain }: Swap,
  { action, binding }: Instance,
  swapped: NormalForm,
): Instance | undefined {
  const name = swapped.ofName(model.actions[action]?.name ?? '')
  const wanted = Object.entries(binding).map(([key, value]) => [key, swapped.ofValue(value, { kind: 'boolean' })])
  return model.instances.find((other) => {
    const given = Object.entries(other.binding).map(([key, value]) => [key, plain.ofValue(value, { kind: 'boolean' })])
    return model.actions[other.action]?.name === name && JSON.stringify(given) === JSON.stringify(wanted)
  })
}

interface Pair {
  readonly one: Instance
  readonly other: Instance
  readonly swapped: NormalForm
}

/** The first condition or statement of the one that, swapped, is none of the other's. */
function differenceOf({ plain }: Swap, { one, other, swapped }: Pair): string | null {
  const asked = new Set(other.guard.flatMap((conjunct) => plain.ofGuard([conjunct])))
  const conjunct = one.guard.find((each) => !asked.has(swapped.ofGuard([each]).join()))
  if (conjunct !== undefined) return `asks for \`${short(printExpr(conjunct.e))}\``
  const done = new Set(other.effect.flatMap((statement) => plain.ofEffect([statement])))
  const statement = one.effect.find((each) => !done.has(swapped.ofEffect([each]).join()))
  return statement === undefined ? null : `does \`${short(printStatement(statement).replace(/\s*\n\s*/g, '; '))}\``
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`
}

function demandConditions(swap: Swap, swapped: NormalForm): void {
  const { model, plain } = swap
  const isKept = (e: Parameters<NormalForm['ofExpr']>[0]): boolean => swapped.ofExpr(e) === plain.ofExpr(e)
  if (!isKept(model.terminal)) refuse(swap, '`terminal` tells them apart', model.source)
  for (const one of model.assumptions) {
    if (one.kind === 'within' && !isKept(one.predicate)) refuse(swap, `'${one.name}' tells them apart`, one.source)
  }
  for (const property of model.properties) {
    // Of a refinement the relation is enough: what initial states map to is judged on the model itself.
    const judged = property.kind === 'step' ? [property.relation] : expressionsOf(property)
    if (!judged.every(isKept))
      refuse(swap, `the property '${property.name}' speaks of one of them, not of all alike`, property.source)
  }
}
