/**
 * Coverage: how often each action and each line of each routine was taken. A line that is never taken is the first sign
 * that a model says nothing, so those come first.
 */

import type { JSX } from 'preact'
import type { PageAction, PageModel } from '../page-data.ts'
import { counted, grouped } from './text.ts'

interface Taken {
  readonly action: PageAction
  readonly generated: number
  readonly distinct: number
}

export function Coverage({ model }: { readonly model: PageModel }): JSX.Element {
  const taken = model.actions.map((action, i): Taken => {
    const { generated = 0, distinct = 0 } = model.result?.coverage[i] ?? {}
    return { action, generated, distinct }
  })
  if (model.result === null) return <p class="hint">Coverage is known after a check of {model.name}.</p>
  const never = taken.filter((one) => one.generated === 0)
  const most = Math.max(1, ...taken.map((one) => one.generated))
  const parts = [
    { title: 'Actions', lines: taken.filter((one) => one.action.kind === 'action') },
    { title: 'Arrivals', lines: taken.filter((one) => one.action.kind === 'arrival') },
    { title: 'Lines of routines', lines: taken.filter((one) => one.action.kind === 'step') },
  ]
  return (
    <section class="coverage" aria-label="Coverage">
      <header class="headline">
        <h1>
          {never.length === 0
            ? `All ${counted(taken.length, 'action')} and lines are taken`
            : `${never.length} of ${counted(taken.length, 'action')} and lines are never taken`}
        </h1>
      </header>
      {never.length > 0 ? (
        <ul class="never">
          {never.map(({ action }) => (
            <li key={action.name}>
              <code>{action.name}</code> <span class="place">{action.place}</span>
            </li>
          ))}
        </ul>
      ) : null}
      <table class="lines">
        <thead>
          <tr>
            <th scope="col">action</th>
            <th scope="col" class="number">
              taken
            </th>
            <th scope="col" class="bar-head">
              <span class="sr">share, logarithmic</span>
            </th>
            <th scope="col" class="number">
              new states
            </th>
            <th scope="col">where</th>
          </tr>
        </thead>
        {parts
          .filter((part) => part.lines.length > 0)
          .map((part) => (
            <tbody key={part.title}>
              <tr class="group">
                <th scope="rowgroup" colSpan={5}>
                  {part.title}
                </th>
              </tr>
              {part.lines.map((line, i) => (
                <Line key={line.action.name} line={line} most={most} before={part.lines[i - 1]} />
              ))}
            </tbody>
          ))}
      </table>
    </section>
  )
}

/** A path is written once, where it begins. */
function Line({
  line,
  most,
  before,
}: {
  readonly line: Taken
  readonly most: number
  readonly before: Taken | undefined
}): JSX.Element {
  const { action, generated, distinct } = line
  const path = action.path.join(' › ')
  const isFirst = path !== (before?.action.path.join(' › ') ?? '')
  const share = Math.log(generated + 1) / Math.log(most + 1)
  return (
    <>
      {isFirst && path !== '' ? (
        <tr class="path">
          <th scope="rowgroup" colSpan={5}>
            {path}
          </th>
        </tr>
      ) : null}
      <tr class={generated === 0 ? 'dead' : ''}>
        <th scope="row" style={{ paddingLeft: `${path === '' ? 0 : 18}px` }}>
          {action.label}
        </th>
        <td class="number">{generated === 0 ? 'never' : grouped(generated)}</td>
        <td>
          <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={100 * share} height="6" rx="1" />
          </svg>
        </td>
        <td class="number dim">{grouped(distinct)}</td>
        <td class="place">{action.place}</td>
      </tr>
    </>
  )
}
