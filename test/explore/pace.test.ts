/**
 * The work after a search: what is told of it, when, and what an end asked for meanwhile leaves undecided.
 */

import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { judgeLiveness } from '../../checker/judge-liveness.ts'
import { createPace } from '../../checker/pace.ts'
import type { Progress } from '../../checker/result.ts'
import type { JudgeInput } from '../../checker/verdict.ts'
import { startProgress } from '../../src/cli/progress.ts'
import { bool, eventually, model, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'

const exploration = { depth: 7, distinct: 1234, generated: 5678, peakBytes: 9_000_000 } as Exploration

/** A pace by a clock that is set by hand. */
function paced(): {
  readonly told: Progress[]
  readonly clock: { now: number }
  readonly pace: ReturnType<typeof createPace>
} {
  const told: Progress[] = []
  const clock = { now: 0 }
  const hands = { elapsedMs: () => clock.now, breathe: async () => null }
  return { told, clock, pace: createPace(hands, exploration, (progress) => told.push(progress)) }
}

describe('the work after a search', () => {
  it('is told as soon as it begins, if the run has lasted, and then four times a second', async () => {
    const { told, clock, pace } = paced()
    await pace.begin('liveness', 'at once')
    clock.now = 1000
    await pace.begin('liveness', 'p')
    clock.now = 1100
    pace.tick()
    clock.now = 1300
    pace.tick()
    await pace.begin('trace', 'p')

    expect(told.map(({ phase, property, elapsedMs }) => [phase, property, elapsedMs])).toEqual([
      ['liveness', 'p', 1000],
      ['liveness', 'p', 1300],
      ['trace', 'p', 1300],
    ])
  })

  it('stays on the live line of a terminal', () => {
    const written: string[] = []
    const stream = { isTTY: true, columns: 60, write: (text: string) => written.push(text) }
    const line = startProgress(stream as unknown as NodeJS.WriteStream)
    const figures = {
      depth: 7,
      distinct: 1234,
      generated: 5678,
      frontier: 0,
      expanded: 1234,
      levels: [0, 1234],
      bytes: 9e6,
      elapsedMs: 3000,
    }
    line.begin('lock')
    line.update({ phase: 'liveness', property: 'gets in', ...figures })
    line.update({ phase: 'trace', property: 'gets in', ...figures })
    line.end()

    expect(written).toEqual([
      '\r\u001b[Klock: deciding gets in, 3 s; 1,234 distinct, 5,678 generate',
      '\r\u001b[Klock: retracing gets in, 3 s; 1,234 distinct, 5,678 generat',
      '\r\u001b[K',
    ])
  })

  it('leaves liveness undecided when an end is asked for', async () => {
    const lamp = buildModel(
      model('lamp', () => {
        const { lit } = state({ lit: bool.starts(false) })
        return { terminal: true, properties: { 'gets light': eventually(lit) } }
      }),
    )
    const [property] = lamp.properties
    const pace = { reason: 'interrupted', begin: async () => {}, tick: () => {} }
    const complete = { reason: null, totals: [0], compiled: { counters: { modelError: 0 } } }
    const input = { model: lamp, pace, exploration: complete, errorAtStart: null } as unknown as JudgeInput

    if (property?.kind !== 'liveness') throw new Error('the claim is about liveness')
    expect(await judgeLiveness(input, property)).toMatchObject({ verdict: 'inconclusive', asExpected: false })
  })
})
