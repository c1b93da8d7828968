/**
 * Lines of sequential code. One step is one interleaving point: between any two steps everybody else may run.
 */

import type { Expr as ExprIr, Source, Statement as StatementIr } from '../model/ir.ts'
import { problem, SpecError } from '../model/problem.ts'
import { here } from './blame.ts'
import { coerce } from './expression.ts'
import type { Predicate } from './formula.ts'
import { type Statements, statementsOf } from './statement.ts'

export interface Step {
  readonly kind: 'step'
  readonly label: string
  readonly guard: readonly ExprIr[]
  readonly effect: readonly StatementIr[]
  readonly isIdle: boolean
  readonly source: Source
}

export type Line =
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
      readonly kind: 'loop'
      readonly label: string
      readonly condition: ExprIr
      readonly body: readonly Line[]
      readonly source: Source
    }
  | {
      readonly kind: 'repeat'
      readonly label: string
      readonly condition: ExprIr
      readonly body: readonly Line[]
      readonly source: Source
    }
  | { readonly kind: 'forever'; readonly body: readonly Line[]; readonly source: Source }
  | { readonly kind: 'leave'; readonly source: Source }
  | { readonly kind: 'call'; readonly routine: string; readonly body: readonly Line[]; readonly source: Source }

/** Lines, nested as helper functions return them. */
export type Lines = Line | readonly Lines[] | false | undefined

export function linesOf(nested: Lines): readonly Line[] {
  if (nested === false || nested === undefined) return []
  if ('kind' in nested) return [nested]
  return nested.flatMap(linesOf)
}

/** One atomic transition. */
export function step(label: string, ...effect: readonly Statements[]): Line {
  return { kind: 'step', label, guard: [], effect: statementsOf(effect), isIdle: false, source: here() }
}

/** A step that no fairness obliges anybody to take: a process may stay here for ever. */
export function idle(label: string, ...effect: readonly Statements[]): Line {
  return { kind: 'step', label, guard: [], effect: statementsOf(effect), isIdle: true, source: here() }
}

/** Waits until the condition holds, and acts in the same transition. */
export function until(label: string, condition: Predicate, ...effect: readonly Statements[]): Line {
  return {
    kind: 'step',
    label,
    guard: [coerce(condition)],
    effect: statementsOf(effect),
    isIdle: false,
    source: here(),
  }
}

/** Evaluating the test is a step of its own. */
export function branch(label: string, condition: Predicate, then: Lines, otherwise: Lines = []): Line {
  return {
    kind: 'branch',
    label,
    condition: coerce(condition),
    then: linesOf(then),
    otherwise: linesOf(otherwise),
    source: here(),
  }
}

/** Goes one of several ways; the choice is made by the first step of an alternative. */
export function either(...alternatives: readonly Lines[]): Line {
  return { kind: 'either', alternatives: alternatives.map(linesOf), source: here() }
}

/** While the condition holds; the test is a step of its own. */
export function loop(label: string, condition: Predicate, body: Lines): Line {
  return { kind: 'loop', label, condition: coerce(condition), body: linesOf(body), source: here() }
}

/** Once, and again while the condition holds; the test, after the body, is a step of its own. */
export function repeat(body: Lines, label: string, condition: Predicate): Line {
  return { kind: 'repeat', label, condition: coerce(condition), body: linesOf(body), source: here() }
}

export function forever(...body: readonly Lines[]): Line {
  return { kind: 'forever', body: linesOf(body), source: here() }
}

/** Goes on after the innermost loop around it; no step of its own. Throws MC107 outside a loop of the same routine. */
export function leave(): Line {
  return { kind: 'leave', source: here() }
}

/**
 * Steps, branches and calls as one transition, with the reason why nothing may come between.
 * Throws MC107 for a wait, a loop or a choice of ways inside.
 */
export function atomic(label: string, reason: string, ...lines: readonly Lines[]): Line {
  const source = here()
  if (reason.trim() === '') {
    throw new SpecError(
      problem('MC107', `atomic '${label}' gives no reason`, 'Say why nothing may come between.', source),
    )
  }
  return { kind: 'step', label, guard: [], effect: fuse(linesOf(lines), label), isIdle: false, source }
}

function fuse(lines: readonly Line[], label: string): readonly StatementIr[] {
  return lines.flatMap((line): readonly StatementIr[] => {
    if (line.kind === 'step' && line.guard.length === 0) return line.effect
    if (line.kind === 'call') return fuse(line.body, label)
    if (line.kind === 'branch') {
      const { condition, source } = line
      return [{ kind: 'when', condition, then: fuse(line.then, label), otherwise: fuse(line.otherwise, label), source }]
    }
    const what = line.kind === 'step' ? 'a wait' : `\`${line.kind}\``
    throw new SpecError(
      problem(
        'MC107',
        `${what} stands inside atomic '${label}'`,
        'Only steps, branches and calls can be fused.',
        line.source,
      ),
    )
  })
}

/** Routines by name, as calls: `code.name()` is a line. */
export type Calls<N extends string> = { readonly [K in N]: () => Line }

export type Routine<K> = (k: K) => Lines

const callPath: string[] = []

/**
 * Binds routines to what they work on. Calls are late bound: a design that replaces a routine replaces it for all its
 * callers. Bodies are inlined when the model is built; throws MC104 if a routine calls itself.
 */
export function routines<H extends object, N extends string>(
  design: { readonly [K in N]: Routine<H & { readonly code: Calls<NoInfer<N>> }> },
  within: H,
): Calls<N> {
  const names = Object.keys(design) as N[]
  const code = Object.fromEntries(names.map((name) => [name, () => call(name)])) as Calls<N>
  const k = { ...within, code }
  const call = (routine: N): Line => {
    const source = here()
    if (callPath.includes(routine)) {
      throw new SpecError(
        problem(
          'MC104',
          `${[...callPath, routine].join(' > ')} is a recursion`,
          'Calls are inlined: use a loop.',
          source,
        ),
      )
    }
    callPath.push(routine)
    try {
      return { kind: 'call', routine, body: linesOf(design[routine](k)), source }
    } finally {
      callPath.pop()
    }
  }
  return code
}
