/**
 * Random threads, built through the language: every form of sequential code and every kind of arrival.
 */

import * as E from 'fp-ts/Either'
import {
  type ArrayOf,
  type Arrival,
  all,
  arrival,
  at,
  atomic,
  branch,
  choose,
  type Definition,
  decide,
  type Expr,
  each,
  either,
  finished,
  forever,
  idle,
  inside,
  type Lines,
  leave,
  loop,
  measure,
  model,
  nesting,
  never,
  next,
  type RecordOf,
  range,
  record,
  repeat,
  routines,
  type SequenceOf,
  type SetOf,
  type Statements,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  stepwise,
  threads,
  until,
  type Var,
  when,
} from '../../src/language/index.ts'
import type { ThreadHandle } from '../../src/language/thread.ts'
import type { Expr as ExprIr, Model } from '../../src/model/ir.ts'
import { labelsOf } from '../../src/model/ways.ts'
import type { Choices } from './choices.ts'
import type { ThreadCode } from './thread-machine.ts'

/** What a model of threads was built from; a test asks that all of them occur. */
export type Form =
  | 'step'
  | 'idle'
  | 'until'
  | 'branch'
  | 'decide'
  | 'either'
  | 'loop'
  | 'repeat'
  | 'forever'
  | 'leave'
  | 'atomic'
  | 'call'
  | 'nested call'
  | 'locals'
  | 'arrival'
  | 'arrivals of two threads'
  | 'limit'
  | 'budget'
  | 'depth'
  | 'notAt'
  | 'runs'
  | 'within'
  | 'collections'

export interface RandomThreads {
  readonly model: Model
  readonly forms: ReadonlySet<Form>
  /** What each thread was built from. */
  readonly code: ReadonlyMap<string, ThreadCode>
  /** What a spec can ask of a thread. */
  readonly questions: ReadonlyMap<string, Questions>
}

export interface Questions {
  readonly at: ReadonlyMap<string, ExprIr>
  readonly inside: ReadonlyMap<string, ExprIr>
  readonly finished: ExprIr
  readonly nesting: ExprIr
}

interface Writer {
  readonly c: Choices
  readonly forms: Set<Form>
  /** Variables that lines read and write. */
  readonly numbers: readonly Var<number>[]
  /** Some of these too. */
  readonly collections: Collections | null
  readonly labels: { next: number }
  /** The routine that lines may call. */
  readonly call: (() => Lines) | null
  /** The same for all threads with this arrival; null for none. */
  readonly budgetOf: (arrival: string) => number | null
  /** What lines may leave. */
  readonly around: readonly ('loop' | 'routine')[]
}

interface Collections {
  readonly cells: Var<ArrayOf<number, number>>
  readonly pair: Var<RecordOf<{ readonly a: number; readonly b: number }>>
  readonly bag: Var<SetOf<number>>
  readonly queue: Var<SequenceOf<number>>
}

const collections = {
  cells: each(3, range(0, 2)).starts(0),
  pair: record({ a: range(0, 2), b: range(0, 2) }).starts({ a: 0, b: 1 }),
  bag: setOf(range(0, 2)).starts([]),
  queue: sequenceOf(range(0, 2), 2).starts([]),
}

function label(writer: Writer): string {
  return `l${writer.labels.next++}`
}

function randomEffect({ c, numbers, collections }: Writer): Statements {
  const x = c.pick(numbers)
  const y = c.pick(numbers)
  if (collections !== null && c.chance(50)) return collectiveEffect(c, collections, x, y)
  switch (c.below(5)) {
    case 0:
      return set(x, x.plus(1).mod(3))
    case 1:
      return set(x, y)
    case 2:
      return when(x.lt(2), set(x, x.plus(1)), set(y, 0))
    case 3:
      return choose('n', [0, 2], (n) => set(x, n))
    default:
      // Leaves its domain sooner or later.
      return c.chance(40) ? set(x, x.plus(1)) : set(x, 0)
  }
}

function collectiveEffect(
  c: Choices,
  { cells, pair, bag, queue }: Collections,
  x: Var<number>,
  y: Var<number>,
): Statements {
  switch (c.below(9)) {
    case 0:
      return set(cells.at(x), y)
    case 1:
      return set(x, cells.at(y))
    case 2:
      return set(cells, [x, y, c.below(3)])
    case 3:
      return set(pair, { a: pair.b, b: x })
    case 4:
      return [set(pair.a, y), set(x, pair.b)]
    case 5:
      return set(bag, c.chance(50) ? bag.with(x) : bag.without(x))
    case 6:
      return choose('of the bag', bag, (n) => [set(y, n), set(bag, bag.without(n))])
    case 7:
      // Full sooner or later.
      return c.chance(60) ? when(queue.length.lt(2), set(queue, queue.append(x))) : set(queue, queue.append(x))
    default:
      return when(queue.length.gt(0), [set(x, queue.head), set(queue, queue.rest)])
  }
}

function collectiveTest(c: Choices, { cells, pair, bag, queue }: Collections, x: Var<number>): Expr<boolean> {
  switch (c.below(4)) {
    case 0:
      return cells.at(x).is(c.below(3))
    case 1:
      return pair.a.is(pair.b)
    case 2:
      return bag.has(x)
    default:
      return queue.length.lt(c.between(1, 2))
  }
}

function randomTest({ c, numbers, collections }: Writer): Expr<boolean> {
  const x = c.pick(numbers)
  if (collections !== null && c.chance(40)) return collectiveTest(c, collections, x)
  return c.chance(50) ? x.lt(2) : x.is(c.below(3))
}

const shapes = [
  'step',
  'idle',
  'until',
  'branch',
  'decide',
  'either',
  'loop',
  'repeat',
  'atomic',
  'call',
  'forever',
  'leave',
] as const

function randomLine(writer: Writer, depth: number): Lines {
  const { c, forms } = writer
  const shape = depth === 0 ? c.pick(['step', 'until', 'idle'] as const) : c.pick(shapes)
  const body = (): Lines => randomLines(writer, depth - 1)
  const loopBody = (): Lines => randomLines({ ...writer, around: [...writer.around, 'loop'] }, depth - 1)
  forms.add(shape)
  switch (shape) {
    case 'step':
      return step(label(writer), randomEffect(writer))
    case 'idle':
      return idle(label(writer), randomEffect(writer))
    case 'until':
      return until(label(writer), randomTest(writer), randomEffect(writer))
    case 'branch':
      return branch(label(writer), randomTest(writer), body(), c.chance(50) ? body() : [])
    case 'decide':
      return decide(randomTest(writer), body(), c.chance(50) ? body() : [])
    case 'either':
      return either(...c.times(1, 3, body))
    case 'loop':
      return loop(label(writer), randomTest(writer), c.chance(80) ? loopBody() : [])
    case 'repeat':
      return repeat(loopBody(), label(writer), randomTest(writer))
    case 'atomic':
      return atomic(
        label(writer),
        'one instruction',
        step(label(writer), randomEffect(writer)),
        branch(label(writer), randomTest(writer), step(label(writer), randomEffect(writer))),
      )
    case 'call':
      return writer.call === null ? step(label(writer), randomEffect(writer)) : writer.call()
    case 'forever':
      return forever(loopBody())
    case 'leave':
      return writer.around.length === 0 ? step(label(writer), randomEffect(writer)) : leave(c.pick(writer.around))
  }
}

/** At least one line, so that loops make progress. */
function randomLines(writer: Writer, depth: number): Lines {
  return writer.c.times(1, 2, () => randomLine(writer, depth))
}

/** Some steps, by name or picked. */
function randomLabels(c: Choices): NonNullable<Arrival['notAt']> {
  if (c.chance(30)) return ['begin']
  const rest = c.below(3)
  return (label) => Number(label.slice(1)) % 3 === rest
}

function randomArrival(writer: Writer, name: string, isBounded: boolean): Arrival {
  const { c, forms } = writer
  forms.add('arrival')
  const hasLimit = !isBounded || c.chance(60)
  const budget = writer.budgetOf(name)
  const isBarred = c.chance(30)
  if (hasLimit) forms.add('limit')
  if (budget !== null) forms.add('budget')
  if (isBarred) forms.add('notAt')
  return arrival(name, {
    when: c.chance(70) ? true : randomTest(writer),
    does: c.chance(50) ? randomEffect(writer) : [],
    runs: c.chance(70) ? randomLines(writer, 1) : [],
    returns: step(`return of ${name}`, c.chance(30) ? randomEffect(writer) : []),
    ...(hasLimit ? { limit: c.between(1, 2) } : {}),
    ...(budget !== null ? { budget } : {}),
    ...(isBarred ? { notAt: randomLabels(c) } : {}),
  })
}

/** A call that stands in a routine. */
function nested(forms: Set<Form>, call: Lines): Lines {
  forms.add('nested call')
  return call
}

/** For every label and routine that the thread has. */
function questionsOf(handle: ThreadHandle): Questions {
  const { locations } = handle.thread
  const labels = new Set(locations.flatMap(labelsOf))
  const paths = new Set(locations.flatMap((one) => one.path))
  return {
    at: new Map([...labels].map((name) => [name, at(handle, name).ir])),
    inside: new Map([...paths].map((name) => [name, inside(handle, name).ir])),
    finished: finished(handle).ir,
    nesting: nesting(handle).ir,
  }
}

function defineThreads(
  c: Choices,
  forms: Set<Form>,
  built: Map<string, ThreadCode>,
  questions: Map<string, Questions>,
): Definition {
  const { x, y } = state({ x: range(0, 2).starts(0), y: range(0, 2).starts(c.below(3)) })
  const hasCollections = c.chance(40)
  if (hasCollections) forms.add('collections')
  const shared = hasCollections ? state(collections) : null
  const hasOwnCollections = c.chance(20)
  const labels = { next: 0 }
  const budgets = new Map<string, number | null>()
  const budgetOf = (name: string): number | null => {
    const known = budgets.get(name)
    if (known !== undefined) return known
    const budget = c.chance(40) ? c.between(1, 2) : null
    budgets.set(name, budget)
    return budget
  }
  const hasLocals = c.chance(50)
  const hasArrivals = c.chance(60)
  const hasDepth = c.chance(50)
  const hasRuns = c.chance(30)
  if (hasLocals) forms.add('locals')
  if (hasRuns) forms.add('runs')
  if (hasArrivals && hasDepth) forms.add('depth')
  const ids = c.chance(40) ? (['p', 'q'] as const) : (['p'] as const)
  if (hasArrivals && ids.length > 1) forms.add('arrivals of two threads')
  const writer = (local: { readonly n?: Var<number> } & Partial<Collections>, call: Writer['call']): Writer => {
    const { n, cells, pair, bag, queue } = local
    const own = cells && pair && bag && queue ? { cells, pair, bag, queue } : null
    const numbers = n === undefined ? [x, y] : [x, y, n]
    return { c, forms, numbers, collections: own ?? shared, labels, call, budgetOf, around: [] }
  }
  const locals = {
    ...(hasLocals ? { n: range(0, 2).starts(c.below(3)) } : {}),
    ...(hasOwnCollections ? collections : {}),
  }
  const runs = hasRuns ? x.lt(2) : true
  const depth = hasDepth && hasArrivals ? c.between(0, 2) : undefined
  const handles = threads(
    ids,
    {
      locals,
      ...(hasRuns ? { runs: () => runs } : {}),
      ...(depth === undefined ? {} : { depth }),
      ...(hasArrivals
        ? {
            arrivals: (id: string, local: Parameters<typeof writer>[0]) => {
              const arrivals = c.times(1, 2, (i) => randomArrival(writer(local, null), `irq${i}`, hasDepth))
              built.set(id, { lines: built.get(id)?.lines, arrivals, runs, depth })
              return arrivals
            },
          }
        : {}),
    },
    (id, local) => {
      const body = (depth: number, call: Writer['call']): Lines =>
        randomLines({ ...writer(local, call), around: ['routine'] }, depth)
      const code = routines({ work: (k) => body(2, () => nested(forms, k.code.part())), part: () => body(1, null) }, {})
      const lines = randomLines(writer(local, code.work), 2)
      const whole = [step('begin', set(x, c.below(3))), lines]
      built.set(id, { lines: whole, arrivals: [], runs, depth })
      return whole
    },
  )
  for (const [id, handle] of Object.entries(handles)) questions.set(id, questionsOf(handle))
  const hasWithin = c.chance(20)
  if (hasWithin) forms.add('within')
  return {
    threads: handles,
    ...(hasWithin ? { within: { 'y stays below 2': y.lt(2) } } : {}),
    properties: {
      'never both': never(x.plus(y).gt(3)),
      'x grows': stepwise(next(x).ge(x)),
      frames: measure(nesting(handles.p)),
      'at the start': never(all(at(handles.p, 'begin'), x.is(2))),
    },
  }
}

/** A valid model of one or two threads. */
export function randomThreads(c: Choices): RandomThreads {
  const forms = new Set<Form>()
  const code = new Map<string, ThreadCode>()
  const questions = new Map<string, Questions>()
  const built = model('threads', () => defineThreads(c, forms, code, questions)).build()
  if (E.isLeft(built)) throw new Error(built.left.map(({ code, message }) => `${code} ${message}`).join('\n'))
  return { model: built.right, forms, code, questions }
}
