/**
 * A generalised Büchi automaton that reads one letter for each position of a behaviour and accepts on transitions: a run
 * is accepting when it takes transitions of every acceptance set infinitely often.
 */

export interface Transition {
  /** Bits that must be set, and bits that must not be. */
  readonly on: number
  readonly off: number
  readonly target: number
  /** Acceptance sets that it belongs to, as bits. */
  readonly marks: number
}

export interface Automaton {
  /** By state; state 0 is the initial one. */
  readonly transitions: readonly (readonly Transition[])[]
  /** All acceptance sets, as bits; 0 when every infinite run is accepting. */
  readonly allMarks: number
}

export function reads({ on, off }: Transition, letter: number): boolean {
  return (letter & on) === on && (letter & off) === 0
}

/** True when state 0 can read anything and stay, without ever accepting there, and is never entered from elsewhere. */
export function canWait(automaton: Automaton): boolean {
  const isStay = (t: Transition): boolean => t.target === 0 && t.on === 0 && t.off === 0
  const stays = automaton.transitions[0]?.filter((t) => t.target === 0) ?? []
  const marks = stays.reduce((sum, t) => sum | t.marks, 0)
  return (
    stays.some(isStay) &&
    automaton.allMarks !== 0 &&
    marks !== automaton.allMarks &&
    automaton.transitions.slice(1).every((ts) => ts.every((t) => t.target !== 0))
  )
}

/**
 * Strongly connected components of a small graph given by successor lists: a component number for each state.
 * Source: Tarjan 1972, doi:10.1137/0201010.
 */
export function componentsOf(successors: readonly (readonly number[])[]): readonly number[] {
  const count = successors.length
  const number = new Array<number>(count).fill(-1)
  const low = new Array<number>(count).fill(0)
  const component = new Array<number>(count).fill(-1)
  const stack: number[] = []
  let visited = 0
  let found = 0
  const visit = (state: number): void => {
    number[state] = low[state] = visited++
    stack.push(state)
    for (const target of successors[state] ?? []) {
      if (number[target] === -1) visit(target)
      if (component[target] === -1) low[state] = Math.min(low[state] ?? 0, low[target] ?? 0)
    }
    if (low[state] !== number[state]) return
    for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
      component[member] = found
      if (member === state) break
    }
    found++
  }
  for (let state = 0; state < count; state++) if (number[state] === -1) visit(state)
  return component
}

/** For each state: can an accepting run begin here, using only transitions that pass the test? */
export function hasAcceptingRun(automaton: Automaton, isUsable: (t: Transition) => boolean): readonly boolean[] {
  const usable = automaton.transitions.map((ts) => ts.filter(isUsable))
  const successors = usable.map((ts) => ts.map((t) => t.target))
  const component = componentsOf(successors)
  const marks = new Map<number, number>()
  for (const [state, ts] of usable.entries()) {
    for (const t of ts) {
      const own = component[state] ?? -1
      if (component[t.target] === own) marks.set(own, (marks.get(own) ?? 0) | t.marks)
    }
  }
  const can = component.map((own) => marks.get(own) === automaton.allMarks)
  for (let isChanged = true; isChanged; ) {
    isChanged = false
    for (const [state, targets] of successors.entries()) {
      if (can[state] === true || !targets.some((target) => can[target] === true)) continue
      can[state] = true
      isChanged = true
    }
  }
  return can
}
