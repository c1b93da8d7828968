/**
 * What is dead, by examples whose figures are known.
 */

import { expect, it } from 'vitest'
import { filterLock } from '../../specs/filter-lock.ts'
import {
  all,
  at,
  choose,
  eventually,
  forever,
  model,
  never,
  range,
  set,
  state,
  step,
  threads,
} from '../../src/language/index.ts'
import { checkSpec, countsOf, verdictsOf } from '../support/build.ts'

const reduce = ['dead-variables'] as const

it('finds the states and transitions that Spin finds with its dead-variable elimination', async () => {
  const found = await checkSpec(filterLock, { set: { processes: 3 }, reduce, memoryBytes: 2 ** 26 })

  expect(countsOf(found).slice(0, 2)).toEqual([1929, 4870])
})

const scratch = model('scratch', () => {
  const { x, y } = state({ x: range(0, 3).starts(0), y: range(0, 3).starts(0) })
  const t = threads(['t'], { fair: 'weak' }, () =>
    forever(
      step(
        'draw',
        choose('n', [0, 1, 3], (n) => set(x, n)),
      ),
      step('copy', set(y, x)),
      step('use', set(x, y)),
      step('rest'),
    ),
  )
  return {
    threads: t,
    properties: { small: never(all(at(t.t, 'rest'), x.is(3))), again: eventually(at(t.t, 'rest')) },
  }
})

it('keeps a variable that a judged property reads, and tells the run with the values that it has', async () => {
  const whole = await checkSpec(scratch)
  const reduced = await checkSpec(scratch, { reduce })

  expect(verdictsOf(reduced)).toEqual(verdictsOf(whole))
  expect(reduced.states.distinct).toBeLessThan(whole.states.distinct)
  expect(reduced.properties[0]?.trace).toEqual(whole.properties[0]?.trace)
})

it('is said in the result', async () => {
  expect((await checkSpec(scratch, { reduce })).reductions).toEqual(['dead-variables'])
  expect((await checkSpec(scratch)).reductions).toEqual([])
})
