/**
 * Producers and consumers of a bounded buffer, as methods of one object. Who cannot go on waits; who has gone on notifies somebody who waits.
 * With one condition for both kinds, that may be another of the same kind, who looks and waits again: so notices get lost, until all
 * wait. It happens exactly where there is room for less than half of them. To notify all is right. With a condition for each kind one is
 * enough too, but it may never be the same one.
 * Source: Kuppe's tutorial in TLA+ (github.com/lemmy/BlockingQueue), after Charpentier's model and Challenge 14 of the c2 wiki.
 */

import {
  action, always, choose, constant, each, eventually, leadsTo, model, names, not, oneOf, range, set, type SetOf, setOf, state,
  type Statements, taken, type Var, when,
} from 'modelcheck'

const constants = { producers: constant(range(1, 5), 2), consumers: constant(range(1, 5), 2), room: constant(range(1, 5), 1) }

interface Size {
  readonly producers: number
  readonly consumers: number
  readonly room: number
}

type Waiting = Var<SetOf<string>>
type Notify = (waiting: Waiting) => Statements

const one: Notify = (waiting) => when(waiting.size.gt(0), choose('notified', waiting, (id) => set(waiting, waiting.without(id))))
const all: Notify = (waiting) => set(waiting, [])

const buffer = (conditions: 'shared' | 'one each', notify: Notify, size: Size) => {
  const producers = names('p', size.producers)
  const consumers = names('c', size.consumers)
  const [full, empty] = conditions === 'shared' ? (['change', 'change'] as const) : (['not full', 'not empty'] as const)
  const { used, waiting } = state({
    used: range(0, size.room).starts(0),
    waiting: each([...new Set([full, empty])], setOf(oneOf([...producers, ...consumers]))).starts([]),
  })
  const [notFull, notEmpty] = [waiting.at(full), waiting.at(empty)]
  const fair = { fair: 'weak' } as const

  const put = action('put', { id: producers }, ({ id }) => ({
    lane: id,
    when: [not(notFull.has(id)), used.lt(size.room)],
    then: [set(used, used.plus(1)), notify(notEmpty)],
  }), fair)
  const waitToPut = action('wait to put', { id: producers }, ({ id }) => ({
    lane: id,
    when: [not(notFull.has(id)), used.is(size.room)],
    then: set(notFull, notFull.with(id)),
  }), fair)
  const get = action('get', { id: consumers }, ({ id }) => ({
    lane: id,
    when: [not(notEmpty.has(id)), used.gt(0)],
    then: [set(used, used.minus(1)), notify(notFull)],
  }), fair)
  const waitToGet = action('wait to get', { id: consumers }, ({ id }) => ({
    lane: id,
    when: [not(notEmpty.has(id)), used.is(0)],
    then: set(notEmpty, notEmpty.with(id)),
  }), fair)

  return {
    actions: [put, waitToPut, get, waitToGet],
    interchangeable: [producers, consumers],
    properties: {
      'something is put again and again': always(eventually(taken(put))),
      'c0 does not wait for ever': leadsTo(notEmpty.has('c0'), not(notEmpty.has('c0'))),
    },
  }
}

export const notifyOne = model('bounded-buffer-notify', constants, (size) => ({
  ...buffer('shared', one, size),
  expectViolated: ['something is put again and again', 'c0 does not wait for ever', 'deadlock'],
}))
export const notifyAll = model('bounded-buffer-notify-all', constants, (size) => buffer('shared', all, size))
export const conditionEach = model('bounded-buffer-condition-each', constants, (size) => ({
  ...buffer('one each', one, size),
  expectViolated: ['c0 does not wait for ever'],
}))
