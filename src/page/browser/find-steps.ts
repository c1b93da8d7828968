/**
 * Search in a run: the words of the query must all occur in what a step shows, in any order and case.
 */

import type { PageStep } from '../page-data.ts'
import type { Change, PageState } from './page-state.ts'
import type { LeafChange } from './run-states.ts'

/** Everything of a step that a reader sees in its line. */
export function textOfStep(step: PageStep, changes: readonly LeafChange[]): string {
  const changed = changes.map(({ path, before, text }) => `${path} ${before} ${text}`)
  return [step.lane ?? '', step.kind, ...step.path, step.label, step.parameters, ...changed].join(' ').toLowerCase()
}

/** Indices of the steps that match; null when there is no query. */
export function matchingSteps(texts: readonly string[], query: string): readonly number[] | null {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  if (words.length === 0) return null
  return texts.flatMap((text, i) => (words.every((word) => text.includes(word)) ? [i] : []))
}

/** The next match after `step`, or before it, around the end. */
export function nextMatch(matches: readonly number[], step: number, direction: 1 | -1): number | null {
  const ahead = direction === 1 ? matches.find((i) => i > step) : matches.findLast((i) => i < step)
  return ahead ?? (direction === 1 ? matches[0] : matches.at(-1)) ?? null
}

interface Search {
  readonly state: PageState
  readonly matches: readonly number[] | null
  readonly dispatch: (change: Change) => void
}

/** Stays where nothing is searched for, or nothing matches. */
export function goToMatch({ state, matches, dispatch }: Search, direction: 1 | -1): void {
  const found = matches === null ? null : nextMatch(matches, state.step, direction)
  if (found !== null) dispatch({ kind: 'step', step: found })
}
