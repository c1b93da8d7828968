/**
 * Lamport's distributed mutual exclusion with logical clocks, over channels that keep the order.
 * Source: TLA+ examples, lamport_mutex (MCLamportMutex, 3 processes, clocks up to 6); Lamport 1978, doi:10.1145/359545.359563.
 * TLC drops the states beyond the clock limit; here they are counted, and judged, but not expanded.
 */

import {
  action, all, any, constant, each, forall, ifElse, measure, model, names, never, oneOf, type Operand, range, record,
  sequenceOf, set, setOf, state,
} from 'modelcheck'

const constants = { processes: constant(range(2, 4), 3), maxClock: constant(range(1, 8), 6) }

type Type = 'request' | 'acknowledge' | 'release'

export const lamportMutex = model('tla-lamport-mutex', constants, ({ processes: n, maxClock }) => {
  const ids = names('p', n)
  const process = oneOf(ids)
  const message = record({ type: oneOf(['request', 'acknowledge', 'release']), clock: range(0, maxClock) })
  const { clock, request, acknowledged, channel, critical } = state({
    clock: each(ids, range(1, maxClock + 1)).starts(1),
    request: each(ids, each(ids, range(0, maxClock))).starts(0),
    acknowledged: each(ids, setOf(process)).starts([]),
    channel: each(ids, each(ids, sequenceOf(message, 3))).starts([]),
    critical: setOf(process).starts([]),
  })

  const send = (from: string, to: string, type: Type, time: Operand<number> = 0) =>
    set(channel.at(from).at(to), channel.at(from).at(to).append({ type, clock: time }))
  const broadcast = (from: string, type: Type, time: Operand<number> = 0) =>
    ids.filter((to) => to !== from).map((to) => send(from, to, type, time))
  /** Receiving at `to` the first message from `from`. */
  const receive = (type: Type, to: string, from: string) => {
    const queue = channel.at(from).at(to)
    return {
      first: queue.head,
      when: from !== to && [all(queue.length.gt(0), queue.head.type.is(type))],
      take: set(queue, queue.rest),
    }
  }
  const pair = { to: ids, from: ids }

  return {
    actions: [
      action('request', { p: ids }, ({ p }) => ({
        when: request.at(p).at(p).is(0),
        then: [
          set(request.at(p).at(p), clock.at(p)),
          broadcast(p, 'request', clock.at(p)),
          set(acknowledged.at(p), [p]),
        ],
      })),
      action('enter', { p: ids }, ({ p }) => ({
        when: [
          acknowledged.at(p).is(ids),
          forall(ids.filter((q) => q !== p), (q) => any(
            request.at(p).at(q).is(0),
            request.at(p).at(p).lt(request.at(p).at(q)),
            all(request.at(p).at(p).is(request.at(p).at(q)), ids.indexOf(p) < ids.indexOf(q)),
          )),
        ],
        then: set(critical, critical.with(p)),
      })),
      action('leave', { p: ids }, ({ p }) => ({
        when: critical.has(p),
        then: [
          set(critical, critical.without(p)),
          broadcast(p, 'release'),
          set(request.at(p).at(p), 0),
          set(acknowledged.at(p), []),
        ],
      })),
      action('receive request', pair, ({ to, from }) => {
        const { first, when, take } = receive('request', to, from)
        return {
          when,
          then: [
            set(request.at(to).at(from), first.clock),
            set(clock.at(to), clock.at(to).max(first.clock).plus(1)),
            take,
            send(to, from, 'acknowledge'),
          ],
        }
      }),
      action('receive acknowledgement', pair, ({ to, from }) => {
        const { when, take } = receive('acknowledge', to, from)
        return { when, then: [set(acknowledged.at(to), acknowledged.at(to).with(from)), take] }
      }),
      action('receive release', pair, ({ to, from }) => {
        const { when, take } = receive('release', to, from)
        return { when, then: [set(request.at(to).at(from), 0), take] }
      }),
    ],
    within: { 'clocks are small': forall(ids, (p) => clock.at(p).le(maxClock)) },
    properties: {
      'mutual exclusion': never(critical.size.gt(1)),
      'states with small clocks': measure(ifElse(forall(ids, (p) => clock.at(p).le(maxClock)), 1, 0)),
    },
  }
})
