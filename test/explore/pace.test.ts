/**
 * The work after a search: what is told of it, when, and what an end asked for meanwhile leaves undecided.
 */

import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../checker/explore/exploration.ts'
import { judge } from '../../checker/judge/judge.ts'
import { judgeLiveness } from '../../checker/judge/judge-liveness.ts'
import type { JudgeInput } from '../../checker/judge/verdict.ts'
import { createPace } from '../../checker/pace.ts'
import type { Progress } from '../../checker/result.ts'
import { startProgress } from '../../src/cli/progress.ts'
import { bool, eventually, model, refines, state } from '../../src/language/index.ts'
import type { ModelBuilder } from '../../src/language/model.ts'
import { type Parts, runShort } from '../../src/model/parts.ts'
import { buildModel } from '../support/build.ts'

const exploration = { depth: 7, distinct: 1234, generated: 5678, peakBytes: 9_000_000 } as Exploration

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

/** A pace by a clock that is set by hand, and what the event loop is to bring. */
function paced(): {
  readonly told: Progress[]
  readonly world: { now: number; asks: 'interrupted' | null }
  readonly pace: ReturnType<typeof createPace>
} {
  const told: Progress[] = []
  const world = { now: 0, asks: null as 'interrupted' | null }
  const clock = { elapsedMs: () => world.now, breathe: async () => world.asks }
  return { told, world, pace: createPace(clock, exploration, (progress) => told.push(progress)) }
}

describe('the work after a search', () => {
  it('is told as soon as it begins, if the run has lasted, and then four times a second', async () => {
    const { told, world, pace } = paced()
    const until = async (ms: number): Promise<void> => {
      const work = function* (): Parts<void> {
        for (; world.now < ms; world.now += 10) yield
      }
      await pace.through(work(), () => {})
    }
    pace.begin('liveness', 'at once')
    world.now = 1000
    pace.begin('liveness', 'p')
    await until(1310)
    pace.begin('trace', 'p')

    expect(told.map(({ phase, property }) => [phase, property])).toEqual([
      ['liveness', 'p'],
      ['liveness', 'p'],
      ['trace', 'p'],
    ])
    expect(told[1]?.elapsedMs).toBeGreaterThan(1250)
  })

  it('is left when there is no memory for it', async () => {
    const { pace } = paced()

    const left = await pace.through(runShort(), (reason) => reason)

    expect(left).toBe('memory limit')
    expect(pace.reason).toBe('memory limit')
  })

  it.each(['liveness', 'trace'] as const)('is left in the middle when an end is asked for: %s', async (phase) => {
    const { world, pace } = paced()
    let parts = 0
    const endless = function* (): Parts<string> {
      for (;;) {
        parts++
        world.now += 10
        if (world.now > 200) world.asks = 'interrupted'
        yield
      }
    }
    pace.begin(phase, 'p')

    expect(await pace.through(endless(), (reason) => `left: ${reason}`)).toBe('left: interrupted')
    expect(pace.reason).toBe('interrupted')
    // What shows a verdict is given half a second more.
    expect(parts * 10 > 700).toBe(phase === 'trace')
  })

  it('is done when a run that shows a verdict takes little longer', async () => {
    const { world, pace } = paced()
    world.asks = 'interrupted'
    const short = function* (): Parts<string> {
      world.now += 100
      yield
      return 'shown'
    }
    pace.begin('trace', 'p')

    expect([await pace.through(short(), () => 'left'), pace.reason]).toEqual(['shown', null])
  })

  it('stays on the live line of a terminal', () => {
    const written: string[] = []
    const stream = { isTTY: true, columns: 60, write: (text: string) => written.push(text) }
    const line = startProgress(stream as unknown as NodeJS.WriteStream).begin('lock')
    line.update({ phase: 'liveness', property: 'gets in', ...figures })
    line.update({ phase: 'trace', property: 'gets in', ...figures })
    line.end()

    expect(written).toEqual([
      '\r\u001b[Klock: deciding gets in, 3 s; 1,234 distinct, 5,678 generate',
      '\r\u001b[Klock: retracing gets in, 3 s; 1,234 distinct, 5,678 generat',
      '\r\u001b[K',
    ])
  })

  it('leaves a refinement undecided when an end is asked for before its initial states are judged', async () => {
    const lamp = (name: string): ModelBuilder =>
      model(name, () => {
        const { lit } = state({ lit: bool.starts(false) })
        return { terminal: true, properties: name === 'spare' ? { refined: refines(lamp('lamp'), { lit }) } : {} }
      })
    const { pace, world } = paced()
    world.asks = 'interrupted'
    const complete = {
      initial: 1,
      reason: null,
      totals: [0],
      firstRaised: [-1, -1],
      compiled: { counters: { modelError: 0, byProperty: 1 } },
    }
    const selected = { judged: [0], checks: [], hasDeadlock: false }
    const input = {
      model: buildModel(lamp('spare')),
      pace,
      selected,
      exploration: { ...complete, expander: {} },
      errorAtStart: null,
      startsByProperty: new Map(),
    }

    expect(await judge(input as unknown as JudgeInput)).toMatchObject([{ name: 'refined', verdict: 'inconclusive' }])
  })

  it('is that of the model that began first, where several are checked at once', () => {
    const written: string[] = []
    const stream = { isTTY: true, columns: 60, write: (text: string) => written.push(text) }
    const display = startProgress(stream as unknown as NodeJS.WriteStream)
    const [lock, ring] = [display.begin('lock'), display.begin('ring')]
    lock.show('runs', '1')
    lock.update({ phase: 'liveness', property: 'p', ...figures })
    ring.show('runs', '2')
    lock.end()
    ring.show('runs', '3')

    expect(written.map((text) => text.replace('\r\u001b[K', ''))).toEqual([
      'lock: 1',
      'lock (and 1 more): deciding p, 3 s; 1,234 distinct, 5,678 g',
      '',
      'ring: 3',
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
    const { pace, world } = paced()
    world.asks = 'interrupted'
    const complete = { reason: null, totals: [0], compiled: { counters: { modelError: 0 } } }
    const input = { model: lamp, pace, exploration: complete, errorAtStart: null } as unknown as JudgeInput

    if (property?.kind !== 'liveness') throw new Error('the claim is about liveness')
    expect(await judgeLiveness(input, property)).toMatchObject({
      known: { verdict: 'inconclusive', asExpected: false },
      showing: null,
    })
  })
})
