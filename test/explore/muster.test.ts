/**
 * Which levels are worth waking threads for.
 */

import { expect, it } from 'vitest'
import type { Crew } from '../../checker/explore/crew.ts'
import { createMuster, type Muster } from '../../checker/explore/muster.ts'

interface Level {
  readonly states: number
  /** Of one thread. */
  readonly ms: number
}

/** A muster that has one thread after these levels, and who was asked. */
function afterLevels(all: readonly Level[]): { readonly muster: Muster; readonly asked: readonly string[] } {
  const asked: string[] = []
  let elapsed = 0
  const ends = [0]
  const nothing = async (): Promise<void> => {}
  const crew: Crew = {
    ask: (who) => asked.push(who),
    ready: () => Math.min(1, asked.length),
    isStarting: () => false,
    ...{ call: () => {}, callMore: () => {}, finish: nothing, join: nothing, dismiss: nothing },
  }
  const muster = createMuster({
    ...{ crew, levels: () => ends, elapsedMs: () => elapsed, onMembers: () => {} },
    options: { threadThreshold: 3000, areThreadsEager: false, awaitsThreads: false },
  })
  for (const { states, ms } of all) {
    ends.push((ends.at(-1) ?? 0) + states)
    muster.begin(states)
    elapsed += ms / (muster.members() + 1)
  }
  return { muster, asked }
}

it.each([
  ['states that take long, though they are few', { states: 200, ms: 1.1 }, 1],
  ['more states, which are quick', { states: 900, ms: 0.9 }, 0],
  ['too few states to be dealt out, whatever they take', { states: 100, ms: 20 }, 0],
])('a level is shared or not: %s', (_, level, members) => {
  const { muster, asked } = afterLevels([level, level, level])

  expect(muster.members()).toBe(members)
  expect(asked).toEqual(members === 0 ? [] : ['running', 'running'])
})

it('less is enough for a thread that takes part already', () => {
  const long = { states: 200, ms: 1.1 }
  const sharedAfter = (states: number): number => afterLevels([long, long, { states, ms: 0 }]).muster.members()

  expect(sharedAfter(130)).toBe(1)
  expect(
    afterLevels([
      { states: 200, ms: 0.7 },
      { states: 130, ms: 0 },
    ]).asked,
  ).toEqual([])
})

it('the quickest level tells what a state takes: the first wait for code', () => {
  expect(afterLevels([{ states: 200, ms: 9 }]).asked).toEqual([])
  const warm = { states: 200, ms: 0.1 }
  const { asked } = afterLevels([{ states: 20, ms: 9 }, { states: 40, ms: 0.02 }, warm, warm])

  expect(asked).toEqual([])
})
