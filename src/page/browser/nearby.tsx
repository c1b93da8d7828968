/**
 * What lies around a state, as a small graph from left to right: where the run comes from, or every state that leads here; the state; and
 * the states that one and two steps lead to. A state goes there when it is clicked.
 */

import type { JSX } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { counted, grouped } from '../../report/grouped.ts'
import type { Before, Neighbourhood, PageModel, PageStep } from '../page-data.ts'
import { laneHue } from './colours.ts'
import { type FullState, plain } from './run-states.ts'
import { Unanswered } from './unanswered.tsx'
import { useAnswer } from './use-answer.ts'
import type { Explorer } from './use-explorer.ts'

interface NearbyShown {
  readonly explorer: Explorer
  readonly model: PageModel
  readonly modelIndex: number
  readonly state: FullState
  /** The step of the run that led here; null in an initial state. */
  readonly came: PageStep | null
  readonly back: () => void
}

const width = 366
const rowHeight = 15
/** The states before, the state itself, and those one and two steps on. */
const columns = [12, 96, 230, width - 12]

export function Nearby({ explorer, model, modelIndex, state, came, back }: NearbyShown): JSX.Element | null {
  const question = useMemo(() => ({ ask: 'near', model: modelIndex, state: plain(state) }), [modelIndex, state])
  const { answer: near, complaint, isCurrent } = useAnswer<Neighbourhood>(question)
  const [before, setBefore] = useState<Before | null>(null)
  useEffect(() => setBefore(null), [question])
  if (complaint !== null) return <Unanswered name="Around this state" complaint={complaint} />
  if (near === null) return null
  // The picture of the state before stays until there is another one; its ways lead from there.
  const take = (picks: readonly number[]): void => {
    if (isCurrent) explorer.take(picks)
  }
  const sources =
    before?.steps.map(({ way, state: from }) => ({ ...way, go: () => explorer.reach(from) })) ??
    (came === null ? [] : [{ lane: came.lane, label: came.label, go: back }])
  return (
    <section class="nearby" aria-label="Nearby states">
      <h3>
        Around this state
        <span class="dim">
          {near.isCut ? 'the first ' : ''}
          {counted(near.nodes.length, 'state')}
        </span>
      </h3>
      <Picture near={near} sources={sources} model={model} take={take} />
      <p class="sources">
        <button type="button" class="small" aria-disabled={explorer.isBusy} onClick={() => explorer.before(setBefore)}>
          every state before
        </button>
        {before === null ? null : <span class="dim">{beforeText(before)}</span>}
      </p>
    </section>
  )
}

function beforeText({ steps, count, distinct, reason }: Before): string {
  const shown = `${steps.length < count ? `the first ${grouped(steps.length)} of ` : ''}${counted(count, 'step')}`
  const leads = count === 1 ? 'leads' : 'lead'
  const looked = `${reason === null ? 'all ' : ''}${counted(distinct, 'state')}`
  return `${shown} ${leads} here, of ${looked}${reason === null ? '' : ` (${reason})`}`
}

interface Source {
  readonly lane: string | null
  readonly label: string
  readonly go: () => void
}

interface PictureShown {
  readonly near: Neighbourhood
  readonly sources: readonly Source[]
  readonly model: PageModel
  readonly take: (picks: readonly number[]) => void
}

function Picture({ near, sources, model, take }: PictureShown): JSX.Element {
  const rings = [1, 2].map((ring) => near.nodes.filter((node) => node.distance === ring).length)
  const height = rowHeight * (1 + Math.max(sources.length, ...rings))
  const places = placesOf(near, height)
  const here = places[0] ?? { x: columns[1] ?? 0, y: height / 2 }
  const placeOf = (i: number): Point => ({ x: columns[0] ?? 0, y: (height * (i + 0.5)) / sources.length })
  const links = [
    ...sources.map(({ lane, label }, i) => ({ lane, label, from: placeOf(i), to: here })),
    ...near.links.map(({ lane, label, from, to }) => ({
      ...{ lane, label },
      from: places[from] ?? here,
      to: places[to] ?? here,
    })),
  ]
  return (
    // biome-ignore lint/a11y/useSemanticElements: what may be a group in a drawing is the drawing.
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Graph of states">
      {links.map((link, i) => (
        <path
          key={i}
          class="link"
          style={{ '--hue': `var(--hue-${laneHue(model, link.lane)})` }}
          d={linkPath(link.from, link.to)}
        >
          <title>{nameOf(link)}</title>
        </path>
      ))}
      {sources.map((source, i) => (
        <Node key={`before ${i}`} at={placeOf(i)} name={`before: ${nameOf(source)}`} go={source.go} />
      ))}
      {near.nodes.map((node, i) => (
        <Node
          key={i}
          at={places[i] ?? here}
          name={i === 0 ? 'this state' : namesOf(near, i)}
          go={i === 0 ? null : () => take(node.picks)}
        />
      ))}
    </svg>
  )
}

interface NodeShown {
  readonly at: Point
  readonly name: string
  /** Null: the state that is shown already. */
  readonly go: (() => void) | null
}

function Node({ at, name, go }: NodeShown): JSX.Element {
  if (go === null) {
    return (
      <circle class="here" cx={at.x} cy={at.y} r={5}>
        <title>{name}</title>
      </circle>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: inside of a drawing there are no buttons.
    <circle
      class="there"
      role="button"
      tabindex={0}
      aria-label={name}
      cx={at.x}
      cy={at.y}
      r={4}
      onClick={go}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === ' ') go()
      }}
    >
      <title>{name}</title>
    </circle>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

/** A column for each distance, its states evenly spread. */
function placesOf(near: Neighbourhood, height: number): readonly Point[] {
  const sizes = [0, 1, 2].map((ring) => near.nodes.filter((node) => node.distance === ring).length)
  const used = [0, 0, 0]
  return near.nodes.map(({ distance }) => {
    const row = (used[distance] ?? 0) + 1
    used[distance] = row
    return { x: columns[distance + 1] ?? 0, y: (height * (row - 0.5)) / (sizes[distance] ?? 1) }
  })
}

/** Forward links bend gently; one that stays in its column or goes back makes a bow. */
function linkPath(from: Point, to: Point): string {
  const bend = to.x > from.x ? (to.x - from.x) / 2 : 26
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - (to.x > from.x ? bend : -bend)} ${to.y} ${to.x} ${to.y}`
}

const nameOf = ({ lane, label }: { readonly lane: string | null; readonly label: string }): string =>
  lane === null ? label : `${lane} ${label}`

const namesOf = (near: Neighbourhood, node: number): string =>
  near.links
    .filter((link) => link.to === node)
    .map(nameOf)
    .join('\n')
