/**
 * What can be ranged over, what a sequence has, and which steps a selection leaves.
 */

import { describe, expect, it } from 'vitest'
import {
  action,
  all,
  any,
  at,
  choose,
  count,
  either,
  exists,
  forall,
  forever,
  implies,
  leave,
  loop,
  measure,
  model,
  names,
  not,
  type Predicate,
  range,
  reachable,
  routines,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  stepsBut,
  subsets,
  threads,
} from '../../src/language/index.ts'
import type { Operand, SetOf, Var } from '../../src/language/kinds.ts'
import { printExpr } from '../../src/model/print.ts'
import { labelsOf } from '../../src/model/ways.ts'
import { buildModel, checkSpec, countsOf, verdictsOf } from '../support/build.ts'

/** How often a value occurs over the sixteen subsets of 0 … 3. */
async function overSubsets(value: (some: Var<SetOf<number>>) => Operand<number>) {
  const builder = model('subsets of four digits', () => {
    const { some } = state({ some: setOf(range(0, 3)).starts([]) })
    return {
      initially: choose('some', subsets([0, 1, 2, 3]), (digits) => set(some, digits)),
      terminal: true,
      properties: { value: measure(value(some)) },
    }
  })
  return (await checkSpec(builder)).properties.find(({ name }) => name === 'value')?.measure?.histogram
}

const asNumber = (predicate: Predicate): Operand<number> => count([predicate], (is) => is)

describe('what is plainly true or false', () => {
  const built = (predicate: (level: Var<number>) => Predicate) => {
    const { properties } = buildModel(
      model('plain', () => {
        const { level } = state({ level: range(0, 1).starts(0) })
        return { terminal: true, properties: { p: reachable(predicate(level)) } }
      }),
    )
    const [p] = properties
    return p?.kind === 'reachable' ? printExpr(p.predicate) : null
  }

  it.each<[shown: string, (level: Var<number>) => Predicate]>([
    ['level = 0', (level) => all(true, level.is(0), true)],
    ['false', (level) => all(true, false, level.is(0))],
    ['level = 0 and false', (level) => all(level.is(0), false, level.is(1))],
    ['true', () => all(true, all())],
    ['level = 0', (level) => any(false, level.is(0))],
    ['true', (level) => any(not(false), level.is(0))],
    ['false', () => any(not(true))],
    ['level = 0', (level) => implies(true, level.is(0))],
    ['true', (level) => implies(all(false, level.is(1)), level.is(0))],
    ['false', () => implies(true, false)],
  ])('leaves %s, and what comes before it', (shown, predicate) => {
    expect(built(predicate)).toBe(shown)
  })

  it('leaves out members and outcomes', () => {
    const few = model('few', () => {
      const { some } = state({ some: setOf(range(0, 99)).starts([]) })
      const isSmall = (digit: number) => all(digit < 2, some.size.lt(9))
      return {
        actions: action('drop', {}, () => ({
          then: choose('which', some, (digit) => ({ given: isSmall(digit), then: set(some, some.without(digit)) })),
        })),
        terminal: true,
        properties: {
          p: reachable(
            all(
              exists(some, isSmall),
              forall(some, (digit) => any(digit > 1, some.has(3))),
            ),
          ),
        },
      }
    })

    const { instances, properties } = buildModel(few)
    expect(JSON.stringify(instances).match(/"kind":"remove"/g)).toHaveLength(2)
    expect(JSON.stringify(properties).match(/"kind":"contains"/g)).toHaveLength(6)
  })
})

describe('the members of a set', () => {
  it('are counted by their plain value', async () => {
    const large = await overSubsets((some) => count(some, (digit) => digit >= 2))
    expect(large).toEqual({ '0': 4, '1': 8, '2': 4 })
  })

  it('satisfy a predicate of the state, all or some of them', async () => {
    // The empty set and {0}; then the sets that contain 3.
    expect(await overSubsets((some) => asNumber(forall(some, (digit) => digit === 0)))).toEqual({ '0': 14, '1': 2 })
    expect(await overSubsets((some) => asNumber(exists(some, (digit) => some.size.plus(digit).ge(6))))).toEqual({
      '0': 12,
      '1': 4,
    })
  })

  it('are chosen from while they are in, and block when there are none', async () => {
    const result = await checkSpec(
      model('take out', () => {
        const { left } = state({ left: setOf(range(1, 3)).starts([1, 2, 3]) })
        const take = action('take', {}, () => ({
          then: choose('which', left, (one) => set(left, left.without(one))),
        }))
        return { actions: take, terminal: left.is([]), properties: { 'all are out': reachable(left.is([])) } }
      }),
    )
    expect(countsOf(result)).toEqual([8, 13, 4])
    expect(verdictsOf(result)).toEqual({ 'all are out': 'reached', deadlock: 'holds' })
  })
})

describe('a number and a domain', () => {
  it('give an action the same instances as a list', () => {
    const instances = (items: readonly number[] | number | ReturnType<typeof range>) =>
      buildModel(
        model('parameters', () => {
          const { x } = state({ x: range(0, 2).starts(0) })
          return { actions: action('put', { to: items }, ({ to }) => ({ then: set(x, to) })) }
        }),
      ).instances.map(({ binding }) => binding)
    const listed = [{ to: 0 }, { to: 1 }, { to: 2 }]
    expect([instances([0, 1, 2]), instances(3), instances(range(0, 2))]).toEqual([listed, listed, listed])
  })
})

describe('a sequence', () => {
  it('has what stands in it, and not what stood there', async () => {
    const result = await checkSpec(
      model('queue', () => {
        const { queue } = state({ queue: sequenceOf(range(0, 2), 2).starts([2, 1]) })
        const leaves = action('leave', {}, () => ({ when: queue.length.gt(0), then: set(queue, queue.rest) }))
        return {
          actions: leaves,
          terminal: true,
          properties: { 'has 2': measure(asNumber(queue.has(2))), 'has 1': measure(asNumber(queue.has(1))) },
        }
      }),
    )
    const measured = (name: string) => result.properties.find((property) => property.name === name)?.measure?.histogram
    expect(measured('has 2')).toEqual({ '0': 2, '1': 1 })
    expect(measured('has 1')).toEqual({ '0': 1, '1': 2 })
  })
})

describe('leave', () => {
  it('goes on after the innermost loop, and returns from the routine, without a step', () => {
    const built = buildModel(
      model('leaving', () => {
        const code = routines(
          { call: () => [either([step('return'), leave('routine')], step('stay')), step('rest of the routine')] },
          {},
        )
        const process = threads(names('p', 1), {}, () => [
          forever(
            loop('inner', true, [step('out of the inner'), leave('loop')]),
            step('out of the outer'),
            leave('loop'),
          ),
          code.call(),
          step('last'),
        ])
        return { threads: process }
      }),
    )
    const leadsTo = (label: string) =>
      built.threads[0]?.locations
        .filter(({ value }) =>
          built.instances.some(
            (instance) =>
              instance.label === label && JSON.stringify(instance.effect).includes(`"value":${JSON.stringify(value)}`),
          ),
        )
        .map(labelsOf)
    expect(leadsTo('out of the inner')).toEqual([['out of the outer']])
    expect(leadsTo('out of the outer')).toEqual([['return', 'stay']])
    expect(leadsTo('return')).toEqual([['last']])
    expect(leadsTo('stay')).toEqual([['rest of the routine']])
  })

  it('is refused where there is nothing to leave (MC107)', () => {
    const code = () => routines({ call: () => leave('loop') }, {})
    const problems = [
      model('no loop', () => ({ threads: threads(['p'], {}, () => [step('a'), leave('loop')]) })),
      model('no routine', () => ({ threads: threads(['p'], {}, () => [step('a'), leave('routine')]) })),
      model('the loop of the caller', () => ({
        threads: threads(['p'], {}, () => forever(step('a'), code().call())),
      })),
    ].map((builder) => builder.build())
    expect(
      problems.map((built) => ('left' in built ? built.left.map(({ code: c, message }) => `${c} ${message}`) : [])),
    ).toEqual([
      ['MC107 there is no loop to leave'],
      ['MC107 there is no routine to leave'],
      ['MC107 there is no loop to leave'],
    ])
  })
})

describe('stepsBut', () => {
  it('selects all steps of a thread but those with the label', () => {
    let labels: readonly string[] = []
    buildModel(
      model('three steps', () => {
        const process = threads(names('p', 1), {}, () => forever(step('a'), step('b'), step('c')))
        const [p] = Object.values(process)
        if (p !== undefined) labels = stepsBut(p, 'b').drafts.map(({ instance }) => instance.label)
        return { threads: process, properties: p === undefined ? {} : { 'at c': reachable(at(p, 'c')) } }
      }),
    )
    expect(labels).toEqual(['a', 'c'])
  })
})
