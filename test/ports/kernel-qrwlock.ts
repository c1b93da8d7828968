/**
 * The queued read-write lock of Linux: whoever does not get it at once queues on a spinlock.
 * Source: Marinas, kernel-tla (qrwlock, without interrupts and trylock).
 */

import {
  all, any, assuming, at, bool, constant, count, either, forever, leadsTo, leave, model, names, never, not, range, record,
  routines, set, state, step, steps, strong, threads, until, weak,
} from 'modelcheck'

const constants = { readers: constant(range(0, 3), 2), writers: constant(range(0, 3), 2) }

export const qrwlock = model('kernel-qrwlock', constants, (size) => {
  const { lock } = state({
    lock: record({
      cnts: record({ readers: range(0, size.readers), isWaiting: bool, isLocked: bool }),
      waitLock: bool,
    }).starts({ cnts: { readers: 0, isWaiting: false, isLocked: false }, waitLock: false }),
  })
  const { readers, isWaiting, isLocked } = lock.cnts
  const countIn = set(readers, readers.plus(1))
  const countOut = set(readers, readers.minus(1))
  const hasWriter = any(isWaiting, isLocked)
  const isFree = all(readers.is(0), not(hasWriter))

  const code = routines({
    queued_read_lock: () => [
      either(
        [until('no writer', not(hasWriter), countIn), leave('routine')],
        until('a writer', hasWriter, countIn),
      ),
      step('slow path'),
      step('readers--', countOut),
      until('spin_lock', not(lock.waitLock), set(lock.waitLock, true)),
      step('readers++', countIn),
      until('wait for the writer', not(isLocked)),
      step('spin_unlock', set(lock.waitLock, false)),
    ],
    queued_read_unlock: () => step('readers--', countOut),
    queued_write_lock: () => [
      either(
        [until('free', isFree, set(isLocked, true)), leave('routine')],
        until('not free', not(isFree)),
      ),
      until('spin_lock', not(lock.waitLock), set(lock.waitLock, true)),
      either(
        until('free now', isFree, set(isLocked, true)),
        [
          until('still not free', not(isFree)),
          step('waiting := true', set(isWaiting, true)),
          until('wait for all', all(readers.is(0), not(isLocked)), set(isWaiting, false), set(isLocked, true)),
        ],
      ),
      step('spin_unlock', set(lock.waitLock, false)),
    ],
    queued_write_unlock: () => step('locked := false', set(isLocked, false)),
  }, {})

  const readerIds = names('reader', size.readers)
  const writerIds = names('writer', size.writers)
  const reader = threads(readerIds, {}, () =>
    forever(step('lock'), code.queued_read_lock(), step('cs'), step('unlock'), code.queued_read_unlock()),
  )
  const writer = threads(writerIds, {}, () =>
    forever(step('lock'), code.queued_write_lock(), step('cs'), step('unlock'), code.queued_write_unlock()),
  )
  const reading = count(Object.values(reader), (p) => at(p, 'cs'))
  const writing = count(Object.values(writer), (p) => at(p, 'cs'))
  const everybody = [...Object.values(reader), ...Object.values(writer)]
  const fair = everybody.flatMap((p) => [weak(p.selectionName, p), strong(`${p.selectionName} spins`, steps(p, 'spin_lock'))])
  return {
    threads: [reader, writer],
    interchangeable: [readerIds, writerIds],
    properties: {
      'readers exclude writers': never(all(reading.gt(0), writing.gt(0))),
      'writers exclude each other': never(writing.gt(1)),
      'everybody gets in': assuming(fair, all(everybody.map((p) => leadsTo(not(at(p, 'cs')), at(p, 'cs'))))),
    },
  }
})
