/**
 * A second decision procedure for fair behaviours, which shares nothing with the checker: a tableau whose atoms are truth
 * assignments to the temporal subformulas, and nested fixpoints instead of components.
 *
 * A position is a state together with the step that leaves it: one of its transitions, or the stutter of a run that has
 * stopped there. Atoms are positions with an assignment; fairness and promises are conditions on atoms; a set of atoms
 * shrinks until every atom left can reach, within the set, what each condition wants.
 *
 * Sources: tableau of Clarke, Grumberg and Hamaguchi 1997, doi:10.1023/A:1008615614281; fixpoints of Kesten, Pnueli and
 * Raviv 1998, doi:10.1007/BFb0055036.
 */

import type { FairnessGroup, Ltl } from '../../src/model/ir.ts'
import { type Graph, isTrueIn } from './graph.ts'

interface Position {
  readonly state: number
  readonly to: number
  /** Instance of the step when it changes the state. */
  readonly taken: number | null
  readonly hasStopped: boolean
}

type Binary = { readonly kind: 'until' | 'release'; readonly left: Core; readonly right: Core }
/** The operators that are left when the others are written out. */
type Core =
  | { readonly kind: 'true' }
  | { readonly kind: 'atom'; readonly holds: (position: Position) => boolean }
  | { readonly kind: 'not'; readonly f: Core }
  | { readonly kind: 'and'; readonly left: Core; readonly right: Core }
  | { readonly kind: 'next'; readonly f: Core }
  | Binary

/** Does every fair behaviour of the graph satisfy the formula? */
export function holdsOnFairBehaviours(graph: Graph, formula: Ltl, fairness: readonly FairnessGroup[]): boolean {
  const positions = positionsOf(graph)
  const refuted: Core = { kind: 'not', f: coreOf(formula) }
  const table = tableauOf(refuted, positions)
  const isRefuted = table.truthOf(refuted)
  const conditions = [
    ...promisesOf(refuted).map(([whole, right]): Condition => {
      const [isPromised, isKept] = [table.truthOf(whole), table.truthOf(right)]
      return { premise: table.atoms.map(() => true), wanted: isKept.map((is, a) => is || isPromised[a] !== true) }
    }),
    ...fairness.map((group) =>
      conditionOf(
        graph,
        group,
        table.atoms.map(({ position }) => position),
      ),
    ),
  ]
  const kept = feasible(table.successors, conditions)
  const reachable = closure(
    table.successors,
    table.atoms.map(({ position }, a) => graph.initial.includes(position.state) && isRefuted[a] === true),
  )
  return !kept.some((is, a) => is && reachable[a] === true)
}

function positionsOf(graph: Graph): readonly Position[] {
  return Array.from({ length: graph.stateCount }, (_, state) => state).flatMap((state): readonly Position[] => {
    if (graph.outside.includes(state)) return []
    const steps = graph.moves.filter(({ from }) => from === state)
    return [
      ...steps.map(({ to, instance }) => ({ state, to, taken: to === state ? null : instance, hasStopped: false })),
      { state, to: state, taken: null, hasStopped: true },
    ]
  })
}

function coreOf(f: Ltl): Core {
  const not = (g: Core): Core => ({ kind: 'not', f: g })
  const and = (left: Core, right: Core): Core => ({ kind: 'and', left, right })
  const or = (left: Core, right: Core): Core => not(and(not(left), not(right)))
  const eventually = (g: Core): Core => ({ kind: 'until', left: { kind: 'true' }, right: g })
  const always = (g: Core): Core => not(eventually(not(g)))
  switch (f.kind) {
    case 'predicate':
      return { kind: 'atom', holds: ({ state }) => isTrueIn(f.e, state) }
    case 'taken':
      return { kind: 'atom', holds: ({ taken }) => taken !== null && f.instances.includes(taken) }
    case 'not':
      return not(coreOf(f.f))
    case 'and':
      return f.fs.map(coreOf).reduce(and, { kind: 'true' })
    case 'or':
      return f.fs.map(coreOf).reduce(or, not({ kind: 'true' }))
    case 'implies':
      return or(not(coreOf(f.left)), coreOf(f.right))
    case 'next':
      return { kind: 'next', f: coreOf(f.f) }
    case 'always':
      return always(coreOf(f.f))
    case 'eventually':
      return eventually(coreOf(f.f))
    case 'until':
    case 'release':
      return { kind: f.kind, left: coreOf(f.left), right: coreOf(f.right) }
    case 'weakUntil': {
      const left = coreOf(f.left)
      return or({ kind: 'until', left, right: coreOf(f.right) }, always(left))
    }
    case 'leadsTo':
      return always(or(not(coreOf(f.left)), eventually(coreOf(f.right))))
  }
}

function subformulas(f: Core): readonly Core[] {
  switch (f.kind) {
    case 'true':
    case 'atom':
      return [f]
    case 'not':
    case 'next':
      return [...subformulas(f.f), f]
    default:
      return [...subformulas(f.left), ...subformulas(f.right), f]
  }
}

/** Each `until` with its right side; a `release` is a negated promise of its own. */
function promisesOf(f: Core): readonly (readonly [Core, Core])[] {
  return subformulas(f).flatMap((g): readonly (readonly [Core, Core])[] =>
    g.kind === 'until'
      ? [[g, g.right]]
      : g.kind === 'release'
        ? [
            [
              { kind: 'not', f: g },
              { kind: 'not', f: g.right },
            ],
          ]
        : [],
  )
}

interface Atom {
  readonly position: Position
  /** Which of the guessed formulas hold at the next position, as bits. */
  readonly guess: number
}

interface Tableau {
  readonly atoms: readonly Atom[]
  readonly successors: readonly (readonly number[])[]
  /** Truth of a subformula at each atom. */
  truthOf(f: Core): readonly boolean[]
}

/** All pairs of a position and a guess; an atom is followed by those at whose position exactly the guessed formulas hold. */
function tableauOf(f: Core, positions: readonly Position[]): Tableau {
  const guessed = subformulas(f).flatMap((g): readonly Core[] =>
    g.kind === 'next' ? [g.f] : g.kind === 'until' || g.kind === 'release' ? [g] : [],
  )
  const atoms = positions.flatMap((position) =>
    Array.from({ length: 2 ** guessed.length }, (_, guess): Atom => ({ position, guess })),
  )
  const known = new Map<Core, readonly boolean[]>()
  const truthOf = (g: Core): readonly boolean[] => {
    const found = known.get(g) ?? compute(g)
    known.set(g, found)
    return found
  }
  const later = (g: Core): readonly boolean[] => atoms.map(({ guess }) => (guess & (1 << guessed.indexOf(g))) !== 0)
  const compute = (g: Core): readonly boolean[] => {
    switch (g.kind) {
      case 'true':
        return atoms.map(() => true)
      case 'atom':
        return atoms.map(({ position }) => g.holds(position))
      case 'not':
        return truthOf(g.f).map((is) => !is)
      case 'next':
        return later(g.f)
      default: {
        const [left, right, next] = [truthOf(g.left), truthOf(g.right), later(g)]
        if (g.kind === 'and') return left.map((is, a) => is && right[a] === true)
        if (g.kind === 'until') return right.map((is, a) => is || (left[a] === true && next[a] === true))
        return right.map((is, a) => is && (left[a] === true || next[a] === true))
      }
    }
  }
  const truths = guessed.map(truthOf)
  const valuation = atoms.map((_, a) => truths.reduce((sum, truth, i) => sum | (truth[a] === true ? 1 << i : 0), 0))
  const key = (state: number, value: number, isStopped: boolean): string => `${state} ${value} ${isStopped}`
  const entered = new Map<string, number[]>()
  for (const [a, { position }] of atoms.entries()) {
    const names = [key(position.state, valuation[a] ?? 0, position.hasStopped)]
    if (position.hasStopped) names.push(key(position.state, valuation[a] ?? 0, false))
    for (const name of names) {
      const those = entered.get(name)
      if (those === undefined) entered.set(name, [a])
      else those.push(a)
    }
  }
  const successors = atoms.map(
    ({ position: { to, hasStopped }, guess }) => entered.get(key(to, guess, hasStopped)) ?? [],
  )
  return { atoms, successors, truthOf }
}

interface Condition {
  /** Atoms that, met again and again, call for a wanted one again and again. */
  readonly premise: readonly boolean[]
  readonly wanted: readonly boolean[]
}

function conditionOf(graph: Graph, group: FairnessGroup, positions: readonly Position[]): Condition {
  const isEnabled = (state: number): boolean =>
    graph.moves.some(({ from, to, instance }) => from === state && to !== from && group.instances.includes(instance))
  const taken = positions.map(({ taken }) => taken !== null && group.instances.includes(taken))
  const enabled = positions.map(({ state }) => isEnabled(state))
  return group.strength === 'weak'
    ? { premise: positions.map(() => true), wanted: taken.map((is, a) => is || enabled[a] !== true) }
    : { premise: enabled, wanted: taken }
}

/** The largest set in which every atom has a successor and can reach what each condition that concerns it wants. */
function feasible(successors: readonly (readonly number[])[], conditions: readonly Condition[]): readonly boolean[] {
  let kept = successors.map(() => true)
  for (;;) {
    const before = kept.filter(Boolean).length
    for (const { premise, wanted } of conditions) {
      const arrives = reaching(
        successors,
        kept,
        kept.map((is, a) => is && wanted[a] === true),
      )
      kept = kept.map((is, a) => is && (premise[a] !== true || arrives[a] === true))
    }
    for (let isChanged = true; isChanged; ) {
      const stays = kept.map((is, a) => is && (successors[a] ?? []).some((b) => kept[b] === true))
      isChanged = stays.some((is, a) => is !== kept[a])
      kept = stays
    }
    if (kept.filter(Boolean).length === before) return kept
  }
}

/** Atoms of a set from which a goal is reached without leaving the set. */
function reaching(
  successors: readonly (readonly number[])[],
  inside: readonly boolean[],
  goals: readonly boolean[],
): readonly boolean[] {
  const reached = [...goals]
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (let a = successors.length - 1; a >= 0; a--) {
      if (reached[a] === true || inside[a] !== true) continue
      if (!(successors[a] ?? []).some((b) => reached[b] === true)) continue
      reached[a] = true
      isChanged = true
    }
  }
  return reached
}

function closure(successors: readonly (readonly number[])[], from: readonly boolean[]): readonly boolean[] {
  const reached = [...from]
  const open = from.flatMap((is, a) => (is ? [a] : []))
  for (let a = open.pop(); a !== undefined; a = open.pop()) {
    for (const b of successors[a] ?? []) {
      if (reached[b] === true) continue
      reached[b] = true
      open.push(b)
    }
  }
  return reached
}
