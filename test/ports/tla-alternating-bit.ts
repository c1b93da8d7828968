/**
 * The alternating bit protocol over channels that lose messages.
 * Source: TLA+ examples, SpecifyingSystems (MCAlternatingBit, queues up to 2); Lamport 2002, Specifying Systems, section 14.
 * TLC drops the states with a longer queue; here they are counted, but not expanded.
 */

import {
  action, all, arbitrary, choose, constant, ifElse, leadsTo, measure, model, oneOf, range, record, sequenceOf, set, state, strong, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

export const alternatingBit = model('tla-alternating-bit', { limit: constant(range(1, 3), 2) }, ({ limit }) => {
  const bit = range(0, 1)
  const values = ['d1', 'd2'] as const
  const data = oneOf(values)
  const { messages, acks, sendBit, ackedBit, receiveBit, sent, received } = state({
    messages: sequenceOf(record({ bit, data }), limit + 1).starts([]),
    acks: sequenceOf(bit, limit + 1).starts([]),
    sendBit: bit.starts(0),
    ackedBit: bit.starts(0),
    receiveBit: bit.starts(0),
    sent: data.starts('d1'),
    received: data.starts('d1'),
  })
  const isAcked = ackedBit.is(sendBit)

  const sendNew = action('send new', { d: values }, ({ d }) => ({
    when: isAcked,
    then: [
      set(sent, d),
      set(sendBit, sendBit.plus(1).mod(2)),
      set(messages, messages.append({ bit: sendBit, data: d })),
    ],
  }))
  const resend = action('send again', {}, () => ({
    when: ackedBit.isNot(sendBit),
    then: set(messages, messages.append({ bit: sendBit, data: sent })),
  }))
  const receive = action('receive', {}, () => ({
    when: messages.length.gt(0),
    then: [set(receiveBit, messages.head.bit), set(received, messages.head.data), set(messages, messages.rest)],
  }))
  const acknowledge = action('acknowledge', {}, () => ({ then: set(acks, acks.append(receiveBit)) }))
  const receiveAck = action('receive acknowledgement', {}, () => ({
    when: acks.length.gt(0),
    then: [set(ackedBit, acks.head), set(acks, acks.rest)],
  }))
  /** Of at most two, the first or the last. */
  const lose = action('lose', { what: ['message', 'ack'], which: ['first', 'last'] }, ({ what, which }) => ({
    when: (what === 'message' ? messages : acks).length.gt(which === 'first' ? 0 : 1),
    then: what === 'message'
      ? set(messages, which === 'first' ? messages.rest : messages.front)
      : set(acks, which === 'first' ? acks.rest : acks.front),
  }))

  const actions = [sendNew, resend, receive, acknowledge, receiveAck, lose]
  const isBounded = all(messages.length.le(limit), acks.length.le(limit))
  const sends = [weak('send again', resend), weak('acknowledge', acknowledge)]
  return {
    initially: [
      choose('bit', bit, (one) => [set(sendBit, one), set(ackedBit, one), set(receiveBit, one)]),
      arbitrary(sent, received),
    ],
    actions,
    interchangeable: [values],
    within: { 'queues are short': isBounded },
    properties: {
      'states with short queues': measure(ifElse(isBounded, 1, 0)),
      ...underEach(actions, {
        SentLeadsToRcvd: all(values.map((d) => leadsTo(all(sent.is(d), sendBit.isNot(ackedBit)), received.is(d)))),
      }, {
        'none': [],
        'WFsend+SFrcv': [...sends, strong('receive', receive), strong('receive acknowledgement', receiveAck)],
        'all WF': [...sends, weak('receive', receive), weak('receive acknowledgement', receiveAck)],
        'SFrcv only': [strong('receive', receive), strong('receive acknowledgement', receiveAck)],
        'WFsend+SF(RcvMsg)': [...sends, strong('receive', receive)],
      }),
    },
  }
})
