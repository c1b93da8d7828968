/**
 * The run in words: a line for each step, handlers indented by a rail, and what changed.
 */

import type { JSX } from 'preact'
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks'
import type { PageModel, PageRun, PageStep } from '../page-data.ts'
import { laneHue } from './colours.ts'
import { StepName } from './names.tsx'
import type { LeafChange } from './run-states.ts'

export interface StepListShown {
  readonly model: PageModel
  readonly run: PageRun
  readonly step: number
  readonly changes: readonly (readonly LeafChange[])[]
  readonly matches: readonly number[] | null
  readonly onStep: (step: number) => void
}

export function StepList({ model, run, step, changes, matches, onStep }: StepListShown): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => {
    const shown = matches === null ? run.steps.map((_, i) => i) : matches
    return new Map(shown.map((i) => [i, lineOf(model, run, i, changes[i] ?? [], onStep)]))
  }, [model, run, changes, matches, onStep])
  useLayoutEffect(() => {
    const show = (): void => {
      const box = list.current
      const line = box?.querySelector<HTMLElement>('[aria-selected=true]')
      if (box == null || line == null) return
      // From the top of the box, which is positioned.
      const top = line.offsetTop
      if (top < box.scrollTop + 40 || top + line.offsetHeight > box.scrollTop + box.clientHeight - 50)
        box.scrollTop = top - box.clientHeight / 2
    }
    show()
    // Lines that were never in sight have a guessed height; once they are drawn, in the next frame, it is known.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(show)
    })
    return () => cancelAnimationFrame(frame)
  }, [step, matches])
  return (
    <div
      class="steps"
      role="listbox"
      aria-label="Steps"
      tabIndex={0}
      aria-activedescendant={lines.has(step) ? `step-${step}` : undefined}
      ref={list}
    >
      {[...lines].map(([i, line]) => (
        <Selectable key={i} index={i} isSelected={i === step} line={line} />
      ))}
      {lines.size === 0 ? <p class="hint">No step matches.</p> : null}
    </div>
  )
}

interface Line {
  readonly body: JSX.Element
  readonly classes: string
  readonly select: () => void
}

/** The body is the same object from render to render, so that selecting a step costs two lines and not a thousand. */
function Selectable({
  index,
  isSelected,
  line,
}: {
  readonly index: number
  readonly isSelected: boolean
  readonly line: Line
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the whole page move the choice.
    <div
      id={`step-${index}`}
      role="option"
      aria-selected={isSelected}
      tabIndex={-1}
      class={line.classes}
      onClick={line.select}
    >
      {line.body}
    </div>
  )
}

function lineOf(
  model: PageModel,
  run: PageRun,
  i: number,
  changes: readonly LeafChange[],
  onStep: (step: number) => void,
): Line {
  const step = run.steps[i]
  if (step === undefined) throw new Error('a line has no step')
  const { loop } = run
  const last = run.steps.length - 1
  const isInLoop = loop !== null && loop < last && i > loop
  return {
    select: () => onStep(i),
    classes: `step step-${step.kind}${isInLoop ? ' in-loop' : ''}${i === last ? ' last' : ''}`,
    body: (
      <>
        <span class="number">
          {isInLoop && i === loop + 1 ? (
            <span class="loop-mark" title="Here the loop begins.">
              ↺
            </span>
          ) : null}
          {i}
        </span>
        <span class="lane" style={{ '--hue': `var(--hue-${laneHue(model, step.lane)})` }}>
          {step.lane ?? ''}
        </span>
        <span class="what">
          <Rails step={step} />
          <StepName step={step} />
        </span>
        <span class="changes">
          {changes.map((change) => (
            <ChangeText key={change.path} change={change} />
          ))}
        </span>
      </>
    ),
  }
}

function Rails({ step }: { readonly step: PageStep }): JSX.Element {
  const depth = step.kind === 'arrival' ? step.depth - 1 : step.depth
  return (
    <>
      {Array.from({ length: Math.max(0, depth) }, (_, i) => (
        <i key={i} class="rail" />
      ))}
    </>
  )
}

/** A boolean is told by its name alone. */
function ChangeText({ change }: { readonly change: LeafChange }): JSX.Element {
  const { path, before, text } = change
  if (text === 'true') return <span class="change">{path}</span>
  if (text === 'false')
    return (
      <span class="change">
        <span class="not">not</span> {path}
      </span>
    )
  return (
    <span class="change">
      {path} <span class="old">{before}</span>
      <span class="arrow">→</span>
      <span class="new">{text}</span>
    </span>
  )
}
