/**
 * A run for the page: who acts in each step, what it changes, and what else could have happened.
 */

import type { Instance, Model, Source, Value } from '../model/ir.ts'
import { parametersOf } from '../model/parameters.ts'
import { initialStates, type Outcome, successors } from '../model/step.ts'
import type { State, Trace, TraceStep } from '../model/trace.ts'
import { equalValues, isListValue } from '../model/values.ts'
import { describeState } from './describe-state.ts'
import { mostStarts, type PageRun, type PageStep, type StateView } from './page-data.ts'

/** What is said of a run besides its steps. */
export type About = Omit<PageRun, 'shortest' | 'isTaken' | 'loop' | 'steps'>

export function describeRun(model: Model, trace: Trace, about: About): PageRun {
  const outcomes = trace.steps.map((step) => successors(model, step.state))
  const starts = initialStates(model, mostStarts)
  return {
    ...about,
    shortest: trace.shortest,
    isTaken: false,
    loop: trace.loop,
    steps: trace.steps.map((step, i) => {
      const before = trace.steps[i - 1]?.state ?? null
      const pick =
        before === null ? starts.findIndex((one) => equalValues(one, step.state)) : pickOf(outcomes[i - 1], step)
      return describeStep(model, { before, step, pick, view: describeState(model, step.state, outcomes[i]) })
    }),
  }
}

function pickOf(ways: readonly Outcome[] = [], step: TraceStep): number {
  return ways.findIndex(
    (way) => way.instance === step.instance && ('error' in way || equalValues(way.state, step.state)),
  )
}

export interface Described {
  /** Null: the step is an initial state. */
  readonly before: State | null
  readonly step: TraceStep
  readonly pick: number
  readonly view: StateView | null
}

export function describeStep(model: Model, { before, step, pick, view }: Described): PageStep {
  const instance = step.instance === null ? undefined : model.instances[step.instance]
  const thread = instance?.thread == null ? undefined : model.threads[instance.thread]
  return {
    thread: thread?.name ?? null,
    lane: instance?.lane ?? null,
    kind: instance?.kind ?? 'initial',
    path: instance?.path ?? [],
    label: instance?.label ?? 'initial state',
    parameters: instance === undefined ? '' : parametersOf(instance, step.choices),
    depth: framesOf(step.state, thread?.stack ?? null),
    place: instance === undefined ? '' : placeOf(instance),
    pick,
    state: before === null ? step.state : changed(before, step.state),
    view,
  }
}

export function placeOf({ source }: { readonly source: Source }): string {
  return source.file === '' ? '' : `${source.file}:${source.line}`
}

function framesOf(state: State, stack: string | null): number {
  const frames = stack === null ? [] : (state[stack] ?? [])
  return isListValue(frames) ? frames.length : 0
}

function changed(before: State, after: State): State {
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]: readonly [string, Value]) => {
      const old = before[name]
      return old === undefined || !equalValues(old, value)
    }),
  )
}

/** Lanes in order of first appearance: those of threads first. */
export function lanesOf(model: Model): readonly (string | null)[] {
  const others = model.instances.map((instance: Instance) => instance.lane)
  return [
    ...new Set([...model.threads.map((thread) => thread.lane), ...others.filter((lane) => lane !== null), ...others]),
  ]
}
