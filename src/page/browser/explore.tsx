/**
 * What the explorer adds to a step: ways that can be taken, a search for a state, and a picture of what lies around.
 */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { PageModel, PageRun } from '../page-data.ts'
import { Lane, WayName } from './inspector.tsx'
import { Nearby } from './nearby.tsx'
import type { FullState } from './run-states.ts'
import type { Explorer } from './use-explorer.ts'

interface ExploreShown {
  readonly explorer: Explorer
  readonly model: PageModel
  readonly modelIndex: number
  readonly run: PageRun
  readonly step: number
  readonly state: FullState | undefined
}

export function Explore({ explorer, model, modelIndex, run, step, state }: ExploreShown): JSX.Element {
  const view = run.steps[step]?.view
  const next = run.steps[step + 1]?.pick
  return (
    <>
      <section class="ways" aria-label="Ways on">
        <h3>Ways on{run.isTaken || step === run.steps.length - 1 ? '' : ': take one to leave this run'}</h3>
        {view?.enabled.length === 0 ? <p class="hint">None: nothing is enabled here.</p> : null}
        <ol>
          {view?.enabled.map((way, i) => (
            <li key={i}>
              <button
                type="button"
                class={next === i ? 'way taken' : 'way'}
                disabled={explorer.isBusy}
                onClick={() => explorer.take([i])}
              >
                <kbd>{i < 9 ? i + 1 : ' '}</kbd>
                {way.lane === null ? null : <Lane model={model} lane={way.lane} />}
                <WayName way={way} />
              </button>
            </li>
          ))}
        </ol>
      </section>
      <Find explorer={explorer} model={model} />
      {state === undefined ? null : <Nearby model={model} modelIndex={modelIndex} state={state} take={explorer.take} />}
    </>
  )
}

function Find({ explorer, model }: { readonly explorer: Explorer; readonly model: PageModel }): JSX.Element {
  const [condition, setCondition] = useState('')
  const [isFromHere, setFromHere] = useState(true)
  const example = model.variables.find((one) => !one.isControl)?.name ?? 'x'
  return (
    <section class="find" aria-label="Go to a state">
      <h3>Go to a state where …</h3>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (condition.trim() !== '') explorer.find(condition, isFromHere)
        }}
      >
        <input
          aria-label="Condition"
          placeholder={`${example} = … and not (…)`}
          spellcheck={false}
          value={condition}
          onInput={(event) => setCondition(event.currentTarget.value)}
        />
        <button type="submit" disabled={explorer.isBusy}>
          {explorer.isBusy ? '…' : 'go'}
        </button>
        <label>
          <input type="checkbox" checked={isFromHere} onChange={(event) => setFromHere(event.currentTarget.checked)} />{' '}
          from here
        </label>
      </form>
      {explorer.complaint === null ? null : (
        <p class="error" role="alert">
          {explorer.complaint}
        </p>
      )}
    </section>
  )
}

export function CheckButton({ explorer, model }: { readonly explorer: Explorer; readonly model: string }): JSX.Element {
  return (
    <>
      <button type="button" class="check" disabled={explorer.isBusy} onClick={explorer.check}>
        {explorer.isBusy ? 'checking …' : `check ${model}`}
      </button>
      {explorer.complaint === null ? null : <span class="error">{explorer.complaint}</span>}
    </>
  )
}
