/**
 * Why a predicate is false at the end of a trace: the parts that make it so, each with its value and the step since
 * which it has had it.
 */

import { blockedIn } from './blocked.ts'
import { type Environment, environmentOf, evaluate, ModelError } from './evaluate.ts'
import type { Expr, Model, Value } from './ir.ts'
import { hasNext, operandsOf, partsOf } from './operands.ts'
import { printExpr } from './print.ts'
import { successors } from './step.ts'
import type { State, Trace } from './trace.ts'
import { equalValues, showValue } from './values.ts'
import { doingAt } from './ways.ts'

/** A predicate whose operands all matter can have hundreds; a reader wants the first few. */
const mostLines = 8

/** Where a predicate is judged: a moment of a trace, and for step properties the moment after it. */
interface Moment {
  readonly model: Model
  readonly trace: Trace
  /** Index into `Trace.steps`. */
  readonly index: number
  readonly next: State | null
  /** False: the state is looked at alone, and nothing is said of when it came about. */
  readonly hasPast: boolean
  /** Of expressions that were asked for: they may be used many times. */
  readonly reasons: Map<Expr, readonly string[]>
  /** Where they were evaluated, by index into `Trace.steps`. */
  readonly environments: Map<number, Environment>
}

/** Of an invariant, in the last state. The guilty parts come first, then those that made them matter (`while …`). */
export function explainState(model: Model, e: Expr, trace: Trace): readonly string[] {
  return explain({ model, trace, index: trace.steps.length - 1, next: null, hasPast: true }, e)
}

/** Of a condition in a state, without its past. */
export function explainAlone(model: Model, e: Expr, state: State): readonly string[] {
  const trace: Trace = { steps: [{ instance: null, choices: [], state }], loop: null, shortest: false }
  return explain({ model, trace, index: 0, next: null, hasPast: false }, e)
}

/** Of a check in the last step, where it stands in the effect. */
export function explainCheck(model: Model, message: string, trace: Trace): readonly string[] {
  const [before, last] = [trace.steps.at(-2), trace.steps.at(-1)]
  const failed = successors(model, before?.state ?? {})
    .filter((one) => one.instance === last?.instance && 'state' in one && equalValues(one.state, last.state))
    .flatMap((one) => ('state' in one ? one.failedChecks : []))
    .find((one) => one.message === message)
  if (last === undefined || failed === undefined) return []
  return explainState(model, failed.condition, {
    ...trace,
    steps: [...trace.steps.slice(0, -1), { ...last, state: failed.state }],
  })
}

/** Of a deadlock: what holds back each thread where it stands, and each other action. */
export function explainDeadlock(model: Model, trace: Trace): readonly string[] {
  const state = trace.steps.at(-1)?.state ?? {}
  const blocked = blockedIn(model, state, [], (e) => explainState(model, e, trace))
  return firstOf(
    blocked.map(({ lane, labels, reasons }) => {
      const who = lane === null || labels.includes(lane) ? labels.join(' or ') : `${lane} ${labels.join(' or ')}`
      return `${who}: ${reasons.join('; ')}`
    }),
  )
}

/** Of a step property, in the last step. */
export function explainStep(model: Model, e: Expr, trace: Trace): readonly string[] {
  const index = trace.steps.length - 2
  const next = trace.steps.at(-1)?.state
  return index < 0 || next === undefined ? [] : explain({ model, trace, index, next, hasPast: true }, e)
}

function explain(moment: Omit<Moment, 'reasons' | 'environments'>, e: Expr): readonly string[] {
  return firstOf(reasonsFor({ ...moment, reasons: new Map(), environments: new Map() }, e))
}

function firstOf(lines: readonly string[]): readonly string[] {
  if (lines.length <= mostLines) return lines
  return [...lines.slice(0, mostLines - 1), `… and ${lines.length - mostLines + 1} more`]
}

/** What makes this part true or false, whichever it is; each said once. */
function reasonsFor(moment: Moment, e: Expr): readonly string[] {
  const reasons = moment.reasons.get(e) ?? [...new Set(reasonsOf(moment, e))]
  moment.reasons.set(e, reasons)
  return reasons
}

function reasonsOf(moment: Moment, e: Expr): readonly string[] {
  const isTrue = valueAt(moment, e) === true
  switch (e.kind) {
    case 'not':
      return reasonsFor(moment, e.e)
    case 'implies':
      if (!isTrue) return withPremises(reasonsFor(moment, e.right), reasonsFor(moment, e.left))
      return valueAt(moment, e.left) === true ? reasonsFor(moment, e.right) : reasonsFor(moment, e.left)
    case 'and':
    case 'or': {
      if (isTrue === (e.kind === 'and')) return e.es.flatMap((one) => reasonsFor(moment, one))
      const deciding = e.es.find((one) => (valueAt(moment, one) === true) === isTrue)
      return deciding === undefined ? [] : reasonsFor(moment, deciding)
    }
    case 'literal':
      return []
    case 'compare':
    case 'equal': {
      const count = [e.left, e.right].find((side) => side.kind === 'count')
      return count?.kind === 'count' ? countReasons(moment, e, count) : [leafReason(moment, e)]
    }
    default:
      return [leafReason(moment, e)]
  }
}

type Comparison = Extract<Expr, { readonly kind: 'compare' | 'equal' }>
type Count = Extract<Expr, { readonly kind: 'count' }>

/**
 * How many are true, and then why: of those that are true where there are many, of the others where there are few. What is counted
 * is not written out, since its reasons tell it.
 */
function countReasons(moment: Moment, e: Comparison, count: Count): readonly string[] {
  const isTrue = valueAt(moment, e) === true
  const isLeft = e.left === count
  const other = isLeft ? e.right : e.left
  const counted = count.es.filter((one) => valueAt(moment, one) === true)
  const areFew =
    e.kind === 'equal'
      ? counted.length < Number(valueAt(moment, other))
      : (isTrue === (e.operator === 'lt' || e.operator === 'le')) === isLeft
  const told: Expr = { kind: 'variable', name: 'count(…)' }
  const text = printExpr(isLeft ? { ...e, left: told } : { ...e, right: told })
  const parts = [
    `it is ${counted.length} of ${count.es.length}`,
    ...readsOf(other).map((part) => partText(moment, part)),
  ]
  return [
    `${text} ${isTrue ? 'holds' : 'fails'}: ${parts.join('; ')}`,
    ...(areFew ? count.es.filter((one) => !counted.includes(one)) : counted).flatMap((one) => reasonsFor(moment, one)),
  ]
}

/** The guilty first, then the premises from the outermost to the innermost. */
function withPremises(guilty: readonly string[], premises: readonly string[]): readonly string[] {
  const isPremise = (line: string): boolean => line.startsWith('while ')
  return [
    ...guilty.filter((line) => !isPremise(line)),
    ...premises.map((line) => (isPremise(line) ? line : `while ${line}`)),
    ...guilty.filter(isPremise),
  ]
}

/** A value, or the message of the error that evaluating raises. */
function valueAt({ model, trace, index, next, environments }: Moment, e: Expr): Value {
  const env = environments.get(index) ?? environmentOf(model, trace.steps[index]?.state ?? {}, next)
  environments.set(index, env)
  try {
    return evaluate(e, env)
  } catch (error) {
    if (error instanceof ModelError) return error.message
    throw error
  }
}

function leafReason(moment: Moment, e: Expr): string {
  if (isPlace(e)) return partText(moment, e)
  if (e.kind === 'equal' && isPlace(e.left) && readsOf(e.right).length === 0) return partText(moment, e.left)
  const reads = readsOf(e)
  const parts = [...new Set(reads.map((part) => partText(moment, part)))]
  if (reads.every((part) => isStack(moment.model, part))) return parts.join('; ')
  const truth = valueAt(moment, e) === true ? 'holds' : 'fails'
  return `${printExpr(e)} ${truth}${parts.length > 0 ? `: ${parts.join('; ')}` : ''}`
}

const isStack = (model: Model, e: Expr): boolean =>
  e.kind === 'variable' && model.threads.some(({ stack }) => stack === e.name)

const isPlace = (e: Expr): boolean =>
  e.kind === 'variable' || e.kind === 'field' || e.kind === 'index' || e.kind === 'next'

/** `daif.A is true, since step 7 (T1 local_daif_mask)`; threads are told by where they stand. */
function partText(moment: Moment, e: Expr): string {
  const told = tellingOf(moment.model, e)
  return `${told.text(valueAt(moment, e))}${sinceText(moment, e, told)}`
}

/** How a place is told once its value is known. */
interface Telling {
  text(value: Value): string
  /** The lane whose place this is: its own steps need not be named. */
  readonly lane: string | null
}

function tellingOf({ threads }: Model, e: Expr): Telling {
  const name = e.kind === 'variable' ? e.name : null
  const thread = threads.find(({ counter, stack }) => name !== null && (counter === name || stack === name))
  if (thread === undefined) return { lane: null, text: (value) => `${printExpr(e)} is ${showValue(value)}` }
  if (thread.stack === name) {
    const depthText = (frames: number): string => (frames === 0 ? 'is in no handler' : `is ${frames} deep in handlers`)
    return {
      lane: thread.name,
      text: (value) => `${thread.name} ${depthText(Array.isArray(value) ? value.length : 0)}`,
    }
  }
  return {
    lane: thread.name,
    text: (value) => {
      const location = thread.locations.find((one) => one.value === value)
      return `${thread.name} ${location === undefined ? 'has ended' : doingAt(location)}`
    },
  }
}

/** The last step that changed what is told. */
function sinceText(moment: Moment, e: Expr, { text, lane }: Telling): string {
  if (!moment.hasPast || (moment.next !== null && hasNext(partsOf(e)))) return ''
  const now = text(valueAt(moment, e))
  for (let index = moment.index - 1; index >= 0; index--) {
    if (text(valueAt({ ...moment, index }, e)) === now) continue
    return `, since step ${index + 1}${stepText(moment, index + 1, lane)}`
  }
  return ', as from the start'
}

function stepText({ model, trace }: Moment, index: number, ownLane: string | null): string {
  const step = trace.steps[index]
  const instance = step === undefined || step.instance === null ? undefined : model.instances[step.instance]
  if (instance === undefined || (ownLane !== null && instance.lane === ownLane)) return ''
  return ` (${instance.lane === null ? '' : `${instance.lane} `}${instance.label})`
}

/** The places an expression reads, in order. */
function readsOf(e: Expr, seen: Set<Expr> = new Set()): readonly Expr[] {
  if (seen.has(e)) return []
  seen.add(e)
  return isPlace(e) ? [e] : operandsOf(e).flatMap((operand) => readsOf(operand, seen))
}
