/**
 * Runs that are rebuilt together are those that are found alone; runs of very different lengths are rebuilt apart.
 */

import { describe, expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { rebuiltTogether } from '../../checker/judge/show.ts'
import { rebuild, type Target } from '../../checker/trace/rebuild.ts'
import { ticketLock } from '../../specs/ticket-lock.ts'
import { finish } from '../../src/model/parts.ts'
import { buildModel } from '../support/build.ts'
import { grid } from '../support/grid.ts'
import { search } from '../support/search.ts'

describe('runs that are rebuilt together', () => {
  it.each([
    ['a lock, whose threads are lanes', buildModel(ticketLock)],
    ['three counters', grid(9)],
  ])('are those that are found alone: %s', async (_, model) => {
    const exploration = await search(model, {})
    const { starts } = compile(model, [])
    const input = { searched: model, exploration, starts, members: null }
    const { levels } = exploration
    // Every seventh state, and every second of a level, so that some targets are kept on the way to others.
    const targets = levels.flatMap((end, level): Target[] => {
      const states = Array.from({ length: end - (levels[level - 1] ?? 0) }, (_, i) => (levels[level - 1] ?? 0) + i)
      const to = (indices: readonly number[]): Target => {
        return { level, ends: new Map(indices.map((index) => [index, null])), blame: () => [] }
      }
      const some = states.filter((index) => index % 2 === 0)
      return level === 0
        ? []
        : [...states.filter((index) => index % 7 === 0).map((i) => to([i])), ...(some.length > 0 ? [to(some)] : [])]
    })
    expect(targets.length).toBeGreaterThan(50)

    expect(finish(rebuild(input, targets))).toEqual(targets.flatMap((target) => finish(rebuild(input, [target]))))
  })
})

describe('what is rebuilt together', () => {
  const works = (...all: readonly number[]): readonly (readonly number[])[] =>
    rebuiltTogether(all.map((work) => ({ work }))).map((group) => group.map(({ work }) => work))

  it('is of about the same work, the least first', () => {
    expect(works(100, 7, 401, 399, 100, 8, 0)).toEqual([[0], [8, 7], [100, 100], [401, 399]])
    expect(works()).toEqual([])
  })

  it('is of few runs where each may keep millions of states', () => {
    expect(works(...Array.from({ length: 5 }, () => 2 ** 24)).map((group) => group.length)).toEqual([1, 2, 2])
    expect(works(2 ** 28, 2 ** 28)).toEqual([[2 ** 28], [2 ** 28]])
  })
})
