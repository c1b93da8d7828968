/**
 * Readers and writers behind a turnstile: a writer holds it while it waits for the room to empty, so no reader can overtake.
 * Under weak fairness a writer can still starve at the turnstile itself, which is free again and again but never for good;
 * under strong fairness it gets through. A writer that looks into the room and enters in two steps is not alone there.
 * Source: Downey, The Little Book of Semaphores, "No-starve readers-writers".
 */

import {
  all, any, at, bool, constant, count, exists, forever, idle, leadsTo, model, names, never, not, range, set, state, step, threads,
  until,
} from 'modelcheck'

const constants = { readers: constant(range(1, 4), 2), writers: constant(range(1, 3), 1) }

/** How a writer that finds the room empty goes in. */
type Entry = 'at once' | 'after a look'

interface Size {
  readonly readers: number
  readonly writers: number
}

const room = (fair: 'weak' | 'strong', entry: Entry, size: Size) => {
  const { turnstile, inside, isWriting } = state({
    turnstile: bool.starts(false),
    inside: range(0, size.readers).starts(0),
    isWriting: bool.starts(false),
  })

  const readers = threads(names('reader', size.readers), { fair }, () =>
    forever(
      idle('rest'),
      until('pass turnstile', not(turnstile), set(turnstile, true)),
      step('let go', set(turnstile, false)),
      until('enter', not(isWriting), set(inside, inside.plus(1))),
      step('read'),
      step('leave', set(inside, inside.minus(1))),
    ),
  )
  const writers = threads(names('writer', size.writers), { fair }, () =>
    forever(
      idle('rest'),
      until('hold turnstile', not(turnstile), set(turnstile, true)),
      entry === 'at once'
        ? until('enter', all(inside.is(0), not(isWriting)), set(isWriting, true))
        : [until('look', all(inside.is(0), not(isWriting)), set(turnstile, false)), step('enter', set(isWriting, true))],
      step('write', set(turnstile, false)),
      step('leave', set(isWriting, false)),
    ),
  )
  const writes = Object.values(writers).map((writer) => at(writer, 'write'))
  return {
    threads: [readers, writers],
    interchangeable: [Object.keys(readers), Object.keys(writers)],
    properties: {
      'nobody reads while somebody writes': never(
        all(any(writes), exists(Object.values(readers), (reader) => at(reader, 'read'))),
      ),
      'one writer at a time': never(count(writes, (is) => is).gt(1)),
      ...Object.fromEntries(
        Object.entries(writers).map(([name, writer]) => [
          `${name} gets to write`,
          leadsTo(at(writer, 'hold turnstile'), at(writer, 'write')),
        ]),
      ),
    },
  }
}

export const stronglyFair = model('readers-writers', constants, (size) => room('strong', 'at once', size))

export const weaklyFair = model('readers-writers-weak', constants, (size) => ({
  ...room('weak', 'at once', size),
  expectViolated: names('writer', size.writers).map((writer) => `${writer} gets to write`),
}))

export const writesAfterLook = model('readers-writers-hasty', { ...constants, writers: constant(range(2, 3), 2) }, (size) => ({
  ...room('strong', 'after a look', size),
  expectViolated: [
    'nobody reads while somebody writes',
    'one writer at a time',
    ...names('writer', size.writers).map((writer) => `${writer} gets to write`),
  ],
}))
