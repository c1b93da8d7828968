/**
 * Threads as they are lowered against threads as they are read: side by side from the start, every step of one is the
 * same step of the other, in the same order.
 */

import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Model } from '../../src/model/ir.ts'
import { initialStates, successors } from '../../src/model/step.ts'
import type { State } from '../../src/model/trace.ts'
import { Choices, draws } from '../support/choices.ts'
import { lawOf, lawTimeoutMs } from '../support/law.ts'
import { wantedOfThreads } from '../support/occurrences.ts'
import { randomThreads } from '../support/random-threads.ts'
import { type Machine, ThreadMachine } from '../support/thread-machine.ts'

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

/** Walks both from the start; throws at the first state from which they go on differently. */
function walkBoth(model: Model, machine: ThreadMachine): void {
  const pending = initialStates(model).map((state) => ({ state, twin: machine.start(dataOf(model, state)) }))
  const known = new Set<string>()
  for (let pair = pending.shift(); pair !== undefined && known.size < maxPairs; pair = pending.shift()) {
    const key = JSON.stringify([pair.state, keyOf(pair.twin)])
    if (known.has(key)) continue
    known.add(key)
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
      const { model, code, forms } = randomThreads(new Choices(list))
      walkBoth(model, new ThreadMachine(model, code))
      for (const form of forms) seen.add(form)
    })

    fc.assert(law, settings)

    expect(wantedOfThreads.filter((form) => !seen.has(form))).toEqual([])
  },
  lawTimeoutMs,
)
