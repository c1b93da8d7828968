/**
 * The state space in figures: how wide each level is, and how the measured values are spread.
 */

import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { counted, grouped } from '../../report/grouped.ts'
import { byValue } from '../../report/histogram.ts'
import type { PageModel, PageProperty, PageResult } from '../page-data.ts'
import { bytesText } from './text.ts'

export function Space({ model }: { readonly model: PageModel }): JSX.Element {
  const { result } = model
  if (result === null) return <p class="hint">The state space is known after a check of {model.name}.</p>
  const measures = result.properties.filter((property) => property.measure !== null)
  return (
    <section class="space" aria-label="State space">
      <header class="headline">
        <h1>{counted(result.states.distinct, 'distinct state')}</h1>
      </header>
      <Levels result={result} />
      <Facts result={result} />
      {measures.map((property) => (
        <Measure key={property.name} property={property} />
      ))}
    </section>
  )
}

const chart = { width: 1000, height: 180 }

function Levels({ result }: { readonly result: PageResult }): JSX.Element {
  const [pointed, point] = useState<number | null>(null)
  const { levels } = result
  const most = Math.max(1, ...levels)
  const x = (i: number): number => (chart.width * i) / Math.max(1, levels.length)
  const y = (n: number): number => chart.height - (chart.height - 6) * (n / most)
  const steps = levels.map((n, i) => `L${x(i)} ${y(n)}L${x(i + 1)} ${y(n)}`).join('')
  const widest = levels.indexOf(most)
  const shown = pointed ?? widest
  return (
    <figure class="levels">
      <figcaption>
        States by distance from the initial states.{' '}
        <b>
          {pointed === null ? 'Widest: level' : 'Level'} {grouped(shown + 1)}
        </b>{' '}
        with {counted(levels[shown] ?? 0, 'state')}.
      </figcaption>
      <svg
        viewBox={`0 0 ${chart.width} ${chart.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${counted(levels.length, 'level')}, the widest is level ${widest + 1} with ${counted(most, 'state')}`}
        onPointerLeave={() => point(null)}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          point(
            Math.min(
              levels.length - 1,
              Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * levels.length)),
            ),
          )
        }}
      >
        <path class="area" d={`M0 ${chart.height}${steps}L${chart.width} ${chart.height}Z`} />
        <rect class="pointed" x={x(shown)} y={0} width={Math.max(1.5, x(1))} height={chart.height} />
      </svg>
      <div class="axis" aria-hidden="true">
        <span>1</span>
        <span>{grouped(levels.length)}</span>
      </div>
    </figure>
  )
}

function Facts({ result }: { readonly result: PageResult }): JSX.Element {
  const { states } = result
  const ratio = (states.generated / Math.max(1, states.distinct)).toFixed(2)
  const facts: readonly (readonly [string, string])[] = [
    ['generated', `${grouped(states.generated)}, ${ratio} for each distinct state`],
    ['initial states', grouped(states.initial)],
    ['terminal states', grouped(states.terminal)],
    ['levels', grouped(states.depth)],
    ['bits a state', grouped(result.stateBits)],
    ['time', `${(result.elapsedMs / 1000).toFixed(2)} s on ${counted(result.workers, 'thread')}`],
    ['memory', bytesText(result.peakBytes)],
    ['digest', result.digest],
    ...result.assumptions.map(({ name, held }): readonly [string, string] => [
      'assuming',
      `${name}: held back ${grouped(held)}`,
    ]),
  ]
  return (
    <dl class="facts">
      {facts.map(([name, text]) => (
        <div key={`${name} ${text}`}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

function Measure({ property }: { readonly property: PageProperty }): JSX.Element {
  const entries = byValue(property.measure?.histogram ?? {})
  const most = Math.max(1, ...entries.map(([, n]) => n))
  return (
    <figure class="measure">
      <figcaption>{property.name}: states by value</figcaption>
      <table>
        <tbody>
          {entries.map(([value, n]) => (
            <tr key={value}>
              <th scope="row">{value}</th>
              <td>
                <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                  <rect width={(100 * n) / most} height="6" rx="1" />
                </svg>
              </td>
              <td class="number">{grouped(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
