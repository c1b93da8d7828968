/**
 * One run: what it shows, the timeline, the steps in words, and the step that is looked at.
 */

import type { ComponentChildren, JSX } from 'preact'
import { useMemo, useRef } from 'preact/hooks'
import { counted } from '../../report/grouped.ts'
import type { PageModel, PageRun } from '../page-data.ts'
import { goToMatch, matchingSteps, textOfStep } from './find-steps.ts'
import { ToneMark } from './icons.tsx'
import { Inspector } from './inspector.tsx'
import { type Change, columnOf, type PageState } from './page-state.ts'
import { changesBetween, type FullState, type LeafChange, statesOf } from './run-states.ts'
import { StepList } from './step-list.tsx'
import { Timeline } from './timeline.tsx'

/** What is worked out once for a run. */
export interface Told {
  readonly states: readonly FullState[]
  readonly changes: readonly (readonly LeafChange[])[]
  readonly matches: readonly number[] | null
}

export function useTold(model: PageModel | undefined, run: PageRun | undefined, query: string): Told {
  const states = useMemo(() => statesOf(run?.steps ?? []), [run])
  const changes = useMemo(() => {
    const hidden = new Set(model?.variables.filter((one) => one.isControl).map((one) => one.name))
    return (run?.steps ?? []).map((step, i) => changesBetween(states[i - 1] ?? new Map(), step, hidden))
  }, [model, run, states])
  const texts = useMemo(() => (run?.steps ?? []).map((step, i) => textOfStep(step, changes[i] ?? [])), [run, changes])
  const matches = useMemo(() => matchingSteps(texts, query), [texts, query])
  return { states, changes, matches }
}

export interface RunShown {
  readonly state: PageState
  readonly model: PageModel
  readonly run: PageRun
  readonly told: Told
  readonly dispatch: (change: Change) => void
  readonly searchBox: { readonly current: HTMLInputElement | null }
  /** What the explorer shows instead of the ways on. */
  readonly live: ComponentChildren
}

export function RunView({ state, model, run, told, dispatch, searchBox, live }: RunShown): JSX.Element {
  const { step, isFull } = state
  const go = useRef((to: number) => dispatch({ kind: 'step', step: to })).current
  return (
    <section class="run" aria-label="Run">
      <RunHead state={state} model={model} run={run} dispatch={dispatch} />
      <Toolbar state={state} told={told} dispatch={dispatch} searchBox={searchBox} />
      <Timeline
        {...{ model, run, step }}
        matches={told.matches}
        column={columnOf(state)}
        onRoom={(room) => dispatch({ kind: 'room', room })}
        onStep={go}
      />
      <div class="columns">
        <StepList model={model} run={run} step={step} changes={told.changes} matches={told.matches} onStep={go} />
        <Inspector
          {...{ model, run, step, isFull }}
          states={told.states}
          onFull={() => dispatch({ kind: 'full' })}
          onStep={go}
        >
          {live}
        </Inspector>
      </div>
      <p class="sr" role="status">
        {`Step ${step}: ${run.steps[step]?.lane ?? ''} ${run.steps[step]?.label ?? ''}. ${(told.changes[step] ?? []).map(({ path, text }) => `${path} ${text}`).join(', ')}`}
      </p>
    </section>
  )
}

function RunHead({ state, model, run, dispatch }: Pick<RunShown, 'state' | 'model' | 'run' | 'dispatch'>): JSX.Element {
  const last = run.steps.length - 1
  return (
    <header class="run-head">
      <h1>
        <ToneMark tone={run.tone} />
        {model.runs.length < 2 ? (
          run.title
        ) : (
          <select
            class="title"
            aria-label="Run"
            value={String(state.run)}
            onChange={(event) =>
              dispatch({ kind: 'run', model: state.model, run: Number(event.currentTarget.value), step: 0 })
            }
          >
            {model.runs.map((one, i) => (
              <option key={one.title} value={String(i)}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </h1>
      <p class="facts-line">
        <b class={`claim claim-${run.tone}`}>{run.claim}</b>
        <span>
          {counted(last, 'step')}
          {loopText(run)}
        </span>
        {run.shortest ? <span title="No shorter run shows this.">shortest</span> : null}
      </p>
      {run.reason.length === 0 ? null : (
        <ul class="reasons">
          {run.reason.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </header>
  )
}

function loopText({ loop, steps }: PageRun): string {
  const last = steps.length - 1
  if (loop === null) return ''
  if (loop === last) return ', then it stops'
  return loop === last - 1 ? ', of which the last repeats for ever' : `, of which ${last - loop} repeat for ever`
}

function Toolbar({
  state,
  told,
  dispatch,
  searchBox,
}: Pick<RunShown, 'state' | 'told' | 'dispatch' | 'searchBox'>): JSX.Element {
  const { matches } = told
  return (
    <div class="toolbar" role="toolbar" aria-label="Stepping and search">
      <button type="button" onClick={() => dispatch({ kind: 'step', step: 0 })} aria-label="First step">
        ⇤
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'move', by: -1 })} aria-label="Step back">
        ←
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'move', by: 1 })} aria-label="Step on">
        →
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'last step' })} aria-label="Last step">
        ⇥
      </button>
      <label class="search">
        <span class="sr">Filter steps</span>
        <input
          ref={searchBox}
          type="search"
          placeholder="filter steps: lane, routine, variable …"
          value={state.query}
          onInput={(event) => dispatch({ kind: 'query', query: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter') goToMatch({ state, matches, dispatch }, event.shiftKey ? -1 : 1)
            if (event.key === 'Escape') {
              dispatch({ kind: 'query', query: '' })
              event.currentTarget.blur()
            }
          }}
        />
        <kbd>/</kbd>
      </label>
      {matches === null ? null : <span class="dim">{counted(matches.length, 'step')}</span>}
      <span class="stretch" />
      <button type="button" onClick={() => dispatch({ kind: 'zoom', to: 'narrower' })} aria-label="Narrower columns">
        −
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'fit' })}>
        fit
      </button>
      <button type="button" onClick={() => dispatch({ kind: 'zoom', to: 'wider' })} aria-label="Wider columns">
        +
      </button>
    </div>
  )
}
