/**
 * Go-back-N: a window of messages is under way over channels that lose what they carry, numbered modulo one more than the window is wide.
 * It is to be a pipe, out of which comes what went in, in order; with a number less, an old message passes for a new one.
 */

import {
  action, all, always, any, constant, type Expr, eventually, exists, leadsTo, model, next, not, only, range, record, refines, sequenceOf, set,
  state, stepwise, strong, weak, when,
} from 'modelcheck'

const mostMessages = 9

/** How many messages have gone in and come out. */
export const pipe = model('pipe', () => {
  const count = range(0, mostMessages)
  const { sent, received } = state({ sent: count.starts(0), received: count.starts(0) })
  return {
    actions: [
      action('send', {}, () => ({ when: sent.lt(mostMessages), then: set(sent, sent.plus(1)) })),
      action('receive', {}, () => ({ when: received.lt(sent), then: set(received, received.plus(1)) })),
    ],
    terminal: sent.is(received),
    properties: { 'nothing comes out that did not go in': always(received.le(sent)) },
  }
})

interface Size {
  readonly window: number
  readonly capacity: number
  readonly messages: number
}

const size = {
  window: constant(range(1, 4), 2),
  capacity: constant(range(1, 4), 2),
  messages: constant(range(1, mostMessages), 4),
}

/** `numbers` is how many different numbers messages carry. */
function goBackN(numbers: number, { window, capacity, messages }: Size) {
  const number = range(0, numbers - 1)
  const count = range(0, messages)
  const body = range(0, messages - 1)
  const { acked, sent, received, last, data, acks } = state({
    acked: count.starts(0),
    sent: count.starts(0),
    received: count.starts(0),
    /** What was received last. */
    last: body.starts(0),
    data: sequenceOf(record({ number, body }), capacity).starts([]),
    acks: sequenceOf(number, capacity).starts([]),
  })
  const put = (i: Expr<number>) => set(data, data.append({ number: i.mod(numbers), body: i }))
  const isOpen = data.length.lt(capacity)

  const send = action('send', {}, () => ({
    when: { 'the window is open': sent.lt(acked.plus(window)), 'there is one': sent.lt(messages), room: isOpen },
    then: [put(sent), set(sent, sent.plus(1))],
  }))
  const resend = action('send again', { ahead: window }, ({ ahead }) => ({
    when: [acked.plus(ahead).lt(sent), isOpen],
    then: put(acked.plus(ahead)),
  }))
  const isNext = all(data.head.number.is(received.mod(numbers)), received.lt(messages))
  // Every message is answered with the number that is awaited next, if there is room for the answer.
  const receive = action('receive', { isAwaited: [true, false] }, ({ isAwaited }) => ({
    when: [data.length.gt(0), isNext.is(isAwaited)],
    then: [
      isAwaited && [set(last, data.head.body), set(received, received.plus(1))],
      set(data, data.rest),
      when(acks.length.lt(capacity), set(acks, acks.append(received.mod(numbers)))),
    ],
  }))
  const answers = (by: number) => all(acked.plus(by).le(sent), acks.head.is(acked.plus(by).mod(numbers)))
  const acknowledge = action('acknowledge', { by: range(0, window) }, ({ by }) => ({
    when: [acks.length.gt(0), answers(by)],
    then: [set(acked, acked.plus(by)), set(acks, acks.rest)],
  }))
  const ignore = action('ignore', {}, () => ({
    when: [acks.length.gt(0), not(exists(range(0, window), answers))],
    then: set(acks, acks.rest),
  }))
  const lose = [
    action('lose data', {}, () => ({ when: data.length.gt(0), then: set(data, data.rest) })),
    action('lose answer', {}, () => ({ when: acks.length.gt(0), then: set(acks, acks.rest) })),
  ]

  const news = Array.from({ length: window }, (_, i) => only(acknowledge, { by: i + 1 }))
  return {
    actions: [send, resend, receive, acknowledge, ignore, ...lose],
    terminal: acked.is(messages),
    fairness: [
      weak('send', send),
      strong('send the oldest again', only(resend, { ahead: 0 })),
      strong('receive what is awaited', only(receive, { isAwaited: true })),
      strong('answer what is not', only(receive, { isAwaited: false })),
      strong('acknowledge', ...news),
      weak('drop old answers', only(acknowledge, { by: 0 }), ignore),
    ],
    properties: {
      'a pipe': refines(pipe, { sent, received }),
      'in order': always(any(received.is(0), last.is(received.minus(1)))),
      'acknowledged is received': always(acked.le(received)),
      'one at a time': stepwise(any(next(received).is(received), next(received).is(received.plus(1)))),
      'what is sent is received': leadsTo(sent.gt(received), sent.is(received)),
      'all is received': eventually(received.is(messages)),
      'all is acknowledged': eventually(always(acked.is(messages))),
    },
  }
}

export const goBack = model('go-back-n', size, (given) => goBackN(given.window + 1, given))

export const tooFewNumbers = model('too-few-numbers', size, (given) => ({
  ...goBackN(given.window, given),
  expectViolated: [
    'a pipe',
    'in order',
    'acknowledged is received',
    'what is sent is received',
    'all is received',
    'all is acknowledged',
  ],
}))
