/**
 * How lanes, threads and steps are called, wherever they are named.
 */

import type { JSX } from 'preact'
import type { PageModel, PageStep } from '../page-data.ts'
import { laneHue } from './colours.ts'

interface LaneShown {
  readonly model: PageModel
  readonly lane: string | null
  /** What is written in the lane's colour: its own name, or a thread's. */
  readonly name?: string
}

export function Lane({ model, lane, name }: LaneShown): JSX.Element {
  return (
    <span class="lane-chip" style={{ '--hue': `var(--hue-${laneHue(model, lane)})` }}>
      {`${name ?? lane} `}
    </span>
  )
}

interface StepNameShown {
  readonly step: Pick<PageStep, 'kind' | 'path' | 'label' | 'parameters'>
  /** The model error that the step raises. */
  readonly error?: string | null
}

/** After the routine that it is in, unless that is what it is called itself. */
export function StepName({ step, error = null }: StepNameShown): JSX.Element {
  const routine = step.path.at(-1)
  return (
    <span class="name">
      {step.kind === 'arrival' ? <span class="arrives">▾ </span> : null}
      {routine === undefined || routine === step.label ? null : <span class="routine">{routine}: </span>}
      {step.label}
      {step.parameters === '' ? null : <span class="parameters"> {step.parameters}</span>}
      {error === null ? null : <span class="error"> {error}</span>}
    </span>
  )
}
