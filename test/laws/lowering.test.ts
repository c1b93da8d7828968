/**
 * Threads as they are lowered against threads as they are read: side by side from the start, every step of one is the
 * same step of the other, in the same order, and both say the same of where each thread is.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { environmentOf, evaluate } from '../../src/model/evaluate.ts'
import type { Expr, Model, Value } from '../../src/model/ir.ts'
import { initialStates, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { wantedOfThreads } from '../support/occurrences.ts'
import { type Questions, type RandomThreads, randomThreads } from '../support/random-threads.ts'
import { type Machine, type Position, ThreadMachine } from '../support/thread-machine.ts'

const settings = lawOf(20_260_728, 130)
const maxPairs = 150

interface Seen {
  readonly thread: unknown
  readonly label: string
  /** Null after a model error. */
  readonly data: State | null
}

function dataOf({ variables }: Model, state: State): State {
  return Object.fromEntries(
    variables.flatMap(({ name, role }) => (role === 'data' ? [[name, state[name] ?? false]] : [])),
  )
}

/** What the questions of a spec are answered in a state. */
function answersTo({ at, inside, finished, nesting }: Questions, model: Model, state: State): Position {
  const answer = (e: Expr): Value => evaluate(e, environmentOf(model, state))
  const named = (asked: ReadonlyMap<string, Expr>): readonly string[] =>
    [...asked].flatMap(([name, e]) => (answer(e) === true ? [name] : [])).sort()
  return {
    at: named(at),
    inside: named(inside),
    finished: answer(finished) === true,
    nesting: Number(answer(nesting)),
  }
}

/** Walks both from the start; throws at the first state where they differ, or from which they go on differently. */
function walkBoth({ model, questions }: RandomThreads, machine: ThreadMachine): void {
  const pending = initialStates(model).map((state) => ({ state, twin: machine.start(dataOf(model, state)) }))
  const known = new Set<string>()
  for (let pair = pending.shift(); pair !== undefined && known.size < maxPairs; pair = pending.shift()) {
    const key = JSON.stringify([pair.state, keyOf(pair.twin)])
    if (known.has(key)) continue
    known.add(key)
    for (const [id, asked] of questions) {
      const position = machine.position(pair.twin, id)
      if (position !== null) expect(answersTo(asked, model, pair.state)).toEqual(position)
    }
    const lowered = successors(model, pair.state)
    const read = machine.outcomes(pair.twin)
    const left = lowered.map((one): Seen => {
      const instance = model.instances[one.instance]
      const data = 'error' in one ? null : dataOf(model, one.state)
      return { thread: instance?.binding['thread'], label: instance?.label ?? '', data }
    })
    const right = read.map(
      ({ thread, label, machine: to }): Seen => ({ thread, label, data: to === null ? null : dataOf(model, to.data) }),
    )
    expect(left).toEqual(right)
    for (const [i, one] of lowered.entries()) {
      const twin = read[i]?.machine
      if ('state' in one && twin) pending.push({ state: one.state, twin })
    }
  }
}

/** Lines are told apart by where they stand. */
function keyOf({ data, frames, arrived }: Machine): string {
  return JSON.stringify([data, arrived, Object.values(frames)])
}

it(
  `goes the steps that the lines say (seed ${settings.seed})`,
  () => {
    const seen = new Set<string>()
    const law = fc.property(draws, (list) => {
      const threads = randomThreads(new Choices(list))
      walkBoth(threads, new ThreadMachine(threads.model, threads.code))
      for (const form of threads.forms) seen.add(form)
    })

    fc.assert(law, settings)

    expect(wantedOfThreads.filter((form) => !seen.has(form))).toEqual([])
  },
  lawTimeoutMs,
)
