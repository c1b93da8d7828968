/**
 * What stands in the place of something that the explorer's server did not tell.
 */

import type { JSX } from 'preact'

interface UnansweredShown {
  /** What would stand here. */
  readonly name: string
  readonly complaint: string
}

export function Unanswered({ name, complaint }: UnansweredShown): JSX.Element {
  return (
    <section class="unanswered" aria-label={name}>
      <h3>{name}</h3>
      <p class="error">{complaint}</p>
    </section>
  )
}
