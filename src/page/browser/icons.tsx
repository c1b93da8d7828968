/**
 * Verdicts as small marks that differ in shape, not only in colour.
 */

import type { JSX } from 'preact'
import type { PageRun } from '../page-data.ts'

type Tone = PageRun['tone']

const shapes: { readonly [K in Tone]: JSX.Element } = {
  good: <path d="M3.5 8.5l3 3 6-7" />,
  expected: <path d="M8 3.2v6M8 11.8v1" />,
  bad: <path d="M4 4l8 8M12 4l-8 8" />,
  neutral: <path d="M3.5 8h9" />,
}

export function ToneMark({ tone }: { readonly tone: Tone }): JSX.Element {
  return (
    <svg class={`tone tone-${tone}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[tone]}
    </svg>
  )
}
