/**
 * Where threads meet: a wait that ends early is no meeting, and a level that is closed has no holes.
 */

import { afterEach, describe, expect, it, vi } from 'vitest'
import { waitWhile, workerWord } from '../../checker/explore/control.ts'
import { movedIndex, movesIntoHoles } from '../../checker/explore/holes.ts'

afterEach(() => vi.restoreAllMocks())

describe('the wait for a round', () => {
  it('goes on when it is woken before the word has changed', () => {
    const control = new Int32Array(new SharedArrayBuffer(8))
    const wakings: ('ok' | 'timed-out' | 'not-equal')[] = ['ok', 'timed-out', 'not-equal', 'ok']
    const woken = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
      const waking = wakings.shift()
      if (wakings.length === 0) Atomics.store(control, 1, 8)
      return waking ?? 'ok'
    })
    waitWhile(control, 1, 0)

    expect([Atomics.load(control, 1), woken.mock.calls.length]).toEqual([8, 4])
  })

  it('is over at once when the word has changed already', () => {
    const woken = vi.spyOn(Atomics, 'wait').mockReturnValue('ok')
    waitWhile(new Int32Array(new SharedArrayBuffer(4)), 0, 7)

    expect(woken).not.toHaveBeenCalled()
  })
})

/** Blocks of threads: what each has not filled. */
function blocksOf(...holes: readonly (readonly [number, number])[]): Int32Array {
  const blocks = new Int32Array(new SharedArrayBuffer(holes.length * workerWord.length * 4))
  for (const [i, [next, end]] of holes.entries()) {
    blocks[i * workerWord.length + workerWord.next] = next
    blocks[i * workerWord.length + workerWord.blockEnd] = end
  }
  return blocks
}

describe('a closed level', () => {
  it.each([
    ['no hole', [[10, 10]], 10, 10, []],
    ['one at the end', [[7, 10]], 10, 7, []],
    ['one inside', [[4, 6]], 10, 8, [{ from: 8, to: 4, count: 2 }]],
    [
      'one inside, one at the end',
      [
        [8, 10],
        [2, 4],
      ],
      10,
      6,
      [{ from: 6, to: 2, count: 2 }],
    ],
    ['one that the new end cuts', [[6, 9]], 10, 7, [{ from: 9, to: 6, count: 1 }]],
    [
      'a thread without a block',
      [
        [0, 0],
        [4, 5],
      ],
      6,
      5,
      [{ from: 5, to: 4, count: 1 }],
    ],
    [
      'two that one run of states fills',
      [
        [1, 2],
        [4, 6],
      ],
      10,
      7,
      [
        { from: 7, to: 1, count: 1 },
        { from: 8, to: 4, count: 2 },
      ],
    ],
    [
      'one that two runs of states fill',
      [
        [1, 4],
        [8, 9],
      ],
      10,
      6,
      [
        { from: 6, to: 1, count: 2 },
        { from: 9, to: 3, count: 1 },
      ],
    ],
  ] as const)('is dense: %s', (_, holes, reserved, end, moves) => {
    expect(movesIntoHoles(blocksOf(...holes), reserved)).toEqual({ end, moves })
  })

  it('knows where a state is after its moves', () => {
    const moves = [
      { from: 7, to: 1, count: 1 },
      { from: 8, to: 4, count: 2 },
    ]

    expect([0, 6, 7, 8, 9, 10].map((index) => movedIndex(moves, index))).toEqual([0, 6, 1, 4, 5, 10])
  })
})
