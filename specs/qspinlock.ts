/**
 * The kernel's queued spinlock. Its word holds the lock, a bit for the one CPU that waits without queueing, and the tail of a queue, in
 * which each CPU spins on a node of its own until the one before has the lock. Before v4.18 a CPU that found the word uncontended took the
 * lock or the bit by a compare-and-swap, which fails for ever while others pass the lock round among themselves; since then it sets the bit
 * whatever the word has become. The impatient twin's head of the queue does not wait for the bit to go: who has set it takes the lock as well.
 * Source: Linux, kernel/locking/qspinlock.c, v4.17 and v4.18.
 */

import {
  all, always, any, type ArrayOf, at, bool, type Calls, constant, count, decide, each, either, exists, forever, idle, leadsTo, leave,
  type Lines, model, names, not, oneOf, range, reachable, record, type RecordOf, routines, set, state, step, threads, until, type Var, when,
} from 'modelcheck'

const constants = { cpus: constant(range(3, 4), 3) }

const nobody = 'nobody'
const free = { tail: nobody, pending: false, locked: false }
const held = { ...free, locked: true }
const handedOver = { ...free, pending: true }

type Word = Var<RecordOf<{ tail: string; pending: boolean; locked: boolean }>>

interface Here {
  readonly me: string
  readonly word: Word
  /** Of each CPU's node: who comes after it, and whether it is the first of the queue. */
  readonly next: Var<ArrayOf<string, string>>
  readonly isHead: Var<ArrayOf<string, boolean>>
  /** What this CPU last read of the word, and of the tail. */
  readonly val: Word
  readonly prev: Var<string>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'lock' | 'slowpath' | 'queue' | 'wait']: (k: Here) => Lines }

const isContended = ({ pending, tail }: Word) => any(pending, tail.isNot(nobody))

/** Of who has set the bit. */
const waitAndTake = ({ word, val }: Here) => [
  decide(val.locked, until('wait for the owner', not(word.locked))),
  step('clear_pending_set_locked', set(word.pending, false), set(word.locked, true)),
]

const merged: Design = {
  lock: ({ word, val, code }) => either(
    until('cmpxchg', word.is(free), set(word, held)),
    [until('cmpxchg fails', word.isNot(free), set(val, word)), code.slowpath()],
  ),
  slowpath: (k) => {
    const { word, val, code } = k
    const again = step('read again', set(val, word))
    return [
      decide(val.is(handedOver), [again, decide(val.is(handedOver), again)]),
      decide(not(isContended(val)), [
        step('fetch_or pending', set(val, word), set(word.pending, true)),
        decide(not(isContended(val)), [waitAndTake(k), leave('routine')]),
        decide(not(val.pending), step('clear_pending', set(word.pending, false))),
      ]),
      code.queue(),
    ]
  },
  queue: ({ me, word, next, isHead, val, prev, code }) => [
    either([until('trylock', word.is(free), set(word, held)), leave('routine')], until('trylock fails', word.isNot(free))),
    step('xchg_tail', set(prev, word.tail), set(word.tail, me)),
    decide(prev.isNot(nobody), [
      step('link', set(next.at(prev), me)),
      until('wait to be head', isHead.at(me)),
    ]),
    code.wait(),
    decide(val.tail.is(me), either(
      [until('cmpxchg tail', word.is(val), set(word, held)), leave('routine')],
      until('cmpxchg tail fails', word.isNot(val)),
    )),
    step('set_locked', set(word.locked, true)),
    until('wait for the link', next.at(me).isNot(nobody)),
    step('make next head', set(isHead.at(next.at(me)), true)),
  ],
  wait: ({ word, val }) => until('wait for owner and pending', all(not(word.locked), not(word.pending)), set(val, word)),
}

const swapping: Design = {
  ...merged,
  slowpath: (k) => {
    const { word, val, code } = k
    return [
      decide(val.is(handedOver), until('wait for the taker', word.isNot(handedOver), set(val, word))),
      forever(
        decide(isContended(val), [code.queue(), leave('routine')]),
        either(
          [
            until('cmpxchg val', word.is(val), when(val.locked, set(word.pending, true), set(word.locked, true))),
            decide(val.locked, waitAndTake(k)),
            leave('routine'),
          ],
          until('cmpxchg val fails', word.isNot(val), set(val, word)),
        ),
      ),
    ]
  },
}

const hasty: Design = {
  ...merged,
  wait: ({ word, val }) => until('wait for owner', not(word.locked), set(val, word)),
}

const spinlock = (design: Design, n: number) => {
  const cpus = names('cpu', n)
  const who = oneOf([nobody, ...cpus])
  const wordOf = record({ tail: who, pending: bool, locked: bool })
  const { word, next, isHead } = state({
    word: wordOf.starts(free),
    next: each(cpus, who).starts(nobody),
    isHead: each(cpus, bool).starts(false),
  })

  const cpu = threads(cpus, { fair: 'weak', locals: { val: wordOf.starts(free), prev: who.starts(nobody) } }, (me, { val, prev }) => {
    // Nobody looks at these again; the node is as new for the next time.
    const forget = [set(val, free), set(prev, nobody), set(next.at(me), nobody), set(isHead.at(me), false)]
    const code = routines(design, { me, word, next, isHead, val, prev })
    return forever(idle('rest'), code.lock(), step('critical', forget), step('unlock', set(word.locked, false)))
  })

  const running = Object.values(cpu)
  return {
    threads: cpu,
    interchangeable: [cpus],
    properties: {
      'mutual exclusion': always(count(running, (one) => at(one, 'critical')).le(1)),
      'one waits behind another': reachable(exists(cpus, (id) => next.at(id).isNot(nobody))),
      ...Object.fromEntries(
        running.slice(0, 1).map((one, i) => [`${cpus[i]} gets the lock`, leadsTo(at(one, 'cmpxchg fails'), at(one, 'critical'))]),
      ),
    },
  }
}

export const qspinlock = model('qspinlock', constants, ({ cpus }) => spinlock(merged, cpus))
export const unbounded = model('qspinlock-unbounded', constants, ({ cpus }) => ({
  ...spinlock(swapping, cpus),
  expectViolated: ['cpu0 gets the lock'],
}))
export const impatient = model('qspinlock-impatient', constants, ({ cpus }) => ({
  ...spinlock(hasty, cpus),
  expectViolated: ['mutual exclusion', 'cpu0 gets the lock'],
}))
