/**
 * Threads by interpretation of their lines: no locations, no program counters, only what is left to run. It shares the
 * reference evaluator with the model that the lines are lowered to, and nothing of the lowering.
 */

import { coerce } from '../../src/language/expression.ts'
import type { Arrival, Lines, Predicate } from '../../src/language/index.ts'
import { picks } from '../../src/language/labels.ts'
import { type Line, linesOf, type Step } from '../../src/language/line.ts'
import { statementsOf } from '../../src/language/statement.ts'
import { environmentOf, evaluate } from '../../src/model/evaluate.ts'
import type { Expr, Instance, Model } from '../../src/model/ir.ts'
import { type Outcome, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'

/** What a thread was built from. */
export interface ThreadCode {
  readonly lines: Lines
  readonly arrivals: readonly Arrival[]
  readonly runs: Predicate
  readonly depth: number | undefined
}

/** What is left to run, first item first. `again` and `return` mark where a loop's or a routine's body ends. */
type Item =
  | Line
  | { readonly kind: 'again'; readonly line: Extract<Line, { kind: 'loop' | 'repeat' | 'forever' }> }
  | { readonly kind: 'return'; readonly routine: string }
  | { readonly kind: 'last'; readonly step: Step }
type Rest = readonly Item[]

interface Frame {
  readonly rest: Rest
  readonly via: string
  /** Values of the thread's locals while the frame is suspended. */
  readonly saved: State
}

/** A state of the whole model: its data, and each thread's frames with the running one last. */
export interface Machine {
  readonly data: State
  readonly frames: { readonly [thread: string]: readonly Frame[] }
  /** Of those with a budget, which is for all threads together. */
  readonly arrived: { readonly [arrival: string]: number }
}

/** A way to go on: what is asked and done, and what is left then; null when the frame ends. */
interface Move {
  readonly label: string
  /** What chooses this way, where a `decide` stands before it; asked again with the rest. */
  readonly decided: readonly Expr[]
  readonly guard: readonly Expr[]
  readonly effect: Instance['effect']
  readonly rest: Rest | null
}

/** No step is left. */
interface End {
  readonly label: null
  readonly decided: readonly Expr[]
}

/** Where a thread is. */
export interface Position {
  readonly at: readonly string[]
  readonly inside: readonly string[]
  readonly finished: boolean
  readonly nesting: number
}

export interface MachineOutcome {
  readonly thread: string
  readonly label: string
  /** Null after a model error. */
  readonly machine: Machine | null
}

const not = (e: Expr): Expr => ({ kind: 'not', e })

function after(rest: Rest, kind: 'again' | 'return'): Rest {
  return rest.slice(rest.findIndex((item) => item.kind === kind) + 1)
}

/** The first steps of what is left. A line met again before any step is a loop in which nothing happens. */
function waysOf(rest: Rest, seen: readonly Item[] = []): readonly (Move | End)[] {
  const [item, ...tail] = rest
  if (item === undefined) return [{ label: null, decided: [] }]
  if (seen.includes(item)) return []
  const into = (body: Rest, ...then: Rest): readonly (Move | End)[] =>
    waysOf([...body, ...then, ...tail], [...seen, item])
  const test = (line: { label: string; condition: Expr }, yes: Rest, no: Rest): readonly Move[] => [
    { label: line.label, decided: [], guard: [line.condition], effect: [], rest: yes },
    { label: line.label, decided: [], guard: [not(line.condition)], effect: [], rest: no },
  ]
  switch (item.kind) {
    case 'step':
      return [{ ...item, decided: [], rest: tail }]
    case 'last':
      return [{ ...item.step, decided: [], rest: null }]
    case 'call':
      return into(item.body, { kind: 'return', routine: item.routine })
    case 'return':
      return waysOf(tail, seen)
    case 'branch':
      return test(item, [...item.then, ...tail], [...item.otherwise, ...tail])
    case 'decide': {
      const decided = (e: Expr, body: Rest) => into(body).map((way) => ({ ...way, decided: [e, ...way.decided] }))
      return [...decided(item.condition, item.then), ...decided(not(item.condition), item.otherwise)]
    }
    case 'either':
      return item.alternatives.flatMap((body) => into(body))
    case 'loop':
      return test(item, [...item.body, { kind: 'again', line: item }, ...tail], tail)
    case 'repeat':
    case 'forever':
      return into(item.body, { kind: 'again', line: item })
    case 'again':
      return item.line.kind === 'repeat'
        ? test(item.line, [item.line, ...tail], tail)
        : waysOf([item.line, ...tail], seen)
    case 'leave':
      return waysOf(after(rest, item.what === 'loop' ? 'again' : 'return'), seen)
  }
}

/** The routines that are open before the next step, or before it is chosen. */
function routinesOf(rest: Rest): readonly string[] {
  const [item, ...tail] = rest
  switch (item?.kind) {
    case 'call':
      return routinesOf([...item.body, { kind: 'return', routine: item.routine }, ...tail])
    case 'return':
      return routinesOf(tail)
    case 'repeat':
    case 'forever':
      return routinesOf([...item.body, { kind: 'again', line: item }, ...tail])
    case 'leave':
      return routinesOf(after(rest, item.what === 'loop' ? 'again' : 'return'))
    case 'again':
      if (item.line.kind === 'forever') return routinesOf([item.line, ...tail])
      break
    case 'either':
      if (item.alternatives.length === 1) return routinesOf([...(item.alternatives[0] ?? []), ...tail])
  }
  return rest.flatMap((one) => (one.kind === 'return' ? [one.routine] : []))
}

export class ThreadMachine {
  readonly #model: Model
  readonly #code: ReadonlyMap<string, ThreadCode>

  constructor(model: Model, code: ReadonlyMap<string, ThreadCode>) {
    this.#model = { ...model, assumptions: model.assumptions.filter((a) => a.kind === 'within') }
    this.#code = code
  }

  start(data: State): Machine {
    const frames = [...this.#code].map(([id, { lines }]) => [id, [{ rest: linesOf(lines), via: 'thread', saved: {} }]])
    return { data, frames: Object.fromEntries(frames), arrived: {} }
  }

  outcomes(machine: Machine): readonly MachineOutcome[] {
    return [...this.#code].flatMap(([id, code]) => [
      ...this.#steps(machine, id, code),
      ...code.arrivals.flatMap((one) => this.#arrivals(machine, id, code, one)),
    ])
  }

  /** Null for one that goes round for ever without a step. */
  position({ data, frames: all }: Machine, id: string): Position | null {
    const frames = all[id] ?? []
    const rest = frames.at(-1)?.rest ?? []
    const ways = waysOf(rest)
    if (ways.length === 0) return null
    const next = ways.filter(({ decided }) => this.#holds(data, decided))
    return {
      at: [...new Set(next.flatMap(({ label }) => label ?? []))].sort(),
      inside: [...new Set(routinesOf(rest))].sort(),
      finished: next.some(({ label }) => label === null),
      nesting: frames.length - 1,
    }
  }

  #steps(machine: Machine, id: string, { runs }: ThreadCode): readonly MachineOutcome[] {
    const frames = machine.frames[id] ?? []
    const running = frames.at(-1)
    return waysOf(running?.rest ?? []).flatMap((way) => {
      if (way.label === null) return []
      const { rest, label, effect } = way
      const guard = [...way.decided, ...way.guard]
      const next =
        rest === null ? frames.slice(0, -1) : [...frames.slice(0, -1), { rest, via: running?.via ?? '', saved: {} }]
      return this.#run(machine.data, [coerce(runs), ...guard], effect).map((ended) => {
        if ('error' in ended) return { thread: id, label, machine: null }
        const data = rest === null ? { ...ended.state, ...next.at(-1)?.saved } : ended.state
        return { thread: id, label, machine: { ...machine, data, frames: { ...machine.frames, [id]: next } } }
      })
    })
  }

  #arrivals(machine: Machine, id: string, code: ThreadCode, one: Arrival): readonly MachineOutcome[] {
    const frames = machine.frames[id] ?? []
    const running = frames.at(-1)
    if (running === undefined) return []
    const ways = waysOf(running.rest).filter(({ decided }) => this.#holds(machine.data, decided))
    const hasEnded = ways.length > 0 && ways.every(({ label }) => label === null)
    const isBarred = picks(one.notAt ?? [])
    const arrived = machine.arrived[one.name] ?? 0
    const isHeld =
      frames.filter((frame) => frame.via === one.name).length >= (one.limit ?? Number.POSITIVE_INFINITY) ||
      frames.length - 1 >= (code.depth ?? Number.POSITIVE_INFINITY) ||
      arrived >= (one.budget ?? Number.POSITIVE_INFINITY)
    if (isHeld || hasEnded || ways.some(({ label }) => label !== null && isBarred(label))) return []
    if (one.returns.kind !== 'step') throw new Error('an arrival returns by a step')
    const saved = Object.fromEntries(Object.entries(machine.data).filter(([name]) => name.startsWith(`${id}.`)))
    const fresh = this.#model.variables.flatMap((v) => (v.name in saved ? [[v.name, v.initial] as const] : []))
    const rest: Rest = [...linesOf(one.runs), { kind: 'last', step: one.returns }]
    const next = [...frames.slice(0, -1), { ...running, saved }, { rest, via: one.name, saved: {} }]
    if (this.#run(machine.data, [coerce(code.runs), coerce(one.when)], []).length === 0) return []
    const inHandler = { ...machine.data, ...Object.fromEntries(fresh) }
    return this.#run(inHandler, [], statementsOf(one.does ?? [])).map((ended) => {
      if ('error' in ended) return { thread: id, label: one.name, machine: null }
      const counts = one.budget === undefined ? machine.arrived : { ...machine.arrived, [one.name]: arrived + 1 }
      return {
        thread: id,
        label: one.name,
        machine: { data: ended.state, frames: { ...machine.frames, [id]: next }, arrived: counts },
      }
    })
  }

  #holds(data: State, conditions: readonly Expr[]): boolean {
    return conditions.every((e) => evaluate(e, environmentOf(this.#model, data)) === true)
  }

  #run(data: State, guard: readonly Expr[], effect: Instance['effect']): readonly Outcome[] {
    const conjuncts = guard.map((e) => ({ name: null, e, assumption: null }))
    const only = {
      binding: {},
      lane: null,
      kind: 'action',
      thread: null,
      path: [],
      label: '',
      source: this.#model.source,
    } as const
    return successors({ ...this.#model, instances: [{ ...only, action: 0, guard: conjuncts, effect }] }, data)
  }
}
