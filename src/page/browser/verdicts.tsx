/**
 * The verdict table: a row for each property, a column for each model, and below them what was explored to say so.
 */

import type { JSX } from 'preact'
import type { PropertyKind } from '../../../checker/result.ts'
import { counted, grouped } from '../../report/grouped.ts'
import type { PageModel, PageProperty } from '../page-data.ts'
import { toneOf } from '../tone.ts'
import { ToneMark } from './icons.tsx'
import type { Change, PageState } from './page-state.ts'
import { bytesText } from './text.ts'

const always = 'Must always hold'
const titleOf: Readonly<Record<PropertyKind, string>> = {
  invariant: always,
  step: always,
  check: always,
  deadlock: always,
  'model-error': always,
  liveness: 'Must come about',
  reachable: 'Must be possible',
  measure: 'Measured',
}

/** In this order. */
const titles = [...new Set(Object.values(titleOf))]

interface Shown {
  readonly state: PageState
  readonly dispatch: (change: Change) => void
}

export function Verdicts({ state, dispatch, check }: Shown & { readonly check: JSX.Element | null }): JSX.Element {
  const { models, notes } = state.data
  const checked = models.filter((model) => model.result !== null)
  return (
    <section class="verdicts" aria-label="Verdicts">
      <header class="headline">
        <h1>{notes.length > 0 && checked.length === 0 ? 'Nothing was checked' : headline(checked)}</h1>
        {check}
      </header>
      {notes.map((note) => (
        <p class="hint" key={note}>
          {note}
        </p>
      ))}
      {checked.length === 0 && notes.length === 0 ? (
        <p class="hint">
          Nothing was checked yet. A check explores every interleaving of a model and judges all its properties.
        </p>
      ) : null}
      {checked.length === 0 ? null : (
        <div class="scroll">
          <table class="matrix">
            <thead>
              <tr>
                <th scope="col">{models.length === 1 ? 'property' : `${models.length} models`}</th>
                {models.map((model, i) => (
                  <th scope="col" key={model.name}>
                    <button
                      type="button"
                      class="plain"
                      onClick={() => dispatch({ kind: 'model', model: i })}
                      aria-pressed={i === state.model}
                      title={model.name}
                    >
                      {model.name}
                    </button>
                  </th>
                ))}
              </tr>
            </thead>
            {titles.map((title) => (
              <Group key={title} title={title} models={models} dispatch={dispatch} />
            ))}
            <Figures models={models} />
          </table>
        </div>
      )}
      {checked.length === 0 ? null : (
        <p class="legend" aria-hidden="true">
          <ToneMark tone="expected" />
          violated, as the spec expects <ToneMark tone="bad" />
          not as expected; a number is that of the steps of the shortest run
        </p>
      )}
      <Remarks models={checked} />
    </section>
  )
}

function headline(models: readonly PageModel[]): string {
  const properties = models.flatMap((model) => model.result?.properties ?? [])
  const wrong = properties.filter((property) => !property.asExpected)
  const open = wrong.filter((property) => property.verdict === 'inconclusive').length
  if (models.length === 0) return 'Verdicts'
  if (wrong.length > open) return `${counted(wrong.length - open, 'verdict')} of ${properties.length} not as expected`
  if (open > 0) return `${counted(open, 'verdict')} of ${properties.length} inconclusive`
  return properties.length === 1
    ? 'The one verdict is as expected'
    : `All ${properties.length} verdicts are as expected`
}

interface GroupShown {
  readonly title: string
  readonly models: readonly PageModel[]
  readonly dispatch: (change: Change) => void
}

function Group({ title, models, dispatch }: GroupShown): JSX.Element | null {
  const found = models.map(
    (model) =>
      new Map(
        (model.result?.properties ?? []).filter((one) => titleOf[one.kind] === title).map((one) => [one.name, one]),
      ),
  )
  const names = [...new Set(found.flatMap((one) => [...one.keys()]))]
  if (names.length === 0) return null
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={models.length + 1}>
          {title}
        </th>
      </tr>
      {names.map((name) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {models.map((model, i) => (
            <td key={model.name}>
              <Cell
                model={model}
                property={found[i]?.get(name)}
                open={(run) => dispatch({ kind: 'run', model: i, run, step: lastOf(model, run) })}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

const lastOf = (model: PageModel, run: number): number => (model.runs[run]?.steps.length ?? 1) - 1

interface CellShown {
  readonly model: PageModel
  readonly property: PageProperty | undefined
  readonly open: (run: number) => void
}

function Cell({ model, property, open }: CellShown): JSX.Element {
  if (property === undefined)
    return (
      <span class="absent" title="This model does not state it.">
        –
      </span>
    )
  const tone = toneOf(property)
  const { verdict, asExpected, measure, reason, warnings } = property
  const text = measure === null || verdict === 'inconclusive' ? verdict : `${measure.min} … ${measure.max}`
  const [first] = property.runs
  const last = first === undefined || measure !== null ? null : lastOf(model, first)
  const title = [
    asExpected ? 'as expected' : 'not as expected',
    ...reason,
    ...warnings.map((one) => `warning: ${one}`),
  ].join('\n')
  // The mark in words, for whoever does not see it.
  const inWords = tone === 'bad' ? 'not as expected' : tone === 'expected' ? 'as expected' : ''
  const body = (
    <>
      <ToneMark tone={tone} />
      {text}
      {inWords === '' ? null : <span class="sr"> {inWords}</span>}
      {last === null ? null : (
        <span class="length">
          {last}
          <span class="sr"> {last === 1 ? 'step' : 'steps'}</span>
        </span>
      )}
      {warnings.length > 0 ? (
        <span class="warning">
          !<span class="sr"> with a warning</span>
        </span>
      ) : null}
    </>
  )
  if (first === undefined) {
    return (
      <span class={`cell cell-${tone}`} title={title}>
        {body}
      </span>
    )
  }
  return (
    <button type="button" class={`cell cell-${tone}`} title={title} onClick={() => open(first)}>
      {body}
    </button>
  )
}

function Figures({ models }: { readonly models: readonly PageModel[] }): JSX.Element {
  const rows: readonly (readonly [string, (result: NonNullable<PageModel['result']>) => string])[] = [
    ['distinct states', ({ states }) => grouped(states.distinct)],
    ['generated', ({ states }) => grouped(states.generated)],
    ['levels', ({ states }) => grouped(states.depth)],
    ['bits a state', ({ stateBits }) => grouped(stateBits)],
    ['time', ({ elapsedMs }) => `${(elapsedMs / 1000).toFixed(2)} s`],
    ['memory', ({ peakBytes }) => bytesText(peakBytes)],
  ]
  return (
    <tbody class="figures">
      <tr class="group">
        <th scope="rowgroup" colSpan={models.length + 1}>
          Explored
        </th>
      </tr>
      {rows.map(([name, text]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {models.map((model) => (
            <td key={model.name}>{model.result === null ? '' : text(model.result)}</td>
          ))}
        </tr>
      ))}
    </tbody>
  )
}

/** What qualifies the verdicts: early stops, assumptions, warnings. */
function Remarks({ models }: { readonly models: readonly PageModel[] }): JSX.Element | null {
  const lines = models.flatMap((model) => {
    const { result } = model
    if (result === null) return []
    const properties = result.properties.flatMap((one) => one.warnings.map((text) => `${one.name}: ${text}`))
    const reductions = result.reductions.join(', ')
    const searched = 'the figures count what was searched, not what the model has'
    return [
      ...(reductions === '' ? [] : [{ model, text: `reduced by ${reductions}: ${searched}`, isWarning: true }]),
      ...(result.complete
        ? []
        : [
            {
              model,
              text: `stopped early: ${result.reason ?? ''}; what is not violated is inconclusive`,
              isWarning: true,
            },
          ]),
      ...result.assumptions.map(({ name, held }) => ({
        model,
        text: `assuming ${name} (held back ${grouped(held)})`,
        isWarning: false,
      })),
      ...[...result.warnings, ...properties].map((text) => ({ model, text, isWarning: true })),
    ]
  })
  if (lines.length === 0) return null
  return (
    <ul class="remarks">
      {lines.map(({ model, text, isWarning }) => (
        <li key={`${model.name} ${text}`} class={isWarning ? 'warning' : ''}>
          <b>{model.name}</b> {text}
        </li>
      ))}
    </ul>
  )
}
