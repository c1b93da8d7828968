/**
 * Two-phase commit: a transaction manager asks resource managers, and all of them commit or all abort.
 * Messages are a set that only grows: a message may be received any number of times, by anybody, in any order.
 * Source: Gray and Lamport 2006, doi:10.1145/1132863.1132867 (the specification TwoPhase).
 */

import {
  action, all, any, constant, each, eventually, forall, model, names, never, oneOf, range, set, setOf, state,
} from 'modelcheck'

const constants = { managers: constant(range(1, 10), 3) }

interface Manager {
  /** A transaction manager that is up goes on; one that may crash is under no obligation. */
  readonly state: 'up' | 'may crash'
  readonly commitsAfter: 'all' | 'one'
}

const protocol = (manager: Manager, managers: number) => {
  const ids = names('rm', managers)
  const { rm, tm, prepared, messages } = state({
    rm: each(ids, oneOf(['working', 'prepared', 'committed', 'aborted'])).starts('working'),
    tm: oneOf(['init', 'committed', 'aborted']).starts('init'),
    prepared: setOf(oneOf(ids)).starts([]),
    messages: setOf(oneOf([...ids.map((id) => `prepared ${id}`), 'commit', 'abort'])).starts([]),
  })
  const send = (message: string) => set(messages, messages.with(message))
  const perManager = { id: ids }
  const fair = { fair: 'weak' } as const
  const ofManager = manager.state === 'up' ? fair : {}

  return {
    actions: [
      action('TM receives prepared', perManager, ({ id }) => ({
        when: [tm.is('init'), messages.has(`prepared ${id}`)],
        then: set(prepared, prepared.with(id)),
      }), ofManager),
      action('TM commits', {}, () => ({
        when: [tm.is('init'), manager.commitsAfter === 'all' ? prepared.is(ids) : prepared.size.ge(1)],
        then: [set(tm, 'committed'), send('commit')],
      }), ofManager),
      action('TM aborts', {}, () => ({ when: tm.is('init'), then: [set(tm, 'aborted'), send('abort')] }), ofManager),
      action('RM prepares', perManager, ({ id }) => ({
        lane: id,
        when: rm.at(id).is('working'),
        then: [set(rm.at(id), 'prepared'), send(`prepared ${id}`)],
      }), fair),
      action('RM chooses to abort', perManager, ({ id }) => ({
        lane: id,
        when: rm.at(id).is('working'),
        then: set(rm.at(id), 'aborted'),
      })),
      action('RM commits', perManager, ({ id }) => ({
        lane: id,
        when: messages.has('commit'),
        then: set(rm.at(id), 'committed'),
      }), fair),
      action('RM aborts', perManager, ({ id }) => ({
        lane: id,
        when: messages.has('abort'),
        then: set(rm.at(id), 'aborted'),
      }), fair),
    ],
    interchangeable: [ids],
    properties: {
      consistent: never(all(
        any(ids.map((id) => rm.at(id).is('committed'))),
        any(ids.map((id) => rm.at(id).is('aborted'))),
      )),
      'every manager decides': eventually(
        forall(ids, (id) => any(rm.at(id).is('committed'), rm.at(id).is('aborted'))),
      ),
    },
  }
}

export const twoPhaseCommit = model('two-phase-commit', constants, ({ managers }) =>
  protocol({ state: 'up', commitsAfter: 'all' }, managers))

/** The known weakness of the protocol: when the transaction manager crashes, whoever has prepared waits for ever. */
export const withCrash = model('two-phase-commit-crash', constants, ({ managers }) => ({
  ...protocol({ state: 'may crash', commitsAfter: 'all' }, managers),
  expectViolated: ['every manager decides'],
}))

/** A transaction manager that commits as soon as somebody has prepared. */
export const hasty = model('two-phase-commit-hasty', { managers: constant(range(2, 10), 3) }, ({ managers }) => ({
  ...protocol({ state: 'up', commitsAfter: 'one' }, managers),
  expectViolated: ['consistent'],
}))
