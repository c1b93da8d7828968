/**
 * The corners of fairness and of runs that stop, one small graph each. Each verdict is written down by hand and confirmed by
 * the reference decision procedure.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { at, eventually, forever, idle, leadsTo, model, step, threads } from '../../src/index.ts'
import type { FairnessGroup, Ltl, Strength } from '../../src/model/ir.ts'
import { checkSpec, lengthOf, littleMemory, verdictsOf } from '../support/build.ts'
import { among, modelOf } from './graph.ts'
import { holdsOnFairBehaviours } from './reference.ts'

/** Transitions of instance a, b, c, … as `from to` pairs. */
type Moves = Readonly<Record<string, readonly (readonly [number, number])[]>>
type Fair = readonly (readonly [Strength, string])[]

const letters = 'abcd'
const instancesOf = (group: string): readonly number[] => [...group].map((letter) => letters.indexOf(letter))

/** What became of the claim: `holds`, or the lengths of stem and loop (0: the run stops), and the states of the loop. */
interface Found {
  readonly verdict: string
  readonly stem: number | null
  readonly loop: number | null
  readonly repeated: readonly number[]
}

async function decide(moves: Moves, fair: Fair, formula: Ltl, outside: readonly number[] = []): Promise<Found> {
  const pairs = Object.entries(moves).flatMap(([letter, ends]) =>
    ends.map(([from, to]) => ({ from, to, instance: letters.indexOf(letter) })),
  )
  const stateCount = Math.max(...pairs.flatMap(({ from, to }) => [from, to])) + 1
  const graph = { stateCount, instanceCount: letters.length, initial: [0], moves: pairs, outside }
  const fairness = fair.map(
    ([strength, group]): FairnessGroup => ({ name: group, strength, instances: instancesOf(group) }),
  )
  const result = await checkModel(modelOf(graph, [{ formula, fairness }]), { workers: 1, ...littleMemory })
  const { verdict, trace } = result.properties[0] ?? { verdict: 'none', trace: null }
  expect(verdict).toBe(holdsOnFairBehaviours(graph, formula, fairness) ? 'holds' : 'violated')
  const loop = trace?.loop ?? null
  return {
    verdict,
    stem: loop,
    loop: trace === null || loop === null ? null : trace.steps.length - 1 - loop,
    repeated: trace === null || loop === null ? [] : trace.steps.slice(loop).map(({ state }) => Number(state['x'])),
  }
}

const finally_ = (f: Ltl): Ltl => ({ kind: 'eventually', f })
const always = (f: Ltl): Ltl => ({ kind: 'always', f })
const next = (f: Ltl): Ltl => ({ kind: 'next', f })
const taken = (group: string): Ltl => ({ kind: 'taken', name: group, instances: instancesOf(group) })

describe('what comes after a step that is taken', () => {
  it('counts only where it is taken', async () => {
    const round: Moves = {
      a: [[3, 1]],
      b: [
        [0, 1],
        [1, 2],
        [2, 1],
      ],
    }
    const never = always({ kind: 'not', f: { kind: 'and', fs: [among([1]), taken('a'), next(always(among([1, 2])))] } })

    expect((await decide(round, [], never)).verdict).toBe('holds')
    expect((await decide({ ...round, a: [[1, 2]] }, [], never)).verdict).toBe('violated')
  })
})

describe('a run may simply stop', () => {
  const moves: Moves = { a: [[0, 1]] }

  it('where no fairness forces it on', async () => {
    expect(await decide(moves, [], finally_(among([1])))).toMatchObject({ verdict: 'violated', stem: 0, loop: 0 })
    expect(await decide(moves, [['weak', 'b']], finally_(among([1])))).toMatchObject({ verdict: 'violated', loop: 0 })
  })

  it('and not where a weak or a strong condition is enabled', async () => {
    expect((await decide(moves, [['weak', 'a']], finally_(among([1])))).verdict).toBe('holds')
    expect((await decide(moves, [['strong', 'a']], finally_(among([1])))).verdict).toBe('holds')
  })

  it('in a terminal state, whatever is fair', async () => {
    const claim = always(finally_(among([0])))
    expect(await decide(moves, [['strong', 'ab']], claim)).toMatchObject({ verdict: 'violated', stem: 1, loop: 0 })
    expect((await decide(moves, [['weak', 'a']], always(finally_(among([1]))))).verdict).toBe('holds')
  })

  it('but not outside an assumption, though that is nearer', async () => {
    const split: Moves = {
      a: [
        [0, 1],
        [0, 2],
        [2, 3],
      ],
    }
    const claim: Ltl = { kind: 'leadsTo', left: among([1, 3]), right: among([0]) }
    expect(await decide(split, [], claim)).toMatchObject({ stem: 1, repeated: [1] })
    expect(await decide(split, [], claim, [1])).toMatchObject({ stem: 2, repeated: [3] })
  })

  it('and then `next` reads the same state again', async () => {
    expect(await decide(moves, [], next(among([1])))).toMatchObject({ verdict: 'violated', stem: 0, loop: 0 })
    expect((await decide(moves, [['weak', 'a']], next(among([1])))).verdict).toBe('holds')
    expect((await decide(moves, [['weak', 'a']], next(next(among([1]))))).verdict).toBe('holds')
  })

  it('and then nothing is taken', async () => {
    expect((await decide(moves, [], finally_(always({ kind: 'not', f: taken('a') })))).verdict).toBe('holds')
    expect((await decide(moves, [], taken('a'))).loop).toBe(0)
  })
})

describe('weak against strong', () => {
  /** b is enabled again and again in the cycle of a, and never for good. */
  const nowAndThen: Moves = {
    a: [
      [0, 1],
      [1, 0],
    ],
    b: [[0, 2]],
  }

  it('enabled only now and then: weak does not force it, strong does', async () => {
    const weak = await decide(
      nowAndThen,
      [
        ['weak', 'a'],
        ['weak', 'b'],
      ],
      finally_(among([2])),
    )
    expect(weak).toMatchObject({ verdict: 'violated', stem: 0, loop: 2 })
    expect(
      (
        await decide(
          nowAndThen,
          [
            ['weak', 'a'],
            ['strong', 'b'],
          ],
          finally_(among([2])),
        )
      ).verdict,
    ).toBe('holds')
  })

  it('finds a fair part inside a component that is unfair as a whole', async () => {
    const moves: Moves = {
      a: [
        [0, 1],
        [1, 0],
        [1, 2],
        [2, 1],
      ],
      b: [[2, 3]],
    }
    const found = await decide(
      moves,
      [
        ['weak', 'a'],
        ['strong', 'b'],
      ],
      finally_(among([3])),
    )
    expect(found).toMatchObject({ verdict: 'violated', stem: 0, loop: 2, repeated: [0, 1, 0] })
  })

  /** c, enabled in 2, takes 2 away; that takes away the only place where b is taken, and with it 1. */
  const rounds: Moves = {
    a: [
      [0, 1],
      [1, 0],
      [2, 1],
    ],
    b: [
      [1, 2],
      [2, 0],
    ],
    c: [[2, 3]],
  }
  const fair: Fair = [
    ['weak', 'a'],
    ['strong', 'b'],
    ['strong', 'c'],
  ]

  it('removes states for one strong condition and then for another that depended on them', async () => {
    expect((await decide(rounds, fair, finally_(among([3])))).verdict).toBe('holds')
  })

  it('keeps what is left after both rounds', async () => {
    const moves: Moves = { ...rounds, a: [...(rounds['a'] ?? []), [0, 4], [4, 0]] }
    const found = await decide(moves, fair, finally_(among([3])))
    expect(found).toMatchObject({ verdict: 'violated', stem: 0, loop: 2, repeated: [0, 4, 0] })
  })
})

describe('enabled and taken mean: and changes the state', () => {
  it('a fair action that changes nothing forces nothing', async () => {
    const moves: Moves = { a: [[0, 0]], b: [[0, 1]] }
    expect(await decide(moves, [['strong', 'a']], finally_(among([1])))).toMatchObject({ verdict: 'violated', stem: 0 })
  })

  it('and does not count as taken', async () => {
    const moves: Moves = { a: [[0, 0]] }
    expect((await decide(moves, [], always({ kind: 'not', f: taken('a') }))).verdict).toBe('holds')
  })

  it('a self-loop does not satisfy a condition that could move on', async () => {
    const moves: Moves = {
      a: [
        [0, 0],
        [0, 1],
      ],
    }
    expect((await decide(moves, [['weak', 'a']], finally_(among([1])))).verdict).toBe('holds')
  })
})

describe('groups', () => {
  /** Two toggles over the states 0 to 3: a flips the low bit, b the high one. */
  const toggles: Moves = {
    a: [
      [0, 1],
      [1, 0],
      [2, 3],
      [3, 2],
    ],
    b: [
      [0, 2],
      [2, 0],
      [1, 3],
      [3, 1],
    ],
  }
  const lowAgainAndAgain = always(finally_(among([1, 3])))

  it('one condition over several instances is met by any of them', async () => {
    expect(await decide(toggles, [['weak', 'ab']], lowAgainAndAgain)).toMatchObject({ verdict: 'violated', loop: 2 })
  })

  it('a condition over some of the instances binds these alone', async () => {
    expect((await decide(toggles, [['weak', 'a']], lowAgainAndAgain)).verdict).toBe('holds')
    expect((await decide(toggles, [['weak', 'b']], lowAgainAndAgain)).verdict).toBe('violated')
  })

  it('a weak group is owed only if at each moment some instance of it is enabled', async () => {
    const moves: Moves = {
      a: [
        [0, 1],
        [1, 0],
      ],
      b: [[0, 2]],
      c: [[1, 2]],
    }
    expect(
      (
        await decide(
          moves,
          [
            ['weak', 'a'],
            ['weak', 'bc'],
          ],
          finally_(among([2])),
        )
      ).verdict,
    ).toBe('holds')
    expect(
      (
        await decide(
          moves,
          [
            ['weak', 'a'],
            ['weak', 'b'],
            ['weak', 'c'],
          ],
          finally_(among([2])),
        )
      ).verdict,
    ).toBe('violated')
  })

  it('an exempt step may be put off for ever, the others not', async () => {
    const spec = model('exempt', () => {
      const worker = threads(['w'], { fair: 'weak' }, () => forever(idle('rest'), step('work'), step('done')))
      return {
        threads: worker,
        properties: {
          'work is done': leadsTo(at(worker.w, 'work'), at(worker.w, 'done')),
          'it works': eventually(at(worker.w, 'work')),
        },
      }
    })
    const result = await checkSpec(spec)
    expect(verdictsOf(result)).toMatchObject({ 'work is done': 'holds', 'it works': 'violated' })
    expect(lengthOf(result, 'it works')).toEqual({ stem: 0, loop: 0 })
  })
})
