/**
 * Checks a model by the checker and by brute force, and says where the two differ.
 */

import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/Either'
import { checkModel } from '../../checker/check-model.ts'
import type { TestKnobs } from '../../checker/explore-options.ts'
import type { CheckOptions, ModelResult, PropertyResult } from '../../checker/result.ts'
import { type Model, modelErrorProperty } from '../../src/model/ir.ts'
import type { Trace } from '../../src/model/trace.ts'
import { misfitOf, toSaved } from '../../src/report/saved-trace.ts'
import { shownBy } from '../../src/report/shown-by.ts'
import { parseTrace, textOfTrace } from '../../src/report/trace-file.ts'
import { bestRun } from './best-run.ts'
import { type BruteForce, bruteForce, type Finding } from './brute-force.ts'
import { littleMemory } from './build.ts'
import { digestOf } from './canonical.ts'

function same(given: unknown, wanted: unknown, what: string): void {
  if (isDeepStrictEqual(given, wanted)) return
  throw new Error(`${what}: ${JSON.stringify(given)} instead of ${JSON.stringify(wanted)}`)
}

/** Compares figures, verdicts and traces; returns the brute force, for what occurred. */
export async function expectSameSearch(
  model: Model,
  options: CheckOptions = {},
  knobs: TestKnobs = {},
): Promise<BruteForce> {
  const result = await checkModel(model, { workers: 1, ...littleMemory, ...options }, knobs)
  const found = bruteForce(model, options)
  expectSameFigures(model, result, found)
  for (const property of result.properties) expectSameVerdict(model, property, found)
  return found
}

function expectSameFigures(model: Model, result: ModelResult, found: BruteForce): void {
  const states = [...found.nodes.values()].map((node) => node.state)
  const { generated, initial, depth, terminal } = found
  same(result.states, { distinct: states.length, generated, initial, depth, terminal }, 'states')
  same(result.digest, digestOf(model, states), 'digest')
  same(result.complete, found.complete, 'complete')
  same(
    result.assumptions.map(({ held }) => held),
    found.held,
    'held',
  )
  const actions = model.actions.map(({ name }, i) => ({ name, ...found.actions[i] }))
  same(
    result.actions.map(({ name, generated, distinct }) => ({ name, generated, distinct })),
    actions,
    'actions',
  )
  const times = new Map<string, number>()
  for (const { instance } of [...found.nodes.values()].flatMap(({ outcomes }) => outcomes ?? [])) {
    const { action, thread } = model.instances[instance] ?? {}
    const taker = `${action} ${thread == null ? '' : model.threads[thread]?.name}`
    times.set(taker, (times.get(taker) ?? 0) + 1)
  }
  same(
    result.actions.map(({ threads }) => threads),
    result.actions.map(({ threads }, i) =>
      threads.map(({ name }) => ({ name, generated: times.get(`${i} ${name}`) ?? 0 })),
    ),
    'taken by thread',
  )
}

function expectSameVerdict(model: Model, property: PropertyResult, found: BruteForce): void {
  const { name, kind } = property
  expectReplayed(model, property)
  if (kind === 'liveness') return
  const isConclusive = found.complete && !found.findings.has(modelErrorProperty)
  if (kind === 'measure') {
    expectSameMeasure(model, property, found, isConclusive)
    return
  }
  const findings = found.findings.get(name) ?? []
  const [yes, no] = kind === 'reachable' ? ['reached', 'unreachable'] : ['violated', 'holds']
  same(property.verdict, findings.length > 0 ? yes : isConclusive ? no : 'inconclusive', `verdict of ${name}`)
  expectSameTrace(model, property.trace, found, findings, name)
}

/** What shows a violation still does when it is read from its file. Actions of random models do not say which is meant: they share names. */
function expectReplayed(model: Model, { name, kind, reason, trace, verdict }: PropertyResult): void {
  const shown = shownBy(model, name)
  if (trace === null || shown === null || verdict !== 'violated' || model.threads.length === 0) return
  const saved = toSaved({ spec: 'random.ts', model, property: name, kind, reason }, trace)
  const read = parseTrace(textOfTrace(saved), 'random.json')
  same(E.isRight(read) ? misfitOf(model, read.right, shown) : read.left.message, null, `replay of ${name}`)
}

function expectSameTrace(
  model: Model,
  trace: Trace | null,
  found: BruteForce,
  findings: readonly Finding[],
  name: string,
): void {
  const best = bestRun(model, found, findings, name === modelErrorProperty)
  if (best === null || trace === null) {
    same(trace === null, best === null, `trace of ${name}`)
    return
  }
  same(trace.shortest, true, 'shortest')
  same(
    trace.steps.slice(1).map(({ instance }) => instance),
    best.instances,
    `steps of ${name}`,
  )
  // A step that raises an error leads nowhere: the trace repeats the state before it.
  const states = best.states.map((state, i) => state ?? best.states[i - 1])
  same(
    trace.steps.map(({ state }) => state),
    states,
    `states of ${name}`,
  )
}

function expectSameMeasure(model: Model, property: PropertyResult, found: BruteForce, isConclusive: boolean): void {
  const { name, measure } = property
  const histogram = found.histograms.get(name)
  const answer = histogram === undefined ? 'unreachable' : 'measured'
  same(property.verdict, isConclusive ? answer : 'inconclusive', `verdict of ${name}`)
  if (measure === null || histogram === undefined) {
    same(measure === null, histogram === undefined, `measure ${name}`)
    return
  }
  const values = [...histogram.keys()]
  same([measure.min, measure.max], [Math.min(...values), Math.max(...values)], `extremes of ${name}`)
  same(new Map(Object.entries(measure.histogram).map(([v, n]) => [Number(v), n])), histogram, `histogram of ${name}`)
  const witnesses = [
    { value: measure.min, trace: measure.minWitness },
    { value: measure.max, trace: measure.maxWitness },
  ]
  for (const { value, trace } of witnesses)
    expectSameTrace(model, trace, found, found.findings.get(`${name} = ${value}`) ?? [], `${name} = ${value}`)
}
