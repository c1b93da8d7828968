/**
 * Everything about one step: who did it and where it stands in the spec, the state with what changed, which ways lead on
 * and what holds the others back.
 */

import type { ComponentChildren, JSX } from 'preact'
import type { PageModel, PageRun, PageStep, StateView } from '../page-data.ts'
import { Lane, StepName } from './names.tsx'
import { type FullState, lastWriter, leavesOf } from './run-states.ts'

export interface InspectorShown {
  readonly model: PageModel
  readonly run: PageRun
  readonly step: number
  readonly states: readonly FullState[]
  readonly isFull: boolean
  readonly onFull: () => void
  readonly onStep: (step: number) => void
  /** What the explorer adds. */
  readonly children: ComponentChildren
}

export function Inspector(shown: InspectorShown): JSX.Element | null {
  const { model, run, step, children } = shown
  const found = run.steps[step]
  if (found === undefined) return null
  return (
    <aside class="inspector" aria-label={`Step ${step}`}>
      <header>
        <h2>
          Step {step} <span class="dim">of {run.steps.length - 1}</span>
        </h2>
        <p class="who">
          {found.lane === null ? null : <Lane model={model} lane={found.lane} />}
          <span class="path">{[...found.path, found.label].join(' › ')}</span>
          {found.parameters === '' ? null : <span class="parameters"> {found.parameters}</span>}
        </p>
        {found.place === '' ? null : <p class="place">{found.place}</p>}
      </header>
      {children ?? <Ways model={model} run={run} step={step} view={found.view} />}
      <StateTable {...shown} />
      <Held model={model} view={found.view} />
    </aside>
  )
}

function StateTable({ model, step, states, run, isFull, onFull, onStep }: InspectorShown): JSX.Element {
  const state = states[step] ?? new Map()
  const before = states[step - 1]
  const rows = model.variables.flatMap(({ name, isControl }) => {
    const value = state.get(name)
    if (value === undefined || (isControl && !isFull)) return []
    const old = before?.get(name)
    const olds = new Map(old === undefined ? [] : leavesOf(name, old).map((leaf) => [leaf.path, leaf.text]))
    return leavesOf(name, value).map((leaf) => {
      const was = olds.get(leaf.path)
      const writer = lastWriter(states, step, name, leaf.path)
      return { ...leaf, was: step > 0 && was !== leaf.text ? (was ?? null) : null, writer, isControl }
    })
  })
  const changed = rows.filter((row) => row.was !== null)
  const shown = isFull ? rows : rows.filter((row) => row.was !== null || step === 0 || row.writer > 0)
  return (
    <section class="state" aria-label="State">
      <h3>
        State
        <button type="button" class="small" aria-pressed={isFull} onClick={onFull}>
          {isFull ? 'all variables' : 'written so far'} <kbd>f</kbd>
        </button>
      </h3>
      <table>
        <tbody>
          {shown.map((row) => {
            const { writer } = row
            return (
              <tr key={row.path} class={`${row.was === null ? '' : 'changed'} ${row.isControl ? 'control' : ''}`}>
                <th scope="row">{row.path}</th>
                <td>
                  {row.was === null ? null : (
                    <span class="old">
                      {row.was}
                      <span class="arrow">→</span>
                    </span>
                  )}
                  <span class="value">{row.text}</span>
                </td>
                <td class="writer">
                  {writer === 0 || writer === step ? null : (
                    <button
                      type="button"
                      class="plain"
                      onClick={() => onStep(writer)}
                      title={`written by step ${writer}: ${run.steps[writer]?.label}`}
                    >
                      {writer}
                    </button>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      {changed.length === 0 && step > 0 ? <p class="hint">This step changes no variable that is shown.</p> : null}
    </section>
  )
}

interface WaysShown {
  readonly model: PageModel
  readonly run: PageRun
  readonly step: number
  readonly view: StateView | null
}

/** In a report, the ways on are told; the one that the run takes is marked. */
function Ways({ model, run, step, view }: WaysShown): JSX.Element | null {
  if (view === null) return null
  const next: PageStep | undefined = run.steps[step + 1]
  return (
    <section class="ways" aria-label="Ways on">
      <h3>Ways on</h3>
      {view.enabled.length === 0 ? <p class="hint">None: the run ends here.</p> : null}
      <ul>
        {view.enabled.map((way, i) => (
          <li key={i} class={next?.pick === i ? 'taken' : ''}>
            {way.lane === null ? null : <Lane model={model} lane={way.lane} />}
            <StepName step={way} error={way.error} />
            {next?.pick === i ? <span class="dim"> taken here</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Held({ model, view }: { readonly model: PageModel; readonly view: StateView | null }): JSX.Element | null {
  if (view === null || view.blocked.length === 0) return null
  return (
    <section class="held" aria-label="Held back">
      <h3>Held back, and by what</h3>
      <ul>
        {view.blocked.map(({ lane, labels, reasons }) => (
          <li key={`${lane} ${labels.join()} ${reasons.join()}`}>
            <div>
              {lane === null ? null : <Lane model={model} lane={lane} />}
              {labels.join(', ')}
            </div>
            {reasons.map((reason) => (
              <div key={reason} class="reason">
                {reason}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
