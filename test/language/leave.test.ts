/**
 * `leave`: which loop and which routine it leaves, where several are around it.
 */

import { expect, it } from 'vitest'
import {
  type Lines,
  leave,
  loop,
  model,
  range,
  reachable,
  routines,
  set,
  state,
  step,
  threads,
} from '../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../support/build.ts'

/** Lines that run in an inner routine; the outer one calls it and goes on, and so does the thread. */
const nested = (inner: Lines) =>
  model('nested', () => {
    const { x } = state({ x: range(0, 3).starts(0) })
    const { t } = threads(['t'], {}, () => {
      const code = routines(
        {
          inner: () => [step('in the inner', set(x, 1)), inner],
          outer: (k) => [k.code.inner(), step('back in the outer', set(x, 2))],
        },
        {},
      )
      return [code.outer(), step('back in the thread', set(x, 3))]
    })
    return { threads: t, properties: { outer: reachable(x.is(2)), thread: reachable(x.is(3)) } }
  })

it('leaves the innermost routine only', async () => {
  const result = await checkSpec(nested(leave('routine')))

  expect(verdictsOf(result)).toMatchObject({ outer: 'reached', thread: 'reached' })
})

it('leaves the innermost loop only, without a step of its own', async () => {
  const result = await checkSpec(
    nested([loop('around', true, [loop('within', true, [leave('loop')]), step('between'), leave('routine')])]),
  )

  expect(verdictsOf(result)).toMatchObject({ outer: 'reached', thread: 'reached' })
  // Before each of: in the inner, around, within, between, back in the outer, back in the thread; and done.
  expect(result.states.distinct).toBe(7)
})
