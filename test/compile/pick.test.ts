/**
 * Elements picked by an index that depends on the state: of arrays that lie in several words, and by indices within indices, whose text must
 * not grow with each by the number of elements.
 */

import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import {
  action,
  always,
  bool,
  type Expr,
  each,
  model,
  range,
  sequenceOf,
  set,
  state,
} from '../../src/language/index.ts'
import { buildModel } from '../support/build.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'

/** A list of nodes in two words, one of which begins with elements of another array; `hops` steps along it in one expression. */
const listOf = (hops: number) =>
  model('list', () => {
    const ids = Array.from({ length: 12 }, (_, i) => i)
    const { marks, next, level, head, queue } = state({
      marks: each(12, bool).starts(ids.map((i) => i % 3 === 0)),
      next: each(12, range(0, 11)).starts(ids.map((i) => (i + 5) % 12)),
      level: each(12, range(-2, 4)).starts(ids.map((i) => (i % 7) - 2)),
      head: range(0, 11).starts(0),
      queue: sequenceOf(range(0, 11), 3).starts([7, 2, 9]),
    })
    let far: Expr<number> = head
    for (let hop = 0; hop < hops; hop++) far = next.at(far)
    return {
      actions: [
        action('go', {}, () => ({ when: marks.at(far), then: set(head, far) })),
        action('step', {}, () => ({ then: set(head, next.at(head)) })),
        action('turn', { i: [0, 7, 11] }, ({ i }) => ({ when: far.isNot(i), then: set(next.at(i), far) })),
        action('raise', {}, () => ({ then: set(level.at(far), level.at(next.at(far)).plus(level.at(far)).mod(3)) })),
        action('queued', {}, () => ({
          then: set(queue, queue.rest.append(next.at(queue.at(level.at(far).max(0).min(2))))),
        })),
      ],
      properties: { 'levels are low': always(level.at(far).lt(4)) },
    }
  })

it('picks what the reference evaluator picks', () => {
  for (const hops of [1, 2, 4]) {
    expect(expectAgreement(buildModel(listOf(hops)), 300).nodes.size).toBeGreaterThan(100)
  }
})

it('writes an index within an index once', () => {
  const lengthOf = (hops: number): number => compile(buildModel(listOf(hops)), [0]).compiled.source.length

  expect(lengthOf(8) - lengthOf(5)).toBeLessThan(1.5 * (lengthOf(5) - lengthOf(2)))
})
