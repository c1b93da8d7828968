/**
 * Decides temporal formulas and fairness on one lasso, straight from their definitions. A trace that ends where its
 * loop begins (loop of no steps) is a run that stops: its last state repeats for ever.
 */

import { environmentOf, evaluate } from './evaluate.ts'
import type { FairnessGroup, Ltl, Model } from './ir.ts'
import type { Parts } from './parts.ts'
import { successors } from './step.ts'
import type { State, Trace } from './trace.ts'
import { equalValues } from './values.ts'

/** Positions 0 … length-1, each with the step that leaves it; the last goes on to `loop`. */
export interface Word {
  readonly states: readonly State[]
  /** Instance that leaves the position and changes the state; null when nothing changes. */
  readonly taken: readonly (number | null)[]
  readonly loop: number
}

export function wordOf(trace: Trace): Word {
  const loop = trace.loop ?? trace.steps.length - 1
  const isStop = loop === trace.steps.length - 1
  const states = trace.steps.map((step) => step.state)
  const taken = trace.steps.slice(1).map((step, i) => {
    const before = states[i]
    return before !== undefined && equalValues(before, step.state) ? null : step.instance
  })
  if (isStop) return { states, taken: [...taken, null], loop }
  return { states: states.slice(0, -1), taken, loop }
}

/** Requires a trace that is a run of the model with its loop closed. */
export function* decideLasso(
  model: Model,
  trace: Trace,
  formula: Ltl,
  groups: readonly FairnessGroup[],
): Parts<{ readonly holds: boolean; readonly unfair: string | null }> {
  const word = wordOf(trace)
  const holds = truth(model, formula, word)[0] === true
  for (const group of groups) if (!(yield* isFair(model, group, word))) return { holds, unfair: group.name }
  return { holds, unfair: null }
}

/** What `leadsTo` claims of every moment: where the left part holds, the right part does then or later. */
export function answered({ left, right }: { readonly left: Ltl; readonly right: Ltl }): Ltl {
  return { kind: 'implies', left, right: { kind: 'eventually', f: right } }
}

/** Some instance of the group is enabled here and would change the state. */
function isEnabled(model: Model, group: FairnessGroup, state: State): boolean {
  return successors(model, state).some(
    (one) => group.instances.includes(one.instance) && 'state' in one && !equalValues(one.state, state),
  )
}

function* isFair(model: Model, group: FairnessGroup, word: Word): Parts<boolean> {
  const loop = word.states.slice(word.loop)
  const isTaken = word.taken
    .slice(word.loop)
    .some((instance) => instance !== null && group.instances.includes(instance))
  if (isTaken) return true
  const enabled: boolean[] = []
  for (const state of loop) {
    yield
    enabled.push(isEnabled(model, group, state))
  }
  return group.strength === 'weak' ? enabled.includes(false) : !enabled.includes(true)
}

/** Truth of a formula at every position. */
export function truth(model: Model, f: Ltl, word: Word): readonly boolean[] {
  const of = (g: Ltl): readonly boolean[] => truth(model, g, word)
  const count = word.states.length
  const positions = Array.from({ length: count }, (_, i) => i)
  switch (f.kind) {
    case 'predicate':
      return word.states.map((state) => evaluate(f.e, environmentOf(model, state)) === true)
    case 'taken':
      return word.taken.map((instance) => instance !== null && f.instances.includes(instance))
    case 'not':
      return of(f.f).map((value) => !value)
    case 'and': {
      const parts = f.fs.map(of)
      return positions.map((i) => parts.every((part) => part[i] === true))
    }
    case 'or': {
      const parts = f.fs.map(of)
      return positions.map((i) => parts.some((part) => part[i] === true))
    }
    case 'implies':
      return of({ kind: 'or', fs: [{ kind: 'not', f: f.left }, f.right] })
    case 'next': {
      const inner = of(f.f)
      return positions.map((i) => inner[i + 1 < count ? i + 1 : word.loop] === true)
    }
    case 'eventually':
      return fixpoint(
        word,
        positions.map(() => true),
        of(f.f),
        false,
      )
    case 'always':
      return fixpoint(
        word,
        of(f.f),
        positions.map(() => false),
        true,
      )
    case 'until':
      return fixpoint(word, of(f.left), of(f.right), false)
    case 'weakUntil':
      return fixpoint(word, of(f.left), of(f.right), true)
    case 'release': {
      const left = of(f.left)
      const right = of(f.right)
      return fixpoint(
        word,
        right,
        positions.map((i) => left[i] === true && right[i] === true),
        true,
      )
    }
    case 'leadsTo':
      return of({ kind: 'always', f: answered(f) })
  }
}

/** Least (`start` false) or greatest solution of x = right or (left and next x). */
function fixpoint(word: Word, left: readonly boolean[], right: readonly boolean[], start: boolean): readonly boolean[] {
  const count = word.states.length
  const x = Array.from({ length: count }, () => start)
  for (let round = 0; round < 2; round++) {
    for (let i = count - 1; i >= 0; i--) {
      x[i] = right[i] === true || (left[i] === true && x[i + 1 < count ? i + 1 : word.loop] === true)
    }
  }
  return x
}
