/**
 * Three mutexes on a futex, the word that a thread can ask the kernel to wait for: the kernel looks at the word and puts the thread
 * to sleep in one step, so that no wake-up falls in between. Source: Drepper, Futexes Are Tricky (2011): mutex, take 1, 2 and 3.
 *
 * The first counts who came, and takes the lock at 0. It is wrong, as its author shows: an increment makes the others' wait return at once, so that the
 * word may come round to 0 while the lock is held. Here that takes 4 increments, and not 2^32. The second and third say of a lock that is held
 * whether somebody may wait for it (2) or nobody does (1). The forgetful twin of the second takes the lock with a 1 after it slept, as if nobody
 * else did: who slept longer is never woken.
 */

import {
  always, at, choose, constant, count, decide, exists, forever, idle, leadsTo, leave, type Lines, model, names, oneOf, range, reachable, set,
  setOf, state, step, threads, until, type Var, when,
} from 'modelcheck'

const constants = { processes: constant(range(2, 4), 3) }

/** What a thread works on: the word, what it last saw there, and the system call that waits for it to change. */
interface Mine {
  readonly word: Var<number>
  readonly seen: Var<number>
  wait(expected: Parameters<Var<number>['is']>[0]): Lines
}

interface Mutex {
  lock(mine: Mine): Lines
  unlock(mine: Mine, wake: Lines): Lines
}

/** Compare and swap: what was seen tells whether the word was stored. */
const swap = ({ word, seen }: Mine, from: number, to: number) =>
  step(`cas ${from} ${to}`, set(seen, word), when(word.is(from), set(word, to)))

/** The last thing seen was not 1: somebody may wait. */
const unlockAndWake: Mutex['unlock'] = ({ word, seen }, wake) => [
  step('dec', set(seen, word), set(word, word.minus(1))),
  decide(seen.isNot(1), [step('clear', set(word, 0)), wake]),
]

const first: Mutex = {
  lock: ({ word, seen, wait }) => forever(
    step('inc', set(seen, word), set(word, word.plus(1).mod(4))),
    decide(seen.is(0), leave('loop')),
    wait(seen.plus(1).mod(4)),
  ),
  unlock: ({ word }, wake) => [step('clear', set(word, 0)), wake],
}

/** `after`: what the word becomes when the lock is taken after a sleep. */
const second = (after: 1 | 2): Mutex => ({
  lock: (mine) => [
    swap(mine, 0, 1),
    decide(mine.seen.isNot(0), forever(
      decide(mine.seen.is(2), mine.wait(2), [swap(mine, 1, 2), decide(mine.seen.isNot(0), mine.wait(2))]),
      swap(mine, 0, after),
      decide(mine.seen.is(0), leave('loop')),
    )),
  ],
  unlock: unlockAndWake,
})

const third: Mutex = {
  lock: (mine) => {
    const { word, seen, wait } = mine
    const exchange = step('xchg 2', set(seen, word), set(word, 2))
    return [
      swap(mine, 0, 1),
      decide(seen.isNot(0), [
        decide(seen.isNot(2), exchange),
        forever(decide(seen.is(0), leave('loop')), wait(2), exchange),
      ]),
    ]
  },
  unlock: unlockAndWake,
}

const processesWith = ({ lock, unlock }: Mutex, processes: number) => {
  const ids = names('p', processes)
  const { word, asleep } = state({ word: range(0, 3).starts(0), asleep: setOf(oneOf(ids)).starts([]) })
  const wake = step('futex_wake', when(asleep.size.gt(0), choose('woken', asleep, (id) => set(asleep, asleep.without(id)))))

  const process = threads(ids, { fair: 'weak', locals: { seen: range(0, 3).starts(0) } }, (me, { seen }) => {
    const wait: Mine['wait'] = (expected) => [
      step('futex_wait', when(word.is(expected), set(asleep, asleep.with(me)))),
      until('sleep', asleep.has(me).is(false)),
    ]
    const mine = { word, seen, wait }
    return forever(idle('rest'), lock(mine), step('critical'), unlock(mine, wake))
  })

  const running = Object.values(process).map((p) => at(p, 'critical'))
  return {
    threads: process,
    interchangeable: [ids],
    properties: {
      'mutual exclusion': always(count(running, (is) => is).le(1)),
      'all but one sleep': reachable(asleep.size.is(processes - 1)),
      'while somebody sleeps, somebody gets in': leadsTo(asleep.size.gt(0), exists(running, (is) => is)),
      ...Object.fromEntries(
        Object.entries(process).slice(0, 1).map(([id, p]) => [`${id} gets in`, leadsTo(asleep.has(id), at(p, 'critical'))]),
      ),
    },
  }
}

/** A thread may be overtaken for ever: that a mutex of this kind is not fair is no mistake. */
const unfair = ['p0 gets in']

export const firstMutex = model('futex-mutex-1', constants, ({ processes }) => ({
  ...processesWith(first, processes),
  expectViolated: [...unfair, 'mutual exclusion', 'while somebody sleeps, somebody gets in'],
}))
export const secondMutex = model('futex-mutex-2', constants, ({ processes }) => ({
  ...processesWith(second(2), processes),
  expectViolated: unfair,
}))
export const thirdMutex = model('futex-mutex-3', constants, ({ processes }) => ({
  ...processesWith(third, processes),
  expectViolated: unfair,
}))
export const forgetful = model('futex-mutex-2-forgets', constants, ({ processes }) => ({
  ...processesWith(second(1), processes),
  expectViolated: [...unfair, 'while somebody sleeps, somebody gets in'],
}))
