/**
 * One step from 0 to 1, and the claim that it comes. Here a run may stop before it, unless the step is fair; in Spin a run goes on
 * while it can.
 */

import { action, eventually, model, range, set, state } from 'modelcheck'

const oneStep = (fair: 'weak' | null) => () => {
  const { x } = state({ x: range(0, 1).starts(0) })
  const when = { when: x.is(0), then: set(x, 1) }
  return {
    actions: fair === null ? action('go', {}, () => when) : action('go', {}, () => when, { fair }),
    terminal: true,
    properties: { 'it comes': eventually(x.is(1)) },
  }
}

export const unfair = model('unfair', oneStep(null))
export const fair = model('fair', oneStep('weak'))
