/**
 * Answers to what the page asks. Nothing is remembered between questions but that a search is under way: a question carries
 * its state, and the state is checked against the model.
 */

import * as E from 'fp-ts/Either'
import { checkModel } from '../../checker/check-model.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Model } from '../model/ir.ts'
import { SpecError } from '../model/problem.ts'
import { initialStates, type Outcome, successors } from '../model/step.ts'
import type { State, Trace, TraceStep } from '../model/trace.ts'
import { describeModel } from '../page/describe-model.ts'
import { describeRun, describeStep } from '../page/describe-run.ts'
import { describeState } from '../page/describe-state.ts'
import { mostStarts, type PageStep } from '../page/page-data.ts'
import { findState } from './find-state.ts'
import { runTo, startsOf, stepsBefore } from './look-back.ts'
import { neighbourhood } from './neighbourhood.ts'
import { parsePredicate } from './predicate.ts'
import { isStateOf, type Question } from './question.ts'

export interface Answerer {
  /** `Left`: why there is no answer, for the reader of the page. */
  answer(question: Question, signal: AbortSignal): Promise<E.Either<string, unknown>>
}

/** A longer run is a mistake, or somebody's attempt to keep us busy. */
const longestRun = 5000

/** `options`: limits of every search. */
export function createAnswerer(models: readonly Model[], options: CheckOptions): Answerer {
  let isSearching = false
  const searching = async (search: () => Promise<E.Either<string, unknown>>): Promise<E.Either<string, unknown>> => {
    if (isSearching) return E.left('another search is under way')
    isSearching = true
    try {
      return await search()
    } catch (error) {
      if (error instanceof SpecError) return E.left(error.problem.message)
      throw error
    } finally {
      isSearching = false
    }
  }
  return {
    answer: async (question, signal) => {
      const model = models[question.model]
      if (model === undefined) return E.left('there is no such model')
      switch (question.ask) {
        case 'run':
          return runOf(model, question.picks)
        case 'take':
          return isStateOf(model, question.state) ? take(model, question.state, question.pick) : noState
        case 'near':
          return isStateOf(model, question.state) ? E.right(neighbourhood(model, question.state)) : noState
        case 'starts':
          return E.right(startsOf(model))
        case 'before': {
          const { state } = question
          if (!isStateOf(model, state)) return noState
          return searching(async () => E.right(await stepsBefore(model, state, { ...options, signal })))
        }
        case 'reach': {
          const { state } = question
          if (!isStateOf(model, state)) return noState
          return searching(async () => {
            const found = await runTo(model, state, { ...options, signal })
            return E.isLeft(found) ? found : E.right(stepsOf(model, found.right))
          })
        }
        case 'check':
          return searching(async () => E.right(describeModel(model, await checkModel(model, { ...options, signal }))))
        case 'find': {
          const { state, condition } = question
          if (state !== null && !isStateOf(model, state)) return noState
          return searching(() => find(model, condition, state, { ...options, signal }))
        }
      }
    },
  }
}

const noState = E.left('this is no state of the model')

function runOf(model: Model, picks: readonly number[]): E.Either<string, readonly PageStep[]> {
  if (picks.length > longestRun) return E.left(`a run has at most ${longestRun} steps`)
  const [first = 0, ...rest] = picks
  const start = initialStates(model, Math.min(first + 1, mostStarts))[first]
  if (start === undefined) return E.left('there is no such initial state')
  const initial: TraceStep = { instance: null, choices: [], state: start }
  const steps = [describeStep(model, { before: null, step: initial, pick: first, view: describeState(model, start) })]
  let state = start
  for (const pick of rest) {
    const next = taken(model, state, pick)
    if (next === null) return E.left(`step ${steps.length} of the run is not there: the model has changed`)
    steps.push(next.described)
    state = next.state
  }
  return E.right(steps)
}

function take(model: Model, state: State, pick: number): E.Either<string, PageStep> {
  const next = taken(model, state, pick)
  return next === null ? E.left('there is no such way on') : E.right(next.described)
}

/** A way that raises a model error stays where it is. */
function taken(
  model: Model,
  before: State,
  pick: number,
): { readonly state: State; readonly described: PageStep } | null {
  const way: Outcome | undefined = successors(model, before)[pick]
  if (way === undefined) return null
  const state = 'error' in way ? before : way.state
  const step = { instance: way.instance, choices: way.choices, state }
  return { state, described: describeStep(model, { before, step, pick, view: describeState(model, state) }) }
}

async function find(
  model: Model,
  condition: string,
  from: State | null,
  options: CheckOptions,
): Promise<E.Either<string, unknown>> {
  const parsed = parsePredicate(model, condition)
  if (E.isLeft(parsed)) return E.left(`${parsed.left.message} (at character ${parsed.left.at + 1})`)
  const found = await findState(model, parsed.right, from, options)
  return E.isLeft(found) ? found : E.right(stepsOf(model, found.right))
}

function stepsOf(model: Model, trace: Trace): readonly PageStep[] {
  return describeRun(model, trace, { title: '', claim: '', tone: 'neutral', reason: [] }).steps
}
