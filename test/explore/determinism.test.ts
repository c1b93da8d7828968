/**
 * One model, one report: whatever the number of threads, the order in which they meet, and the quality of the hash.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import type { TestKnobs } from '../../checker/explore-options.ts'
import type { CheckOptions, ModelResult } from '../../checker/result.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { torn } from '../../specs/ticket-lock.ts'
import { twoPhaseCommit } from '../../specs/two-phase-commit.ts'
import type { Model } from '../../src/model/ir.ts'
import { reportOf } from '../../src/report/report.ts'
import { toSaved } from '../../src/report/saved-trace.ts'
import { buildModel, littleMemory } from '../support/build.ts'
import { withCrew } from '../support/crew.ts'
import { overheard } from '../support/search.ts'
import { spread } from '../support/spread.ts'

/** Transitions are recorded for liveness; without it the search takes another way. */
function safetyOf(model: Model): Model {
  const properties = model.properties.filter(({ kind }) => kind !== 'liveness')
  return { ...model, name: `${model.name}, safety`, properties }
}

const lock = buildModel(filterLock, { processes: 3 })
const commit = buildModel(twoPhaseCommit, { managers: 4 })
const models: readonly Model[] = [lock, safetyOf(lock), buildModel(torn), commit, safetyOf(commit)]

const exempt = new Set(['elapsedMs', 'peakBytes', 'workers'])

/** The report without what may differ, and all trace files. */
function textOf(model: Model, result: ModelResult): string {
  const files = result.properties.flatMap(({ name, kind, reason, trace, measure }) =>
    [trace, measure?.minWitness ?? null, measure?.maxWitness ?? null].flatMap((one) =>
      one === null ? [] : [toSaved({ spec: 'spec.ts', model, property: name, kind, reason }, one)],
    ),
  )
  const report = reportOf('spec.ts', result.workers, [result])
  return JSON.stringify([report, files], (key, value: unknown) => (exempt.has(key) ? undefined : value))
}

async function run(model: Model, { workers = 1, ...options }: CheckOptions, knobs: TestKnobs = {}): Promise<string> {
  let taking = 0
  const result = await withCrew(workers - 1, (crew) => {
    const threads = overheard(crew, () => taking++)
    return checkModel(model, { ...littleMemory, ...options, threads }, knobs)
  })
  expect(taking).toBe(workers - 1)
  return textOf(model, result)
}

const crowded: TestKnobs = { threadThreshold: 16, awaitsThreads: true, jitterMicroseconds: 100 }

describe.each(models)('$name', (model) => {
  const once = run(model, { workers: 1 })

  it.each([2, 3, 7])('reports with %i threads, delayed at random, what one reports', async (workers) => {
    const alone = await once

    expect(await run(model, { workers }, crowded)).toBe(alone)
  })

  it('reports the same when nearly every lookup meets a collision', async () => {
    const alone = await once

    expect(await run(model, { workers: 1 }, { hasWeakHash: true })).toBe(alone)
    expect(await run(model, { workers: 2 }, { ...crowded, hasWeakHash: true })).toBe(alone)
  })

  it.each([0, 1])('reports the same when its states lie elsewhere, after %i bytes', async (nearBytes) => {
    const alone = await once

    expect(await run(model, { workers: 1 }, { nearBytes })).toBe(alone)
    expect(await run(model, { workers: 3 }, { ...crowded, nearBytes })).toBe(alone)
  })

  it('reports the same when long states are folded', async () => {
    const long = spread(model)
    const alone = await run(long, { workers: 1 })

    expect(await run(long, { workers: 1 }, { foldBytes: 0 })).toBe(alone)
    expect(await run(long, { workers: 3 }, { ...crowded, foldBytes: 0, hasWeakHash: true })).toBe(alone)
  })

  it('stops at the same level for any number of threads', async () => {
    const limit = { maxStates: 200 }
    const alone = await run(model, { workers: 1, ...limit })

    expect(await run(model, { workers: 3, ...limit }, crowded)).toBe(alone)
    expect(JSON.parse(alone)[0].models[0].complete).toBe(false)
  })
})
