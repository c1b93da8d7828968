/**
 * Readers and writers who are served in the order of a queue.
 * Source: TLA+ examples, ReadersWriters (MC, 3 actors).
 */

import {
  action, all, always, any, assuming, constant, eventually, model, names, never, not, oneOf, only, range,
  record, sequenceOf, set, setOf, state, weak, when,
} from 'modelcheck'

export const queuedReadersWriters = model('tla-readers-writers', { actors: constant(range(1, 4), 3) }, (size) => {
  const actors = names('actor', size.actors)
  const actor = oneOf(actors)
  const request = record({ wants: oneOf(['read', 'write']), actor })
  const { readers, writers, waiting } = state({
    readers: setOf(actor).starts([]),
    writers: setOf(actor).starts([]),
    waiting: sequenceOf(request, 2 * actors.length).starts([]),
  })

  const ask = action('ask', { wants: ['read', 'write'], who: actors }, ({ wants, who }) => ({
    lane: who,
    when: not(waiting.has({ wants, actor: who })),
    then: set(waiting, waiting.append({ wants, actor: who })),
  }))
  const serve = action('serve', {}, () => ({
    when: [
      waiting.length.gt(0),
      writers.is([]),
      any(waiting.head.wants.is('read'), readers.is([])),
    ],
    then: [
      when(
        waiting.head.wants.is('read'),
        set(readers, readers.with(waiting.head.actor)),
        set(writers, writers.with(waiting.head.actor)),
      ),
      set(waiting, waiting.rest),
    ],
  }))
  const stop = action('stop', { who: actors }, ({ who }) => ({
    lane: who,
    when: any(readers.has(who), writers.has(who)),
    then: when(readers.has(who), set(readers, readers.without(who)), set(writers, writers.without(who))),
  }))

  const fair = [
    ...['read', 'write'].flatMap((wants) => actors.map((who) => weak(`${who} asks to ${wants}`, only(ask, { wants, who })))),
    weak('service', serve),
    weak('stopping', stop),
  ]
  const againAndAgain = actors.flatMap((who) =>
    [readers.has(who), writers.has(who), not(readers.has(who)), not(writers.has(who))].map((p) => always(eventually(p))),
  )
  return {
    actions: [ask, serve, stop],
    interchangeable: [actors],
    properties: {
      'readers exclude writers': never(all(readers.isNot([]), writers.isNot([]))),
      'one writer': always(writers.size.le(1)),
      'everybody reads and writes again and again': assuming(fair, all(againAndAgain)),
    },
  }
})
