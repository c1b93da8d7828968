/**
 * Coverage: how often each action and each line of each routine was taken, and by which threads. A line that is never taken is the
 * first sign that a model says nothing, so those come first.
 */

import type { JSX } from 'preact'
import { grouped } from '../../report/grouped.ts'
import type { PageAction, PageCoverage, PageModel } from '../page-data.ts'
import { Lane } from './names.tsx'

interface Taken extends PageCoverage {
  readonly action: PageAction
}

export function Coverage({ model }: { readonly model: PageModel }): JSX.Element {
  const { result } = model
  if (result === null) return <p class="hint">Coverage is known after a check of {model.name}.</p>
  const taken = model.actions.map((action, i): Taken => {
    const { generated = 0, distinct = 0, threads = [] } = result.coverage[i] ?? {}
    return { action, generated, distinct, threads }
  })
  const parts = [
    { title: 'Actions', lines: taken.filter((one) => one.action.kind === 'action') },
    { title: 'Arrivals', lines: taken.filter((one) => one.action.kind === 'arrival') },
    { title: 'Lines of routines', lines: taken.filter((one) => one.action.kind === 'step') },
  ]
  const figures = {
    most: Math.max(1, ...taken.map((one) => one.generated)),
    found: Math.max(1, result.states.distinct - result.states.initial),
    untaken: result.untaken,
  }
  return (
    <section class="coverage" aria-label="Coverage">
      <Never model={model} taken={taken} word={result.untaken} />
      <div class="scroll">
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
              <th scope="col" class="number" colSpan={2}>
                new states
              </th>
              <th scope="col">by</th>
              <th scope="col">where</th>
            </tr>
          </thead>
          {parts
            .filter((part) => part.lines.length > 0)
            .map((part) => (
              <tbody key={part.title}>
                <tr class="group">
                  <th scope="rowgroup" colSpan={columns}>
                    {part.title}
                  </th>
                </tr>
                {part.lines.map((line, i) => (
                  <Line key={line.action.name} {...{ model, line, figures }} before={part.lines[i - 1]} />
                ))}
              </tbody>
            ))}
        </table>
      </div>
    </section>
  )
}

const columns = 7

interface NeverShown {
  readonly model: PageModel
  readonly taken: readonly Taken[]
  readonly word: string
}

/** What nobody takes, and what some thread never takes although another does. */
function Never({ model, taken, word }: NeverShown): JSX.Element {
  const never = taken.filter((one) => one.generated === 0)
  const partly = taken.filter((one) => one.generated > 0 && one.threads.some((thread) => thread.generated === 0))
  return (
    <>
      <header class="headline">
        <h1>{takenText(taken.length, never.length, word)}</h1>
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
      {partly.length > 0 ? (
        <details class="partly">
          <summary>
            {grouped(partly.length)} more {partly.length === 1 ? 'is' : 'are'} {word} taken by some thread that has it
          </summary>
          <ul>
            {partly.map(({ action, threads }) => (
              <li key={action.name}>
                {threads
                  .filter((thread) => thread.generated === 0)
                  .map((thread) => (
                    <ThreadName key={thread.name} model={model} name={thread.name} />
                  ))}
                <code>{action.name}</code> <span class="place">{action.place}</span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  )
}

function takenText(all: number, never: number, word: string): string {
  if (all === 1) return `The one action is ${never === 0 ? '' : `${word} `}taken`
  const what = `${grouped(all)} actions and lines`
  return never === 0
    ? `All ${what} are taken`
    : `${grouped(never)} of ${what} ${never === 1 ? 'is' : 'are'} ${word} taken`
}

interface LineShown {
  readonly model: PageModel
  readonly line: Taken
  readonly before: Taken | undefined
  /** Most often taken of all; states found by steps; what to say of what was not counted. */
  readonly figures: { readonly most: number; readonly found: number; readonly untaken: string }
}

/** A path is written once, where it begins. */
function Line({ model, line, before, figures }: LineShown): JSX.Element {
  const { action, generated, distinct, threads } = line
  const path = action.path.join(' › ')
  const isFirst = path !== (before?.action.path.join(' › ') ?? '')
  const width = Math.log(generated + 1) / Math.log(figures.most + 1)
  return (
    <>
      {isFirst && path !== '' ? (
        <tr class="path">
          <th scope="rowgroup" colSpan={columns}>
            {path}
          </th>
        </tr>
      ) : null}
      <tr class={generated === 0 ? 'dead' : ''}>
        <th scope="row" style={{ paddingLeft: `${path === '' ? 0 : 18}px` }}>
          {action.label}
        </th>
        <td class="number">{generated === 0 ? figures.untaken : grouped(generated)}</td>
        <td>
          <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
            <rect width={100 * width} height="6" rx="1" />
          </svg>
        </td>
        <td class="number dim">{grouped(distinct)}</td>
        <td class="number dim">{((100 * distinct) / figures.found).toFixed(1)}%</td>
        <td class="by">
          {threads.length < 2 || generated === 0
            ? null
            : threads.map((thread) => (
                <span key={thread.name}>
                  <ThreadName model={model} name={thread.name} />
                  {thread.generated === 0 ? <b class="dead">never</b> : grouped(thread.generated)}
                </span>
              ))}
        </td>
        <td class="place">{action.place}</td>
      </tr>
    </>
  )
}

function ThreadName({ model, name }: { readonly model: PageModel; readonly name: string }): JSX.Element {
  const lane = model.threads.find((thread) => thread.name === name)?.lane ?? null
  return <Lane model={model} lane={lane} name={name} />
}
