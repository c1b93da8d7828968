/**
 * QRCU, a read-copy-update whose updaters are quick when nobody reads. Readers count themselves into one of two counters;
 * an updater flips the index and waits until nobody counts under the old one. It skips that if the two counters, read one
 * after the other in any order, add up to at most one. Two readings of a moving target can miss a reader: it looks twice.
 * Source: McKenney, Is Parallel Programming Hard, on formal verification with Promela: Nesterov's algorithm.
 */

import {
  bool, branch, check, choose, constant, each, either, type Expr, forever, leave, model, names, not, oneOf, range,
  set, setOf, state, step, threads, until,
} from 'modelcheck'

const constants = { readers: constant(range(1, 4), 2), updaters: constant(range(1, 3), 2) }

interface Size {
  readonly readers: number
  readonly updaters: number
}

/** An updater adds the counters up once, or twice, before it believes that there is no reader. */
const looking = (looks: 'once' | 'twice', { readers, updaters }: Size) => {
  const readerIds = names('reader', readers)
  const side = range(0, 1)
  const other = (one: Expr<number>) => one.plus(1).mod(2)
  const { index, counter, reading, mutex } = state({
    index: side.starts(0),
    counter: each(side, range(0, readers + 1)).starts([1, 0]),
    reading: setOf(oneOf(readerIds)).starts([]),
    mutex: bool.starts(false),
  })

  const reader = threads(readerIds, { locals: { mine: side.starts(0) } }, (me, { mine }) => [
    forever(
      step('mine := index', set(mine, index)),
      either(
        [until('count in', counter.at(mine).gt(0), set(counter.at(mine), counter.at(mine).plus(1))), leave('loop')],
        until('closed', counter.at(mine).is(0)),
      ),
    ),
    step('read lock', set(reading, reading.with(me))),
    step('read unlock', set(reading, reading.without(me))),
    step('count out', set(counter.at(mine), counter.at(mine).minus(1))),
  ])

  const locals = {
    before: setOf(oneOf(readerIds)).starts([]),
    sum: range(0, 2 * readers + 2).starts(0),
    unread: side.starts(0),
  }
  const updater = threads(names('updater', updaters), { locals }, (_, { before, sum, unread }) => {
    const addUp = () => [
      step('sum := one', choose('one', side, (one) => [set(sum, counter.at(one)), set(unread, 1 - one)])),
      step('sum += other', set(sum, sum.plus(counter.at(unread)))),
    ]
    return [
      step('note the readers', set(before, reading)),
      addUp(),
      looks === 'twice' && branch('sum <= 1?', sum.le(1), addUp()),
      branch('sum > 1?', sum.gt(1), [
        until('lock', not(mutex), set(mutex, true)),
        step('open the other', set(counter.at(other(index)), counter.at(other(index)).plus(1))),
        step('flip', set(index, other(index))),
        step('close the old', set(counter.at(other(index)), counter.at(other(index)).minus(1))),
        until('wait', counter.at(other(index)).is(0)),
        step('unlock', set(mutex, false)),
      ]),
      step('free', check(before.intersect(reading).is([]), 'no reader loses its data')),
    ]
  })

  return { threads: [reader, updater], interchangeable: [readerIds, Object.keys(updater)] }
}

export const qrcu = model('qrcu', constants, (size) => looking('twice', size))

/** One look may take one counter before a flip, and the other after it. */
export const hasty = model('qrcu-hasty', constants, (size) => ({
  ...looking('once', size),
  expectViolated: ['no reader loses its data'],
}))
