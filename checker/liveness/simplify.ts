/**
 * Makes an automaton smaller without changing what it accepts.
 */

import { type Automaton, componentsOf, hasAcceptingRun, type Transition } from './automaton.ts'

/** Repeats all reductions until none of them helps. */
export function simplify(automaton: Automaton): Automaton {
  let current = trim(automaton)
  for (;;) {
    const next = trim(mergeSimilar(dropAcceptanceSets(forgetIdleMarks(current))))
    if (sizeOf(next) >= sizeOf(current)) return current
    current = next
  }
}

function sizeOf(automaton: Automaton): number {
  const transitions = automaton.transitions.reduce((sum, ts) => sum + ts.length, 0)
  return automaton.transitions.length * 10_000 + transitions * 40 + bits(automaton.allMarks)
}

function bits(mask: number): number {
  let count = 0
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++
  return count
}

/** Leaves out states without an accepting run and states that cannot be reached. State 0 stays. */
function trim(automaton: Automaton): Automaton {
  const can = hasAcceptingRun(automaton, () => true)
  const live = automaton.transitions.map((ts) => ts.filter((t) => can[t.target] === true))
  const order = [0]
  for (const state of order) {
    for (const { target } of live[state] ?? []) if (!order.includes(target)) order.push(target)
  }
  const numbers = new Map(order.map((state, i) => [state, i]))
  return {
    allMarks: automaton.allMarks,
    transitions: order.map((state) =>
      tidy((live[state] ?? []).map((t) => ({ ...t, target: numbers.get(t.target) ?? 0 }))),
    ),
  }
}

/** Marks count only where a run can stay: they are cleared between components and in rejecting ones. */
function forgetIdleMarks(automaton: Automaton): Automaton {
  const component = componentsOf(automaton.transitions.map((ts) => ts.map((t) => t.target)))
  const marks = new Map<number, number>()
  for (const [state, ts] of automaton.transitions.entries()) {
    for (const t of ts) {
      const own = component[state] ?? -1
      if (component[t.target] === own) marks.set(own, (marks.get(own) ?? 0) | t.marks)
    }
  }
  const isIdle = (state: number, t: Transition): boolean =>
    component[t.target] !== component[state] || marks.get(component[state] ?? -1) !== automaton.allMarks
  return {
    ...automaton,
    transitions: automaton.transitions.map((ts, state) =>
      ts.map((t) => (automaton.allMarks !== 0 && isIdle(state, t) ? { ...t, marks: 0 } : t)),
    ),
  }
}

/** A set that holds wherever another one does is satisfied with it. */
function dropAcceptanceSets(automaton: Automaton): Automaton {
  const all = automaton.transitions.flat()
  let kept = automaton.allMarks
  for (let i = 1; i <= automaton.allMarks; i <<= 1) {
    for (let j = 1; j <= automaton.allMarks; j <<= 1) {
      if (i === j || (kept & i) === 0 || (kept & j) === 0) continue
      if (all.every((t) => (t.marks & j) === 0 || (t.marks & i) !== 0)) kept &= ~i
    }
  }
  if (kept === automaton.allMarks) return automaton
  const compact = (marks: number): number => {
    let result = 0
    let place = 1
    for (let i = 1; i <= automaton.allMarks; i <<= 1) {
      if ((kept & i) === 0) continue
      if ((marks & i) !== 0) result |= place
      place <<= 1
    }
    return result
  }
  return {
    allMarks: compact(kept),
    transitions: automaton.transitions.map((ts) => ts.map((t) => ({ ...t, marks: compact(t.marks) }))),
  }
}

/** Sorted, without repeats, without transitions that a more general one makes superfluous; complementary labels are joined. */
function tidy(ts: readonly Transition[]): readonly Transition[] {
  let list = [...ts]
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    const joined = joinOnce(list)
    if (joined !== null) {
      list = joined
      isChanged = true
    }
  }
  const isCovered = (t: Transition, by: Transition): boolean =>
    t.target === by.target && (by.on & ~t.on) === 0 && (by.off & ~t.off) === 0 && (t.marks & ~by.marks) === 0
  return list
    .filter((t, i) => !list.some((by, j) => i !== j && isCovered(t, by) && (!isCovered(by, t) || j < i)))
    .sort((a, b) => a.target - b.target || a.on - b.on || a.off - b.off || a.marks - b.marks)
}

/** `p & x` and `!p & x`, otherwise alike, are `x`. */
function joinOnce(list: readonly Transition[]): Transition[] | null {
  for (const [i, a] of list.entries()) {
    for (const [j, b] of list.entries()) {
      const bit = a.on & b.off
      if (i === j || a.target !== b.target || a.marks !== b.marks || bits(bit) !== 1) continue
      if ((a.on & ~bit) !== b.on || a.off !== (b.off & ~bit)) continue
      return [...list.filter((_, k) => k !== i && k !== j), { ...a, on: a.on & ~bit }]
    }
  }
  return null
}

/**
 * Direct simulation: `r` simulates `q` when it can match every transition of `q` with one that reads as much, carries as
 * many marks and leads to a state that simulates in turn. States that simulate each other become one; a transition to
 * a state is left out beside one that is at least as general to a state that simulates it.
 * Source: Somenzi and Bloem 2000, doi:10.1007/10722167_21.
 */
function mergeSimilar(automaton: Automaton): Automaton {
  const { transitions } = automaton
  const count = transitions.length
  const isSimulated = Array.from({ length: count }, () => new Array<boolean>(count).fill(true))
  const isMatched = (t: Transition, by: Transition): boolean =>
    (by.on & ~t.on) === 0 &&
    (by.off & ~t.off) === 0 &&
    (t.marks & ~by.marks) === 0 &&
    isSimulated[t.target]?.[by.target] === true
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (let q = 0; q < count; q++) {
      for (let r = 0; r < count; r++) {
        const row = isSimulated[q]
        if (row?.[r] !== true || q === r) continue
        if (transitions[q]?.every((t) => transitions[r]?.some((by) => isMatched(t, by)))) continue
        row[r] = false
        isChanged = true
      }
    }
  }
  const isBelow = (q: number, r: number): boolean => isSimulated[q]?.[r] === true
  const representative = transitions.map((_, q) => transitions.findIndex((_, r) => isBelow(q, r) && isBelow(r, q)))
  const isCovered = (t: Transition, by: Transition): boolean =>
    isMatched(t, by) && isBelow(t.target, by.target) && !isBelow(by.target, t.target)
  return {
    allMarks: automaton.allMarks,
    transitions: transitions.map((ts) =>
      tidy(
        ts
          .filter((t) => !ts.some((by) => isCovered(t, by)))
          .map((t) => ({ ...t, target: representative[t.target] ?? t.target })),
      ),
    ),
  }
}
