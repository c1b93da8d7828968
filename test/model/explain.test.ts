/**
 * Reasons: the guilty part of a predicate, its premises, and the step since which each value has stood.
 */

import { expect, it } from 'vitest'
import {
  action,
  all,
  always,
  at,
  bool,
  branch,
  check,
  count,
  type Expr,
  each,
  forever,
  implies,
  model,
  never,
  next,
  not,
  oneOf,
  range,
  set,
  state,
  step,
  stepwise,
  threads,
  until,
} from '../../src/language/index.ts'
import { checkSpec } from '../support/build.ts'

async function reasonsOf(builder: Parameters<typeof checkSpec>[0]): Promise<readonly (readonly string[])[]> {
  return (await checkSpec(builder)).properties
    .filter(({ verdict }) => verdict === 'violated')
    .map(({ reason }) => reason)
}

it('tells guilty parts first, then premises, each with the step that changed it last', async () => {
  const relay = model('relay', () => {
    const { phase, armed, count } = state({
      phase: oneOf(['low', 'high']).starts('low'),
      armed: bool.starts(true),
      count: range(0, 3).starts(0),
    })
    return {
      actions: [
        action('tick', {}, () => ({ when: count.lt(2), then: set(count, count.plus(1)) })),
        action('rise', {}, () => ({ lane: 'cpu', when: [phase.is('low'), count.is(2)], then: set(phase, 'high') })),
      ],
      terminal: phase.is('high'),
      properties: { claim: always(implies(phase.is('high'), all(armed, count.lt(2)))) },
    }
  })

  expect(await reasonsOf(relay)).toEqual([
    ['count < 2 fails: count is 2, since step 2 (tick)', 'while phase is high, since step 3 (cpu rise)'],
  ])
})

it('tells what never changed as such, and threads by where they stand', async () => {
  const walker = model('walker', () => {
    const { locked } = state({ locked: bool.starts(false) })
    const walk = threads(['w'], {}, () => forever(step('a'), step('b')))
    return { threads: walk, properties: { claim: always(implies(at(walk.w, 'b'), locked)) } }
  })

  expect(await reasonsOf(walker)).toEqual([['locked is false, as from the start', "while w is at 'b', since step 1"]])
})

it('tells both ends of a step that breaks a step property', async () => {
  const counter = model('counter', () => {
    const { x } = state({ x: range(0, 3).starts(1) })
    return {
      actions: [action('jump', {}, () => ({ when: x.is(1), then: set(x, 3) }))],
      terminal: not(x.is(1)),
      properties: { 'by one': stepwise(next(x).le(x.plus(1))) },
    }
  })

  expect(await reasonsOf(counter)).toEqual([['next(x) <= x + 1 fails: next(x) is 3; x is 1, as from the start']])
})

it('explains a check where it stands in its effect, after what stands before it there', async () => {
  const account = model('account', () => {
    const { balance, fee } = state({ balance: range(-3, 3).starts(1), fee: range(0, 3).starts(0) })
    return {
      actions: [
        action('charge', {}, () => ({ when: fee.is(0), then: set(fee, 2) })),
        action('pay', {}, () => ({
          when: [fee.gt(0), balance.gt(0)],
          then: [set(balance, balance.minus(fee)), check(balance.ge(0), 'never in debt'), set(balance, 0)],
        })),
      ],
      terminal: true,
    }
  })

  expect(await reasonsOf(account)).toEqual([['balance >= 0 fails: balance is -1, since step 2 (pay)']])
})

it('explains a deadlock by what holds back each thread where it stands', async () => {
  const embrace = model('embrace', () => {
    const { left, right } = state({ left: bool.starts(false), right: bool.starts(false) })
    const take = (first: typeof left, second: typeof left) =>
      forever(
        until('first', not(first), set(first, true)),
        until('second', not(second), set(second, true)),
        step('give back', set(first, false), set(second, false)),
      )
    return {
      threads: { ...threads(['a'], {}, () => take(left, right)), ...threads(['b'], {}, () => take(right, left)) },
    }
  })

  expect(await reasonsOf(embrace)).toEqual([
    [
      'no action is enabled, and the model may not stop here',
      'a second: right is true, since step 2 (b first)',
      'b second: left is true, since step 1 (a first)',
    ],
  ])
})

it('does not say of a deadlock what plain values rule out anyway', async () => {
  const pairs = model('pairs', () => {
    const { n } = state({ n: range(0, 2).starts(0) })
    const move = action('move', { from: 2, to: 2 }, ({ from, to }) => ({
      when: [from !== to, n.is(from), to === 1],
      then: set(n, 2),
    }))
    return { actions: move }
  })

  expect(await reasonsOf(pairs)).toEqual([
    ['no action is enabled, and the model may not stop here', 'move (from=0, to=1): n is 2, since step 1 (move)'],
  ])
})

it('tells of a count how many hold, and then why: of those there are too many of, or of those that are missing', async () => {
  const claims = (flags: readonly Expr<boolean>[], most: Expr<number>) => ({
    'at most one': always(count(flags, (flag) => flag).le(1)),
    'more than two': always(most.lt(count(flags, (flag) => flag))),
    'as many': always(count(flags, (flag) => flag).is(most)),
  })
  const flags = model('flags', () => {
    const { flag, most } = state({ flag: each(3, bool).starts(false), most: range(0, 3).starts(2) })
    const raise = (i: number) => set(flag.at(i), true)
    return {
      initially: [raise(0), raise(2)],
      actions: action('lower the limit', {}, () => ({ when: most.is(2), then: set(most, 1) })),
      terminal: most.is(1),
      properties: claims(
        [0, 1, 2].map((i) => flag.at(i)),
        most,
      ),
    }
  })

  expect(await reasonsOf(flags)).toEqual([
    ['count(…) <= 1 fails: it is 2 of 3', 'flag[0] is true, as from the start', 'flag[2] is true, as from the start'],
    ['most < count(…) fails: it is 2 of 3; most is 2, as from the start', 'flag[1] is false, as from the start'],
    [
      'count(…) = most fails: it is 2 of 3; most is 1, since step 1 (lower the limit)',
      'flag[0] is true, as from the start',
      'flag[2] is true, as from the start',
    ],
  ])
})

it('names a test once, whichever way it goes', async () => {
  const testing = model('testing', () => {
    const { open } = state({ open: bool.starts(false) })
    const { t } = threads(['t'], {}, () => branch('test', open, step('enter')))
    return { threads: t, properties: { 'no test': never(at(t, 'test')) } }
  })

  expect(await reasonsOf(testing)).toEqual([["t is at 'test', as from the start"]])
})
