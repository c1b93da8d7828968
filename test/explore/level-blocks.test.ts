/**
 * Who expands which block of a level; and a thread that is ready late joins in the middle of one.
 */

import { expect, it } from 'vitest'
import { type ControlBuffers, reserveControl, word } from '../../checker/explore/control.ts'
import { blockOwner, levelBlocks, takenStates } from '../../checker/explore/level-blocks.ts'
import { hireThreads } from '../../checker/explore/threads.ts'
import { action, choose, model, range, type Statements, set, state } from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { overheard, search } from '../support/search.ts'

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

/** Levels of 1, 128, 16,384 and as many states again. */
const broad = model('broad', () => {
  const digit = range(0, 127)
  const { high, low, phase } = state({ high: digit.starts(0), low: digit.starts(0), phase: range(0, 3).starts(0) })
  const at = (now: number, then: Statements) => ({ when: phase.is(now), then: [set(phase, now + 1), then] })
  return {
    actions: [
      action('draw high', {}, () =>
        at(
          0,
          choose('high', 128, (n) => set(high, n)),
        ),
      ),
      action('draw low', {}, () =>
        at(
          1,
          choose('low', 128, (n) => set(low, n)),
        ),
      ),
      action('finish', {}, () => at(2, [])),
    ],
    terminal: true,
  }
})

it('a thread that is ready in the middle of a level joins in it', async () => {
  const hired = hireThreads(1)
  let owners = new Uint16Array(new SharedArrayBuffer(0))
  const threads = overheard(hired, ({ control }) => {
    owners = new Uint16Array(control.owners)
  })
  try {
    // The thread starts in a search of its own: the second one waits for nothing but its code.
    await search(buildModel(broad), { threads, workers: 2, jitterMicroseconds: 0 })
    const late = { maxDepth: 4, awaitsThreads: false, threadThreshold: 4096, jitterMicroseconds: 30_000 }
    const { levels } = await search(buildModel(broad), { threads, workers: 2, ...late })

    expect(levels).toEqual([0, 1, 129, 16_513, 32_897])
    expect(new Set(owners.filter((owner) => owner > 0))).toEqual(new Set([1, 2]))
  } finally {
    await hired.dismiss()
  }
})
