/**
 * The states that one and two steps lead to, as a small graph from left to right. A state goes there when it is clicked.
 */

import type { JSX } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Neighbourhood, PageModel } from '../page-data.ts'
import { ask } from './ask.ts'
import { laneHue } from './colours.ts'
import type { FullState } from './run-states.ts'

interface NearbyShown {
  readonly model: PageModel
  readonly modelIndex: number
  readonly state: FullState
  readonly take: (picks: readonly number[]) => void
}

const width = 366
const rowHeight = 15
const columns = [14, width / 2, width - 14]

export function Nearby({ model, modelIndex, state, take }: NearbyShown): JSX.Element | null {
  const [near, setNear] = useState<Neighbourhood | null>(null)
  useEffect(() => {
    const gone = new AbortController()
    ask<Neighbourhood>({ ask: 'near', model: modelIndex, state: Object.fromEntries(state) }, gone.signal)
      .then(setNear)
      .catch(() => gone.signal.aborted || setNear(null))
    return () => gone.abort()
  }, [modelIndex, state])
  if (near === null || near.nodes.length < 2) return null
  const places = placesOf(near)
  const height =
    rowHeight * (1 + Math.max(...[1, 2].map((ring) => near.nodes.filter((node) => node.distance === ring).length)))
  return (
    <section class="nearby" aria-label="Nearby states">
      <h3>
        Within two steps
        <span class="dim">{near.isCut ? `the first ${near.nodes.length} states` : `${near.nodes.length} states`}</span>
      </h3>
      <svg
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`${near.nodes.length} states within two steps`}
      >
        {near.links.map((link, i) => (
          <path
            key={i}
            class="link"
            style={{ '--hue': `var(--hue-${laneHue(model, link.lane)})` }}
            d={linkPath(places[link.from] ?? origin, places[link.to] ?? origin)}
          >
            <title>{`${link.lane ?? ''} ${link.label}`}</title>
          </path>
        ))}
        {near.nodes.map((node, i) => (
          <circle
            key={i}
            class={i === 0 ? 'here' : 'there'}
            role="button"
            tabIndex={node.picks.length === 0 ? -1 : 0}
            onKeyDown={(event) => event.key === 'Enter' && node.picks.length > 0 && take(node.picks)}
            aria-label={node.picks.length === 0 ? 'this state' : namesOf(near, i)}
            cx={places[i]?.x ?? 0}
            cy={places[i]?.y ?? 0}
            r={i === 0 ? 5 : 4}
            onClick={() => node.picks.length > 0 && take(node.picks)}
          >
            <title>{node.picks.length === 0 ? 'this state' : namesOf(near, i)}</title>
          </circle>
        ))}
      </svg>
    </section>
  )
}

interface Point {
  readonly x: number
  readonly y: number
}

const origin: Point = { x: 0, y: 0 }

/** A column for each distance, its states evenly spread. */
function placesOf(near: Neighbourhood): readonly Point[] {
  const sizes = [0, 1, 2].map((ring) => near.nodes.filter((node) => node.distance === ring).length)
  const height = rowHeight * (1 + Math.max(sizes[1] ?? 0, sizes[2] ?? 0))
  const used = [0, 0, 0]
  return near.nodes.map(({ distance }) => {
    const row = (used[distance] ?? 0) + 1
    used[distance] = row
    return { x: columns[distance] ?? 0, y: (height * (row - 0.5)) / (sizes[distance] ?? 1) }
  })
}

/** Forward links bend gently; one that stays in its column or goes back makes a bow. */
function linkPath(from: Point, to: Point): string {
  const bend = to.x > from.x ? (to.x - from.x) / 2 : 26
  return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - (to.x > from.x ? bend : -bend)} ${to.y} ${to.x} ${to.y}`
}

function namesOf(near: Neighbourhood, node: number): string {
  return near.links
    .filter((link) => link.to === node)
    .map((link) => `${link.lane ?? ''} ${link.label}`)
    .join('\n')
}
