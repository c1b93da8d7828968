/**
 * Who expands which block of a level; and a thread that is ready late joins in the middle of one.
 */

import { expect, it } from 'vitest'
import { type ControlBuffers, reserveControl, word } from '../../checker/explore/control.ts'
import { blockOwner, levelBlocks, takenStates } from '../../checker/explore/level-blocks.ts'
import { hireThreads, type Threads } from '../../checker/explore/threads.ts'
import { action, arbitrary, bool, each, model, not, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

/** A level of 100 states in blocks of 16, after one of 10 states; `owners`: of each block the worker that put it there. */
function builtBy(owners: readonly number[]): ControlBuffers {
  const buffers = reserveControl(3, 0, 1000)
  const control = new Int32Array(buffers.control)
  control[word.levelStart] = 10
  control[word.block] = 16
  for (const [k, worker] of owners.entries()) blockOwner(buffers, worker)(10 + 16 * k)
  control[word.half] = 1
  control[word.expandFrom] = 10
  control[word.expandBlock] = 16
  control[word.levelStart] = 110
  return buffers
}

it('a thread takes its own blocks in order, then those of others from the end, and nobody takes one twice', () => {
  const buffers = builtBy([0, 1, 1, 0, 1, 0, 0])
  const claims = (worker: number): (() => unknown) => {
    const blocks = levelBlocks(buffers, worker)
    blocks.beginLevel()
    return blocks.claim
  }
  const [first, second, third] = [claims(0), claims(1), claims(2)]

  expect([first(), first()]).toEqual([
    [10, 26],
    [58, 74],
  ])
  expect([third(), third()]).toEqual([
    [106, 110],
    [90, 106],
  ])
  expect(takenStates(buffers)).toBe(52)
  expect([second(), first(), first(), first()]).toEqual([[26, 42], [74, 90], [42, 58], null])
  expect([second(), third(), takenStates(buffers)]).toEqual([null, null, 100])
})

/** 16,384 initial states, with a successor each. */
const broad = model('broad', () => {
  const { bits, isDone } = state({ bits: each(14, bool).starts(false), isDone: bool.starts(false) })
  return {
    initially: arbitrary(bits),
    actions: action('finish', {}, () => ({ when: not(isDone), then: set(isDone, true) })),
    properties: {},
    terminal: true,
  }
})

it('a thread that is ready in the middle of a level joins in it', async () => {
  const hired = hireThreads(1)
  let owners = new Uint16Array(new SharedArrayBuffer(0))
  const threads: Threads = {
    count: 1,
    takePart: (input, failed) => {
      owners = new Uint16Array(input.control.owners)
      return hired.takePart(input, failed)
    },
  }
  try {
    // The thread starts in a search of its own: the second one waits for nothing but its code.
    await search(buildModel(broad), { threads, workers: 2, maxDepth: 2, jitterMicroseconds: 0 })
    const late = { threads, workers: 2, maxDepth: 2, awaitsThreads: false, jitterMicroseconds: 30_000 }
    const { levels } = await search(buildModel(broad), late)

    expect(levels).toEqual([0, 2 ** 14, 2 ** 15])
    expect(new Set(owners.filter((owner) => owner > 0))).toEqual(new Set([1, 2]))
  } finally {
    await hired.dismiss()
  }
})
