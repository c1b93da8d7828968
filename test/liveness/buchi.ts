/**
 * The size that published tables count: states of a Büchi automaton that accepts on states. The checker never builds it;
 * it accepts on transitions, which needs fewer states.
 *
 * A state is one of ours with the number of acceptance sets met since the last round; completing the round is accepting.
 * Then states that simulate each other become one, and what cannot accept is left out.
 * Sources: Gastin and Oddoux 2001, doi:10.1007/3-540-44585-4_6 (jumping over several sets at once); Somenzi and
 * Bloem 2000, doi:10.1007/10722167_21 (simulation).
 */

import { type Automaton, componentsOf, type Transition } from '../../checker/liveness/automaton.ts'

interface Edge {
  readonly on: number
  readonly off: number
  readonly target: number
}

interface Buchi {
  readonly initial: number
  readonly isAccepting: readonly boolean[]
  readonly edges: readonly (readonly Edge[])[]
}

/** States of the smallest automaton found; the one state that an empty language needs counts. */
export function stateBasedSize(automaton: Automaton): number {
  const marks = [...Array(31).keys()].filter((bit) => (automaton.allMarks & (1 << bit)) !== 0)
  const sizes = orders(marks).map((order) => reduce(unroll(automaton, order)).edges.length)
  return Math.min(...sizes)
}

/** A few orders in which the acceptance sets may be waited for. */
function orders(marks: readonly number[]): readonly (readonly number[])[] {
  if (marks.length > 4) return [marks, [...marks].reverse()]
  if (marks.length <= 1) return [marks]
  return marks.flatMap((first) => orders(marks.filter((mark) => mark !== first)).map((rest) => [first, ...rest]))
}

/** Pairs of a state and a level: so many sets, in the given order, were met in this round. */
function unroll({ transitions, allMarks }: Automaton, order: readonly number[]): Buchi {
  const component = componentsOf(transitions.map((ts) => ts.map((t) => t.target)))
  const inside = new Map<number, number>()
  for (const [q, ts] of transitions.entries()) {
    for (const t of ts)
      if (component[t.target] === component[q])
        inside.set(component[q] ?? 0, (inside.get(component[q] ?? 0) ?? 0) | t.marks | (2 ** 31))
  }
  const canAccept = (q: number): boolean => {
    const marks = inside.get(component[q] ?? 0)
    return marks !== undefined && (marks & allMarks) === allMarks
  }
  const full = order.length
  const levelAfter = (level: number, q: number, t: Transition): number => {
    if (component[t.target] !== component[q] || !canAccept(q)) return canAccept(t.target) && full === 0 ? full : 0
    let next = level === full ? 0 : level
    while (next < full && (t.marks & (1 << (order[next] ?? 0))) !== 0) next++
    return next
  }
  const start = canAccept(0) && full === 0 ? full : 0
  const states: (readonly [number, number])[] = [[0, start]]
  const numbers = new Map([[`0 ${start}`, 0]])
  const edges: Edge[][] = []
  for (const [q, level] of states) {
    edges.push(
      (transitions[q] ?? []).map((t) => {
        const next: readonly [number, number] = [t.target, levelAfter(level, q, t)]
        const number = numbers.get(next.join(' ')) ?? states.push(next) - 1
        numbers.set(next.join(' '), number)
        return { on: t.on, off: t.off, target: number }
      }),
    )
  }
  return { initial: 0, isAccepting: states.map(([q, level]) => level === full && canAccept(q)), edges }
}

/** Alternates merging and trimming until nothing changes. States off all cycles count as accepting or not, as suits. */
function reduce(buchi: Buchi): Buchi {
  const count = (b: Buchi): number => b.edges.length * 1000 + b.edges.flat().length
  for (let current = trim(buchi); ; ) {
    const isOnCycle = onCycle(current)
    const [best] = [true, false]
      .map((choice) => current.isAccepting.map((is, q) => (isOnCycle[q] === true ? is : choice)))
      .map((isAccepting) => trim(merge({ ...current, isAccepting })))
      .sort((a, b) => count(a) - count(b))
    if (best === undefined || count(best) >= count(current)) return current
    current = best
  }
}

function onCycle({ edges }: Buchi): readonly boolean[] {
  const component = componentsOf(edges.map((es) => es.map((e) => e.target)))
  return edges.map((es, q) => es.some((e) => component[e.target] === component[q]))
}

/** Leaves out what cannot reach an accepting cycle or cannot be reached; acceptance counts only on cycles. */
function trim(buchi: Buchi): Buchi {
  const { initial, isAccepting, edges } = buchi
  const component = componentsOf(edges.map((es) => es.map((e) => e.target)))
  const isOnCycle = onCycle(buchi)
  const good = new Set(component.filter((_, q) => isAccepting[q] === true && isOnCycle[q] === true))
  const isLive = component.map((own) => good.has(own))
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [q, es] of edges.entries()) {
      if (isLive[q] === true || !es.some((e) => isLive[e.target] === true)) continue
      isLive[q] = true
      isChanged = true
    }
  }
  const order = [initial]
  for (const q of order)
    for (const { target } of edges[q] ?? []) if (isLive[target] === true && !order.includes(target)) order.push(target)
  return {
    initial: 0,
    isAccepting: order.map((q) => isAccepting[q] === true && isOnCycle[q] === true),
    edges: order.map((q) =>
      (edges[q] ?? []).flatMap((e) => (isLive[e.target] === true ? [{ ...e, target: order.indexOf(e.target) }] : [])),
    ),
  }
}

/** Direct simulation. */
function merge({ initial, isAccepting, edges }: Buchi): Buchi {
  const below = edges.map((_, q) => edges.map((_, r) => isAccepting[q] !== true || isAccepting[r] === true))
  const isMatched = (e: Edge, by: Edge): boolean =>
    (by.on & ~e.on) === 0 && (by.off & ~e.off) === 0 && below[e.target]?.[by.target] === true
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [q, row] of below.entries()) {
      for (const r of row.keys()) {
        if (row[r] !== true || (edges[q] ?? []).every((e) => (edges[r] ?? []).some((by) => isMatched(e, by)))) continue
        row[r] = false
        isChanged = true
      }
    }
  }
  const representative = edges.map((_, q) => below.findIndex((row, r) => row[q] === true && below[q]?.[r] === true))
  const isCovered = (e: Edge, by: Edge): boolean => isMatched(e, by) && !(isMatched(by, e) && by.target >= e.target)
  return {
    initial: representative[initial] ?? initial,
    isAccepting,
    edges: edges.map((es) =>
      es
        .filter((e) => !es.some((by) => by !== e && isCovered(e, by)))
        .map((e) => ({ ...e, target: representative[e.target] ?? e.target })),
    ),
  }
}
