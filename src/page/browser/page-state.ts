/**
 * What the reader looks at, and how that changes. Everything on the page follows from this record and from the data.
 */

import type { PageData, PageModel, PageRun } from '../page-data.ts'
import type { Place, Tab } from './permalink.ts'

export interface PageState {
  readonly data: PageData
  readonly tab: Tab
  /** Index into `data.models`. */
  readonly model: number
  /** Index into the model's runs. */
  readonly run: number
  readonly step: number
  readonly query: string
  /** Pixels that the timeline has in the window. */
  readonly room: number
  /** Pixels of a step in the timeline; null: the whole run in the room that there is. */
  readonly columnWidth: number | null
  /** All variables, not only the changed ones. */
  readonly isFull: boolean
  readonly isHelpOpen: boolean
}

export type Change =
  | { readonly kind: 'tab'; readonly tab: Tab }
  | { readonly kind: 'model'; readonly model: number }
  | { readonly kind: 'run'; readonly model: number; readonly run: number; readonly step: number }
  /** What an address names; nothing changes where that is nothing of this data. */
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'last step' }
  /** Relative, so that keys pressed faster than the page draws are all counted. */
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'other run'; readonly by: number }
  | { readonly kind: 'other model'; readonly by: number }
  | { readonly kind: 'room'; readonly room: number }
  | { readonly kind: 'zoom'; readonly to: 'wider' | 'narrower' }
  | { readonly kind: 'fit' }
  | { readonly kind: 'query'; readonly query: string }
  | { readonly kind: 'full' }
  | { readonly kind: 'help'; readonly isOpen: boolean }
  /** A run from the server replaces or follows those of its model, and is shown. */
  | {
      readonly kind: 'shown'
      readonly model: number
      readonly run: PageRun
      readonly at: number
      readonly step: number
    }
  | { readonly kind: 'checked'; readonly model: number; readonly found: PageModel }

export function startState(data: PageData): PageState {
  const withRuns = data.models.findIndex((one) => one.runs.length > 0)
  return {
    data,
    tab: data.isLive ? 'run' : 'verdicts',
    model: Math.max(0, withRuns),
    run: 0,
    step: 0,
    query: '',
    // Until the timeline has been drawn and says how much it has.
    room: 900,
    columnWidth: null,
    isFull: false,
    isHelpOpen: false,
  }
}

export const modelOf = (state: PageState): PageModel | undefined => state.data.models[state.model]
export const runOf = (state: PageState): PageRun | undefined => modelOf(state)?.runs[state.run]
const lastStep = (state: PageState): number => Math.max(0, (runOf(state)?.steps.length ?? 1) - 1)

/** Pixels: in wider columns a step is far from the next, in narrower ones it is not told apart from it. */
const columns = { narrowest: 2, widest: 110 }
/** A longer run goes on beyond the window. */
const narrowestFitted = 7
const zoomFactor = 1.5
/** Of the timeline, left and right. */
const borders = 2

const within = (least: number, most: number, value: number): number => Math.min(most, Math.max(least, value))

/** Pixels of a step in the timeline. */
export function columnOf(state: PageState): number {
  const fitted = (state.room - borders) / (lastStep(state) + 1)
  return state.columnWidth ?? within(narrowestFitted, columns.widest, fitted)
}

export function changed(state: PageState, change: Change): PageState {
  switch (change.kind) {
    case 'tab':
      return { ...state, tab: change.tab }
    case 'model':
      return change.model === state.model ? state : { ...state, model: change.model, run: 0, step: 0, query: '' }
    case 'run':
      return { ...state, tab: 'run', model: change.model, run: change.run, step: change.step, query: '' }
    case 'place': {
      const named = changeOf(state.data, change.place)
      return named === null ? state : { ...changed(state, named), tab: change.place.tab }
    }
    case 'step':
      return { ...state, step: within(0, lastStep(state), change.step) }
    case 'last step':
      return { ...state, step: lastStep(state) }
    case 'move':
      return { ...state, step: stepAfter(state, change.by) }
    case 'other run': {
      const count = modelOf(state)?.runs.length ?? 0
      return count === 0
        ? state
        : { ...state, tab: 'run', run: (state.run + change.by + count) % count, step: 0, query: '' }
    }
    case 'other model': {
      const count = state.data.models.length
      return changed(state, { kind: 'model', model: (state.model + change.by + count) % count })
    }
    case 'room':
      return change.room === state.room ? state : { ...state, room: change.room }
    case 'zoom': {
      const factor = change.to === 'wider' ? zoomFactor : 1 / zoomFactor
      return { ...state, columnWidth: within(columns.narrowest, columns.widest, columnOf(state) * factor) }
    }
    case 'fit':
      return { ...state, columnWidth: null }
    case 'query':
      return { ...state, query: change.query }
    case 'full':
      return { ...state, isFull: !state.isFull }
    case 'help':
      return { ...state, isHelpOpen: change.isOpen }
    case 'shown':
      return {
        ...withModel(state, change.model, (model) => ({
          ...model,
          runs: model.runs.toSpliced(change.at, 1, change.run),
        })),
        tab: 'run',
        model: change.model,
        run: change.at,
        step: change.step,
      }
    case 'checked':
      return {
        ...withModel(state, change.model, () => change.found),
        model: change.model,
        run: 0,
        step: 0,
        tab: 'verdicts',
      }
  }
}

function withModel(state: PageState, index: number, change: (model: PageModel) => PageModel): PageState {
  const models = state.data.models.map((model, i) => (i === index ? change(model) : model))
  return { ...state, data: { ...state.data, models } }
}

/** What a step leads to: the next one, or around the loop. */
export function stepAfter(state: PageState, by: number): number {
  const loop = runOf(state)?.loop ?? null
  const last = lastStep(state)
  if (by === 1 && state.step === last && loop !== null && loop < last) return loop + 1
  return within(0, last, state.step + by)
}

/** Of a run that was taken by hand: the ways taken. */
const picksOf = (run: PageRun): readonly number[] | null =>
  run.isTaken === true ? run.steps.map((step) => step.pick) : null

/** The address of what is shown. */
export function placeOf(state: PageState): Place {
  const run = runOf(state)
  return {
    tab: state.tab,
    model: modelOf(state)?.name ?? '',
    run: run?.title ?? '',
    step: state.step,
    picks: run === undefined ? null : picksOf(run),
  }
}

/** What an address means; null when it names nothing of this data. */
export function changeOf(data: PageData, place: Place): Change | null {
  const model = data.models.findIndex((one) => one.name === place.model)
  if (model === -1) return null
  if (place.tab !== 'run') return { kind: 'model', model }
  const runs = data.models[model]?.runs ?? []
  const wanted = JSON.stringify(place.picks)
  const run = runs.findIndex((one) =>
    place.picks === null ? one.title === place.run : JSON.stringify(picksOf(one)) === wanted,
  )
  return run === -1 ? null : { kind: 'run', model, run, step: Math.min(place.step, (runs[run]?.steps.length ?? 1) - 1) }
}
