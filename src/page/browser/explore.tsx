/**
 * What the explorer adds to a step: ways that can be taken, a search for a state, and a picture of what lies around.
 */

import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { grouped } from '../../report/grouped.ts'
import { mostStarts, type PageModel, type PageRun, type Starts } from '../page-data.ts'
import { Lane, StepName } from './names.tsx'
import { Nearby } from './nearby.tsx'
import type { FullState } from './run-states.ts'
import { Unanswered } from './unanswered.tsx'
import { useAnswer } from './use-answer.ts'
import type { Explorer } from './use-explorer.ts'

interface ExploreShown {
  readonly explorer: Explorer
  readonly model: PageModel
  readonly modelIndex: number
  readonly run: PageRun
  readonly step: number
  readonly state: FullState | undefined
  readonly onStep: (step: number) => void
}

export function Explore({ explorer, model, modelIndex, run, step, state, onStep }: ExploreShown): JSX.Element {
  const view = run.steps[step]?.view
  const next = run.steps[step + 1]?.pick
  return (
    <>
      {step === 0 ? <StartList explorer={explorer} modelIndex={modelIndex} now={run.steps[0]?.pick ?? -1} /> : null}
      <section class="ways" aria-label="Ways on">
        <h3>Ways on{run.isTaken || step === run.steps.length - 1 ? '' : ': take one to leave this run'}</h3>
        {view?.enabled.length === 0 ? <p class="hint">None: nothing is enabled here.</p> : null}
        <ol>
          {view?.enabled.map((way, i) => (
            <li key={i}>
              <button
                type="button"
                class={next === i ? 'way taken' : 'way'}
                aria-disabled={explorer.isBusy}
                onClick={() => explorer.take([i])}
              >
                <kbd>{i < 9 ? i + 1 : ' '}</kbd>
                {way.lane === null ? null : <Lane model={model} lane={way.lane} />}
                <StepName step={way} error={way.error} />
              </button>
            </li>
          ))}
        </ol>
      </section>
      <Find explorer={explorer} model={model} />
      {state === undefined ? null : (
        <Nearby
          {...{ explorer, model, modelIndex, state }}
          came={step === 0 ? null : (run.steps[step] ?? null)}
          back={() => onStep(step - 1)}
        />
      )}
    </>
  )
}

interface StartsShown {
  readonly explorer: Explorer
  readonly modelIndex: number
  /** The one that the run starts in. */
  readonly now: number
}

/** Nothing where there is one initial state only. */
function StartList({ explorer, modelIndex, now }: StartsShown): JSX.Element | null {
  const question = useMemo(() => ({ ask: 'starts', model: modelIndex }), [modelIndex])
  const { answer: starts, complaint } = useAnswer<Starts>(question)
  if (complaint !== null) return <Unanswered name="Initial states" complaint={complaint} />
  if (starts === null || starts.count < 2) return null
  const { count, shown } = starts
  return (
    <section class="starts" aria-label="Initial states">
      <h3>
        Start in another initial state
        <span class="dim">
          {shown.length < count
            ? `the first ${grouped(shown.length)} of ${grouped(count)}${count === mostStarts ? ' or more' : ''}`
            : grouped(count)}
        </span>
      </h3>
      <ol>
        {shown.map((text, i) => (
          <li key={i}>
            <button
              type="button"
              class={i === now ? 'start taken' : 'start'}
              aria-pressed={i === now}
              aria-disabled={explorer.isBusy}
              onClick={() => explorer.start(i)}
            >
              {text}
            </button>
          </li>
        ))}
      </ol>
    </section>
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
        <button type="submit" aria-disabled={explorer.isBusy}>
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
      <button type="button" class="check" aria-disabled={explorer.isBusy} onClick={explorer.check}>
        {explorer.isBusy ? 'checking …' : `check ${model}`}
      </button>
      {explorer.complaint === null ? null : <span class="error">{explorer.complaint}</span>}
    </>
  )
}
