/**
 * The timeline: a band for each lane, where handlers of exceptions stand on what they interrupted, and under it the strips
 * that the spec declares. Time goes to the right, one column for each step.
 */

import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import { counted } from '../../report/grouped.ts'
import type { PageModel, PageRun } from '../page-data.ts'
import { inkOf, laneHue } from './colours.ts'
import { fitted } from './text.ts'
import { type Lanes, lanesOf, type Mark, segmentsOf, stripValues } from './timeline-geometry.ts'

/** Height of a frame: its name above, the marks of its steps below. */
const level = 27
/** Height of a thread's own code, which needs no name. */
const ground = 19
const lanePad = 9
const ruler = 20
const flagHeight = 9
const stripHeight = 15
const stripGap = 7
const charWidth = 6.3

interface Extent {
  readonly top: number
  readonly height: number
}

interface Placed {
  readonly lanes: Lanes
  /** Of the lanes, and of the rows of each strip. */
  readonly tops: readonly Extent[]
  readonly strips: readonly (readonly Extent[])[]
  readonly height: number
}

function place(model: PageModel, run: PageRun): Placed {
  const lanes = lanesOf(model, run)
  let y = ruler
  const next = (height: number): Extent => {
    const top = y
    y += height
    return { top, height }
  }
  const tops = lanes.rows.map((row) => next(ground + row.depth * level + lanePad))
  y += stripGap
  const strips = model.strips.map(({ rows }) => {
    const placed = rows.map(({ scale }) => next(rows.length > 1 && scale.kind === 'flag' ? flagHeight : stripHeight))
    y += stripGap
    return placed
  })
  return { lanes, tops, strips, height: y }
}

export interface TimelineShown {
  readonly model: PageModel
  readonly run: PageRun
  readonly step: number
  readonly matches: readonly number[] | null
  /** Pixels of a step. */
  readonly column: number
  /** Told how many pixels there are, and again when that changes. */
  readonly onRoom: (room: number) => void
  readonly onStep: (step: number) => void
}

export function Timeline({ model, run, step, matches, column, onRoom, onStep }: TimelineShown): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const observer = new ResizeObserver(() => onRoom(element.clientWidth))
    observer.observe(element)
    onRoom(element.clientWidth)
    return () => observer.disconnect()
  }, [])
  const count = run.steps.length
  const placed = useMemo(() => place(model, run), [model, run])
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return
    const left = step * column
    const margin = Math.min(120, element.clientWidth / 3)
    if (left < element.scrollLeft + margin || left + column > element.scrollLeft + element.clientWidth - margin) {
      element.scrollLeft = left - element.clientWidth / 2
    }
  }, [step, column])
  const drawing = useMemo(
    () => <Drawing model={model} run={run} placed={placed} column={column} matches={matches} />,
    [model, run, placed, column, matches],
  )
  const stepAt = (event: PointerEvent & { readonly currentTarget: Element }): number =>
    Math.min(
      count - 1,
      Math.max(0, Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / column)),
    )
  return (
    <div class="timeline">
      <Labels model={model} placed={placed} />
      <div class="timeline-scroll" ref={scroller}>
        <svg
          width={count * column}
          height={placed.height}
          role="img"
          aria-label={`Timeline of ${counted(count - 1, 'step')} on ${counted(placed.lanes.rows.length, 'lane')}; the list below says the same in words`}
          onPointerDown={(event) => onStep(stepAt(event))}
          onPointerMove={(event) => event.buttons === 1 && onStep(stepAt(event))}
        >
          {drawing}
          <rect class="cursor" x={step * column} y={0} width={column} height={placed.height} rx="3" />
          <text class="cursor-number" x={numberPlace(step, count, column)} y={13} text-anchor="middle">
            {step}
          </text>
        </svg>
      </div>
    </div>
  )
}

/** Half of what a digit takes, in pixels. */
const halfDigit = 3.5

/** The middle of the step's column, but the number stays whole at both ends of narrow columns. */
function numberPlace(step: number, count: number, column: number): number {
  const half = String(step).length * halfDigit
  return Math.max(half, Math.min((step + 0.5) * column, count * column - half))
}

function Labels({ model, placed }: { readonly model: PageModel; readonly placed: Placed }): JSX.Element {
  const label = (key: string, top: number, text: string, hue: number | null): JSX.Element => (
    <div
      key={key}
      class={hue === null ? 'strip-label' : 'lane-label'}
      style={{ top: `${top}px`, ...(hue === null ? {} : { '--hue': `var(--hue-${hue})` }) }}
    >
      {text}
    </div>
  )
  return (
    <div class="timeline-labels" style={{ height: `${placed.height}px` }} aria-hidden="true">
      {placed.lanes.rows.map(({ lane, thread }, i) => {
        const { top, height } = placed.tops[i] ?? { top: 0, height: 0 }
        const text = thread === null || thread === lane ? (lane ?? 'the system') : `${lane} ${thread}`
        return label(`lane ${i}`, top + height - ground - 3, text, laneHue(model, lane))
      })}
      {model.strips.flatMap((strip, s) => {
        const rows = placed.strips[s] ?? []
        const [first] = rows
        if (first === undefined) return []
        const parts = strip.rows.map((row, r) =>
          row.part === '' || row.part.length > 3 ? null : (
            <div key={`part ${s} ${r}`} class="part-label" style={{ top: `${(rows[r]?.top ?? 0) - 2}px` }}>
              {row.part}
            </div>
          ),
        )
        return [label(`strip ${s}`, first.top - 1, strip.name, null), ...parts]
      })}
    </div>
  )
}

interface Drawn {
  readonly model: PageModel
  readonly run: PageRun
  readonly placed: Placed
  readonly column: number
  readonly matches: readonly number[] | null
}

function Drawing({ model, run, placed, column, matches }: Drawn): JSX.Element {
  const width = run.steps.length * column
  return (
    <g>
      <Ruler run={run} column={column} height={placed.height} />
      {placed.tops.map(({ top, height }) => (
        <line
          key={top}
          class="ground"
          x1={0}
          x2={width}
          y1={top + height - lanePad / 2}
          y2={top + height - lanePad / 2}
        />
      ))}
      <Frames model={model} placed={placed} column={column} />
      <Route placed={placed} column={column} />
      <Marks model={model} run={run} placed={placed} column={column} matches={matches} />
      {model.strips.map((_, s) => (
        <StripDrawing key={s} model={model} run={run} placed={placed} column={column} strip={s} />
      ))}
    </g>
  )
}

function Ruler({
  run,
  column,
  height,
}: {
  readonly run: PageRun
  readonly column: number
  readonly height: number
}): JSX.Element {
  const count = run.steps.length
  const every = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((n) => n * column >= 26) ?? 1000
  const ticks = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every)
  const { loop } = run
  return (
    <g>
      {loop !== null && loop < count - 1 ? (
        <g>
          <rect class="loop-band" x={(loop + 1) * column} y={0} width={(count - 1 - loop) * column} height={height} />
          <path class="loop-line" d={`M${count * column - 2} 18V2H${(loop + 1) * column + 2}V18`} />
        </g>
      ) : null}
      {ticks.map((i) => (
        <text key={i} class="tick" x={(i + 0.5) * column} y={13} text-anchor="middle">
          {i}
        </text>
      ))}
    </g>
  )
}

type Band = Pick<Drawn, 'placed' | 'column'>

/** Top of what runs with so many suspended frames. */
function topOf({ tops }: Placed, row: number, frames: number): number {
  const { top = 0, height = 0 } = tops[row] ?? {}
  return top + height - lanePad / 2 - ground - frames * level
}

/** Where the mark of a step stands: in the middle of the ground, or under the name of its frame. */
function markHeight(placed: Placed, { row, level: frames }: Mark): number {
  return topOf(placed, row, frames) + (frames === 0 ? ground / 2 : level - 8)
}

function Frames({ model, placed, column }: Band & { readonly model: PageModel }): JSX.Element {
  return (
    <g>
      {placed.lanes.frames.map((frame) => {
        const x = frame.from * column
        const width = (frame.to - frame.from) * column
        const y = topOf(placed, frame.row, frame.level)
        const hue = laneHue(model, placed.lanes.rows[frame.row]?.lane ?? null)
        return (
          <g key={`${frame.row} ${frame.level} ${frame.from}`} class="frame" style={{ '--hue': `var(--hue-${hue})` }}>
            <path d={blockPath(x + 1, y + 1, width - (frame.isOpen ? 0 : 2), level - 2, frame.isOpen)} />
            <text x={x + 7} y={y + 11}>
              {fitted(frame.label, Math.floor((width - 10) / charWidth))}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** A block with round corners; one that goes on beyond the run has an open end. */
function blockPath(x: number, y: number, width: number, height: number, isOpen: boolean): string {
  const r = Math.min(3, width / 2)
  const right = isOpen
    ? `H${x + width}V${y + height}`
    : `H${x + width - r}q${r} 0 ${r} ${r}v${height - 2 * r}q0 ${r} ${-r} ${r}`
  return `M${x + r} ${y}${right}H${x + r}q${-r} 0 ${-r} ${-r}v${-(height - 2 * r)}q0 ${-r} ${r} ${-r}Z`
}

/** The thread of the story: from one step to the next, over all lanes. */
function Route({ placed, column }: Band): JSX.Element {
  const points = placed.lanes.marks.flatMap((mark, i) =>
    mark === null ? [] : [`${(i + 0.5) * column} ${markHeight(placed, mark)}`],
  )
  return <path class="route" d={points.length > 1 ? `M${points.join('L')}` : ''} />
}

function Marks({ model, run, placed, column, matches }: Drawn): JSX.Element {
  const radius = Math.min(4.5, Math.max(2, column / 3))
  const found = matches === null ? null : new Set(matches)
  return (
    <g>
      {placed.lanes.marks.map((mark, i) => {
        const step = run.steps[i]
        if (mark === null || step === undefined) return null
        const hue = laneHue(model, step.lane)
        const x = (i + 0.5) * column
        const y = markHeight(placed, mark)
        const kind = found === null || found.has(i) ? `mark mark-${step.kind}` : `mark mark-${step.kind} faded`
        return (
          <path key={i} class={kind} style={{ '--hue': `var(--hue-${hue})` }} d={markPath(step.kind, x, y, radius)}>
            <title>{`${i}  ${step.lane ?? ''}  ${step.label}`}</title>
          </path>
        )
      })}
    </g>
  )
}

/** An arrival points down into the lane, an action is a diamond, a step a disc. */
function markPath(kind: string, x: number, y: number, r: number): string {
  if (kind === 'arrival') return `M${x - r - 1} ${y - r}h${2 * r + 2}L${x} ${y + r + 1}Z`
  if (kind === 'action') return `M${x} ${y - r - 1}l${r + 1} ${r + 1}l${-r - 1} ${r + 1}l${-r - 1} ${-r - 1}Z`
  return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`
}

function StripDrawing({
  model,
  run,
  placed,
  column,
  strip,
}: Omit<Drawn, 'matches'> & { readonly strip: number }): JSX.Element {
  return (
    <g>
      {(model.strips[strip]?.rows ?? []).map((row, r) => {
        const { top = 0, height = 0 } = placed.strips[strip]?.[r] ?? {}
        return segmentsOf(stripValues(run, strip, r)).map(({ from, to, value }) => {
          const { hue, strength } = inkOf(model, row, strip, value)
          const width = (to - from) * column
          const text =
            row.scale.kind === 'flag' ? '' : fitted(String(value ?? '–'), Math.floor((width - 6) / charWidth))
          return (
            <g
              key={`${r} ${from}`}
              class={strength > 0.5 ? 'strip strong' : 'strip'}
              style={{ '--hue': `var(--hue-${hue})`, '--strength': strength }}
            >
              <rect x={from * column + 0.5} y={top + 0.5} width={Math.max(1, width - 1)} height={height - 1.5} rx="1.5">
                <title>{`${model.strips[strip]?.name}${row.part === '' ? '' : `.${row.part}`} = ${value} (steps ${from} to ${to - 1})`}</title>
              </rect>
              {height < stripHeight || text === '' ? null : (
                <text x={from * column + 5} y={top + 11}>
                  {text}
                </text>
              )}
            </g>
          )
        })
      })}
    </g>
  )
}
