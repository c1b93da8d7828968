/**
 * Refinement: Peterson's algorithm does nothing that a lock with one holder does not do; with its two writes swapped it does.
 * Two-phase commit does nothing that a transaction commit, in which everybody sees everybody, does not do; with a manager
 * that commits before everybody has prepared it does.
 * Sources: the TLA+ specifications Lock, Peterson (of the examples' locks_auxiliary_vars), TCommit and TwoPhase; Gray and
 * Lamport 2006, doi:10.1145/1132863.1132867.
 */

import {
  action, all, any, at, bool, each, forall, forever, idle, ifElse, model, never, not, oneOf, refines, set, setOf, state, step,
  threads, until,
} from 'modelcheck'

const ids = ['p0', 'p1'] as const
const rival = { p0: 'p1', p1: 'p0' } as const

/** A lock: whoever waits gets it while nobody has it. */
export const lock = model('lock', () => {
  const { place, isFree } = state({
    place: each(ids, oneOf(['rest', 'wait', 'critical', 'leave'])).starts('rest'),
    isFree: bool.starts(true),
  })
  const per = { me: ids }
  return {
    actions: [
      action('ask', per, ({ me }) => ({ lane: me, when: place[me].is('rest'), then: set(place[me], 'wait') })),
      action('take', per, ({ me }) => ({
        lane: me, when: [place[me].is('wait'), isFree], then: [set(isFree, false), set(place[me], 'critical')],
      })),
      action('finish', per, ({ me }) => ({ lane: me, when: place[me].is('critical'), then: set(place[me], 'leave') })),
      action('release', per, ({ me }) => ({
        lane: me, when: place[me].is('leave'), then: [set(isFree, true), set(place[me], 'rest')],
      })),
    ],
    properties: { 'mutual exclusion': never(all(ids.map((me) => place[me].is('critical')))) },
  }
})

const entry = (order: 'flag first' | 'turn first') => {
  const { flag, turn } = state({ flag: each(ids, bool).starts(false), turn: oneOf(ids).starts('p0') })
  const process = threads(ids, {}, (me) => {
    const writes = { flag: set(flag[me], true), turn: set(turn, rival[me]) }
    const [first, second] = order === 'flag first' ? [writes.flag, writes.turn] : [writes.turn, writes.flag]
    return forever(
      idle('rest'),
      step('first write', first),
      step('second write', second),
      until('wait', any(not(flag[rival[me]]), turn.is(me))),
      step('critical'),
      step('leave', set(flag[me], false)),
    )
  })
  const place = (me: (typeof ids)[number]) =>
    ifElse(at(process[me], 'rest'), 'rest',
      ifElse(at(process[me], 'critical'), 'critical', ifElse(at(process[me], 'leave'), 'leave', 'wait')))
  const isHeld = any(ids.map((me) => at(process[me], ['critical', 'leave'])))
  return {
    threads: process,
    properties: { 'refines a lock': refines(lock, { place: { p0: place('p0'), p1: place('p1') }, isFree: not(isHeld) }) },
  }
}

export const peterson = model('peterson', () => entry('flag first'))
export const swapped = model('peterson-swapped', () => ({ ...entry('turn first'), expectViolated: ['refines a lock'] }))

const managers = ['rm0', 'rm1', 'rm2'] as const
const decisions = oneOf(['working', 'prepared', 'committed', 'aborted'])

/** What a transaction commit is: a manager commits when all are prepared, and aborts when none has committed. */
export const transactionCommit = model('transaction-commit', () => {
  const { rm } = state({ rm: each(managers, decisions).starts('working') })
  const per = { id: managers }
  const areAllReady = forall(managers, (id) => any(rm[id].is('prepared'), rm[id].is('committed')))
  const hasNoneCommitted = forall(managers, (id) => rm[id].isNot('committed'))
  const isUndecided = (id: (typeof managers)[number]) => any(rm[id].is('working'), rm[id].is('prepared'))
  return {
    actions: [
      action('prepare', per, ({ id }) => ({ lane: id, when: rm[id].is('working'), then: set(rm[id], 'prepared') })),
      action('commit', per, ({ id }) => ({
        lane: id, when: [rm[id].is('prepared'), areAllReady], then: set(rm[id], 'committed'),
      })),
      action('abort', per, ({ id }) => ({
        lane: id, when: [isUndecided(id), hasNoneCommitted], then: set(rm[id], 'aborted'),
      })),
    ],
    terminal: forall(managers, (id) => not(isUndecided(id))),
    properties: {
      consistent: never(all(any(managers.map((id) => rm[id].is('committed'))), any(managers.map((id) => rm[id].is('aborted'))))),
    },
  }
})

const twoPhase = (isHasty: boolean) => {
  const { rm, tm, prepared, messages } = state({
    rm: each(managers, decisions).starts('working'),
    tm: oneOf(['init', 'committed', 'aborted']).starts('init'),
    prepared: setOf(oneOf(managers)).starts([]),
    messages: setOf(oneOf(['prepared rm0', 'prepared rm1', 'prepared rm2', 'commit', 'abort'])).starts([]),
  })
  const per = { id: managers }
  return {
    actions: [
      action('TM receives prepared', per, ({ id }) => ({
        when: [tm.is('init'), messages.has(`prepared ${id}`)], then: set(prepared, prepared.with(id)),
      })),
      action('TM commits', {}, () => ({
        when: [tm.is('init'), isHasty ? prepared.has('rm0') : prepared.is(managers)],
        then: [set(tm, 'committed'), set(messages, messages.with('commit'))],
      })),
      action('TM aborts', {}, () => ({
        when: tm.is('init'), then: [set(tm, 'aborted'), set(messages, messages.with('abort'))],
      })),
      action('RM prepares', per, ({ id }) => ({
        lane: id, when: rm[id].is('working'),
        then: [set(rm[id], 'prepared'), set(messages, messages.with(`prepared ${id}`))],
      })),
      action('RM chooses to abort', per, ({ id }) => ({ lane: id, when: rm[id].is('working'), then: set(rm[id], 'aborted') })),
      action('RM commits', per, ({ id }) => ({ lane: id, when: messages.has('commit'), then: set(rm[id], 'committed') })),
      action('RM aborts', per, ({ id }) => ({ lane: id, when: messages.has('abort'), then: set(rm[id], 'aborted') })),
    ],
    properties: { 'refines transaction commit': refines(transactionCommit, { rm }) },
  }
}

export const twoPhaseCommit = model('two-phase-commit', () => twoPhase(false))
export const hastyCommit = model('hasty-commit', () => ({
  ...twoPhase(true),
  expectViolated: ['refines transaction commit'],
}))
