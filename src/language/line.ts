/**
 * Lines of sequential code. One step is one interleaving point: between any two steps everybody else may run.
 */

import type { Expr as ExprIr, Source, Statement as StatementIr } from '../model/ir.ts'
import { here } from './blame.ts'
import { coerce, nameOf, uncalled } from './expression.ts'
import type { Predicate } from './formula.ts'
import { fatalMistake, mistake } from './mistakes.ts'
import { type Statements, statementsOf } from './statement.ts'
import { named } from './unknown-member.ts'

export interface Step {
  readonly kind: 'step'
  readonly label: string
  readonly guard: readonly ExprIr[]
  readonly effect: readonly StatementIr[]
  readonly isIdle: boolean
  readonly source: Source
}

type LineNode =
  | Step
  | {
      readonly kind: 'branch'
      readonly label: string
      readonly condition: ExprIr
      readonly then: readonly Line[]
      readonly otherwise: readonly Line[]
      readonly source: Source
    }
  | { readonly kind: 'either'; readonly alternatives: readonly (readonly Line[])[]; readonly source: Source }
  | {
      readonly kind: 'decide'
      readonly condition: ExprIr
      readonly then: readonly Line[]
      readonly otherwise: readonly Line[]
      readonly source: Source
    }
  | {
      readonly kind: 'loop' | 'repeat'
      readonly label: string
      readonly condition: ExprIr
      readonly body: readonly Line[]
      readonly source: Source
    }
  | { readonly kind: 'forever'; readonly body: readonly Line[]; readonly source: Source }
  | { readonly kind: 'leave'; readonly what: 'loop' | 'routine'; readonly source: Source }
  | { readonly kind: 'call'; readonly routine: string; readonly body: readonly Line[]; readonly source: Source }

declare const labels: unique symbol
declare const routine: unique symbol

/**
 * Exists for the compiler only: what `at` and `inside` may name. Functions, because without `exactOptionalPropertyTypes` an optional
 * property may be undefined too, and a label could then not be told from it.
 */
export interface Names<Label extends string, Routine extends string> {
  readonly [labels]?: () => Label
  readonly [routine]?: () => Routine
}

/** A line knows, by type, the labels in it and the routines it calls: a misspelt one is an error in the editor. */
export type Line<Label extends string = string, Routine extends string = string> = LineNode & Names<Label, Routine>

/** Lines, nested as helper functions return them. */
export type Lines = Line | readonly Lines[] | false | undefined

/** Labels in (nested) lines. Of `Lines` as such, which any lines fit, nothing is known: any string. */
export type LabelOf<T> = [Lines] extends [T]
  ? string
  : T extends Names<infer Label, string>
    ? Label
    : T extends readonly (infer Item)[]
      ? LabelOf<Item>
      : never

export type RoutineOf<T> = [Lines] extends [T]
  ? string
  : T extends Names<string, infer Routine>
    ? Routine
    : T extends readonly (infer Item)[]
      ? RoutineOf<Item>
      : never

/** MC109 for what is no line, in a spec that was not type-checked. */
export function linesOf(nested: Lines): readonly Line[] {
  if (nested === false || nested === undefined) return []
  if (Array.isArray(nested)) return nested.flatMap(linesOf)
  if (isLine(nested)) return [nested]
  const hint = uncalled(nested) ?? 'Lines are step(…), until(…), branch(…), calls and so on.'
  mistake('MC109', `${nameOf(nested)} is no line of code`, hint)
  return []
}

function isLine(value: unknown): value is Line {
  return typeof value === 'object' && value !== null && 'kind' in value && 'source' in value
}

/** MC109 in a spec that was not type-checked: a condition where the label is due, say. */
function labelled(label: string): string {
  if (typeof label === 'string' && label.trim() !== '') return label
  const what = typeof label === 'string' ? 'an empty text' : nameOf(label)
  mistake('MC109', `${what} is no label`, "A line begins with its label, as in step('enter', …).")
  return 'unlabelled'
}

interface StepParts {
  readonly guard?: readonly Predicate[]
  readonly effect?: readonly Statements[]
  readonly isIdle?: boolean
}

function stepOf<L extends string>(
  label: L,
  { guard = [], effect = [], isIdle = false }: StepParts,
): Step & Names<L, never> {
  return {
    kind: 'step',
    label: labelled(label),
    guard: guard.map((condition) => coerce(condition)),
    effect: statementsOf(effect),
    isIdle,
    source: here(),
  }
}

/** One atomic transition. */
export function step<const L extends string>(label: L, ...effect: readonly Statements[]): Line<L, never> {
  return stepOf(label, { effect })
}

/** A step that no fairness obliges anybody to take: a process may stay here for ever. */
export function idle<const L extends string>(label: L, ...effect: readonly Statements[]): Line<L, never> {
  return stepOf(label, { effect, isIdle: true })
}

/** Waits until the condition holds, and acts in the same transition. */
export function until<const L extends string>(
  label: L,
  condition: Predicate,
  ...effect: readonly Statements[]
): Line<L, never> {
  return stepOf(label, { guard: [condition], effect })
}

/** Evaluating the test is a step of its own. */
export function branch<const L extends string, const B extends Lines, const C extends Lines = []>(
  label: L,
  condition: Predicate,
  then: B,
  otherwise?: C,
): Line<L | LabelOf<B | C>, RoutineOf<B | C>> {
  return {
    kind: 'branch',
    label: labelled(label),
    condition: coerce(condition),
    then: linesOf(then),
    otherwise: linesOf(otherwise),
    source: here(),
  }
}

/**
 * Goes one of two ways without a step of its own: the test is part of the first step of the way taken. For conditions
 * that nobody else can change, such as a local variable's; `branch` is for the others.
 */
export function decide<const B extends Lines, const C extends Lines = []>(
  condition: Predicate,
  then: B,
  otherwise?: C,
): Line<LabelOf<B | C>, RoutineOf<B | C>> {
  return {
    kind: 'decide',
    condition: coerce(condition),
    then: linesOf(then),
    otherwise: linesOf(otherwise),
    source: here(),
  }
}

/** Goes one of several ways; the choice is made by the first step of an alternative. */
export function either<const B extends readonly Lines[]>(...alternatives: B): Line<LabelOf<B>, RoutineOf<B>> {
  return { kind: 'either', alternatives: alternatives.map(linesOf), source: here() }
}

/** While the condition holds; the test is a step of its own. */
export function loop<const L extends string, const B extends Lines>(
  label: L,
  condition: Predicate,
  body: B,
): Line<L | LabelOf<B>, RoutineOf<B>> {
  return { kind: 'loop', label: labelled(label), condition: coerce(condition), body: linesOf(body), source: here() }
}

/** Once, and again while the condition holds; the test, after the body, is a step of its own. */
export function repeat<const B extends Lines, const L extends string>(
  body: B,
  label: L,
  condition: Predicate,
): Line<L | LabelOf<B>, RoutineOf<B>> {
  return { kind: 'repeat', label: labelled(label), condition: coerce(condition), body: linesOf(body), source: here() }
}

export function forever<const B extends readonly Lines[]>(...body: B): Line<LabelOf<B>, RoutineOf<B>> {
  const source = here()
  const lines = linesOf(body)
  if (lines.length === 0)
    mistake('MC107', '`forever` repeats nothing', "Give it lines: forever(step('work'), …).", source)
  return { kind: 'forever', body: lines, source }
}

/**
 * Goes on after the innermost loop around it, or returns from the routine it stands in; no step of its own.
 * MC107 where there is no loop or no routine to leave.
 */
export function leave(what: 'loop' | 'routine'): Line<never, never> {
  if (what !== 'loop' && what !== 'routine')
    mistake('MC107', `\`leave\` is told to leave ${nameOf(what)}`, "Write leave('loop') or leave('routine').")
  return { kind: 'leave', what, source: here() }
}

/**
 * Steps, branches and calls as one transition, with the reason why nothing may come between.
 * MC107 for a wait, a loop or a choice of ways inside.
 */
export function atomic<const L extends string>(label: L, reason: string, ...lines: readonly Lines[]): Line<L, never> {
  if (reason.trim() === '') mistake('MC107', `atomic '${label}' gives no reason`, 'Say why nothing may come between.')
  return { ...stepOf(label, {}), effect: fuse(linesOf(lines), label) }
}

function fuse(lines: readonly Line[], label: string): readonly StatementIr[] {
  return lines.flatMap((line): readonly StatementIr[] => {
    if (line.kind === 'step' && line.guard.length === 0) return line.effect
    if (line.kind === 'call') return fuse(line.body, label)
    if (line.kind === 'branch' || line.kind === 'decide') {
      const { condition, source } = line
      return [{ kind: 'when', condition, then: fuse(line.then, label), otherwise: fuse(line.otherwise, label), source }]
    }
    const what = line.kind === 'step' ? 'a wait' : `\`${line.kind}\``
    mistake(
      'MC107',
      `${what} stands inside atomic '${label}'`,
      'Only steps, branches and calls can be fused.',
      line.source,
    )
    return []
  })
}

/** Routines by name, as calls: `code.name()` is a line. `L`: labels in them, as far as they are known. */
export type Calls<N extends string, L extends string = string> = { readonly [K in N]: () => Line<L, N> }

export type Routine<K> = (k: K) => Lines

const callPath: string[] = []

/** Inside a routine nothing is asked of the labels of another: which one it will be is open until the model is built. */
type Design<H extends object, N extends string> = {
  readonly [K in N]: Routine<H & { readonly code: Calls<NoInfer<N>, never> }>
}

/**
 * Binds routines to what they work on. Calls are late bound: a design that replaces a routine replaces it for all its callers. So
 * `at` takes, of a thread that calls, the labels of all routines of the design; any label, where the design has a declared type that
 * does not say them. Bodies are inlined when the model is built; MC104 if a routine calls itself.
 */
export function routines<H extends object, N extends string, const R extends { readonly [K in N]: Lines }>(
  design: Design<H, N> & { readonly [K in keyof R]: (k: never) => R[K] },
  within: H,
): Calls<N, LabelOf<R[keyof R]>> {
  const bodies: Design<H, N> = design
  const names = Object.keys(design) as N[]
  for (const name of names)
    if (typeof bodies[name] !== 'function')
      fatalMistake('MC107', `the routine '${name}' is no function`, `Write ${name}: () => [step(…), …].`)
  const calls = Object.fromEntries(names.map((name) => [name, () => call(name)])) as Calls<N, never>
  const code = named('MC105', 'there is no routine', calls)
  const k = { ...within, code }
  const call = (routine: N): Line<never, N> => {
    const source = here()
    if (callPath.includes(routine)) {
      mistake('MC104', `${[...callPath, routine].join(' > ')} is a recursion`, 'Calls are inlined: use a loop.', source)
      return { kind: 'call', routine, body: [], source }
    }
    callPath.push(routine)
    try {
      return { kind: 'call', routine, body: linesOf(bodies[routine](k)), source }
    } finally {
      callPath.pop()
    }
  }
  return code
}
