/**
 * Chase and Lev's work-stealing deque on a machine that delays stores (TSO): what the owner writes waits in a buffer, and reaches memory
 * one store after another, at any time. The owner takes from the bottom, thieves steal from the top, and only for the last task do they
 * meet at a compare-and-swap. Without a fence between announcing that it takes and looking at the top, the owner takes a task that a
 * thief, who still sees the old bottom, steals.
 * Source: Chase and Lev 2005, doi:10.1145/1073970.1073974; the fence after Lê et al. 2013, doi:10.1145/2442516.2442524.
 */

import {
  action, all, always, branch, check, constant, each, type Expr, finished, forall, implies, loop, model, names, range, record,
  sequenceOf, set, state, step, threads, until, when,
} from 'modelcheck'

const constants = { tasks: constant(range(1, 4), 2), thieves: constant(range(1, 3), 2), room: constant(range(1, 4), 2) }

interface Size {
  readonly tasks: number
  readonly thieves: number
  /** How many stores may wait. */
  readonly room: number
}

/** Says of a store that it is one to `bottom`, of a task that there is none. */
const none = -1

const deque = (kind: 'fenced' | 'unfenced', { tasks, thieves, room }: Size) => {
  const thiefIds = names('thief', thieves)
  const task = range(none, tasks - 1)
  const index = range(-1, tasks)
  const { top, bottom, cells, buffer, runs } = state({
    top: range(0, tasks).starts(0),
    bottom: index.starts(0),
    cells: each(tasks, task).starts(none),
    buffer: sequenceOf(record({ cell: task, value: index }), room).starts([]),
    runs: each(tasks, range(0, 2)).starts(0),
  })
  const run = (x: Expr<number>) => [
    check(runs.at(x).is(0), 'a task is run once'),
    when(runs.at(x).lt(2), set(runs.at(x), runs.at(x).plus(1))),
  ]
  const swapTop = (t: Expr<number>) => when(top.is(t), set(top, t.plus(1)))

  // Nobody else writes `bottom`, so that the owner knows it as b. A compare-and-swap waits until the buffer is empty.
  const ownerLocals = { b: index.starts(0), t: index.starts(0), left: range(0, tasks).starts(0), x: task.starts(none) }
  const owner = threads(['owner'], { locals: ownerLocals }, (_, { b, t, left, x }) => {
    const store = (cell: Expr<number> | number, value: Expr<number>) => set(buffer, buffer.append({ cell, value }))
    const isRoom = buffer.length.lt(room)
    return [
      loop('more to push?', left.lt(tasks), [
        until('cells[b] := task', isRoom, store(b, left)),
        until('bottom := b + 1', isRoom, set(b, b.plus(1)), store(none, b), set(left, left.plus(1))),
      ]),
      loop('more to take?', left.gt(0), [
        until('bottom := b - 1', isRoom, set(b, b.minus(1)), store(none, b)),
        kind === 'fenced' && until('fence', buffer.length.is(0)),
        step('t := top', set(t, top)),
        branch('is there one?', t.le(b), [
          step('x := cells[b]', set(x, cells.at(b))),
          branch('is it the last?', t.is(b), [
            until('swap top', buffer.length.is(0), when(top.isNot(t), set(x, none)), swapTop(t)),
            until('give b back', isRoom, set(b, b.plus(1)), store(none, b)),
          ]),
          branch('is it mine?', x.isNot(none), [step('run it', run(x))]),
        ], [
          until('give b back', isRoom, set(b, b.plus(1)), store(none, b)),
        ]),
        step('next', set(left, left.minus(1)), set(x, none)),
      ]),
    ]
  })

  const thiefLocals = { b: index.starts(0), t: index.starts(0), tries: range(0, tasks).starts(0), x: task.starts(none) }
  const thief = threads(thiefIds, { locals: thiefLocals }, (_, { b, t, tries, x }) =>
    loop('again?', tries.lt(tasks), [
      step('t := top', set(t, top)),
      step('b := bottom', set(b, bottom)),
      branch('is there one?', t.lt(b), [
        step('x := cells[t]', set(x, cells.at(t))),
        step('swap top', when(top.isNot(t), set(x, none)), swapTop(t)),
        branch('is it mine?', x.isNot(none), [step('run it', run(x))]),
      ]),
      step('next', set(tries, tries.plus(1)), set(x, none)),
    ]),
  )

  const drain = action('a store lands', {}, () => ({
    lane: 'buffer',
    when: buffer.length.gt(0),
    then: [
      when(buffer.head.cell.is(none), set(bottom, buffer.head.value), set(cells.at(buffer.head.cell), buffer.head.value)),
      set(buffer, buffer.rest),
    ],
  }))

  return {
    threads: [owner, thief],
    actions: drain,
    interchangeable: [thiefIds],
    properties: {
      'no task is lost': always(implies(
        all(finished(owner.owner), Object.values(thief).map(finished)),
        forall(tasks, (i) => runs.at(i).ge(1)),
      )),
    },
  }
}

export const fenced = model('work-stealing', constants, (size) => deque('fenced', size))

/** The owner's store to `bottom` may still wait in the buffer when thieves look. */
export const unfenced = model('work-stealing-unfenced', constants, (size) => ({
  ...deque('unfenced', size),
  expectViolated: ['a task is run once'],
}))
