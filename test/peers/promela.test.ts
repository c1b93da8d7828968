/**
 * Models that the bench prints for Spin: Spin has as many states and transitions as we have; and what cannot be printed is said.
 */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { printPromela } from '../../bench/promela/print.ts'
import {
  action,
  all,
  always,
  any,
  arbitrary,
  bool,
  choose,
  each,
  ifElse,
  model,
  not,
  oneOf,
  range,
  record,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  threads,
  when,
} from '../../src/language/index.ts'
import { buildModel, checkSpec } from '../support/build.ts'

const colours = ['red', 'green', 'blue'] as const

/** A little of everything that can be printed. */
const everything = model('everything', () => {
  const { lamp, queue, seen, count, flags } = state({
    lamp: record({ colour: oneOf(colours), level: range(-1, 2) }).starts({ colour: 'red', level: -1 }),
    queue: sequenceOf(oneOf(colours), 2).starts([]),
    seen: setOf(oneOf(colours)).starts([]),
    count: range(0, 5).starts(3),
    flags: each(['x', 'y'] as const, bool).starts(false),
  })
  const turn = action('turn', {}, () => ({
    when: any(lamp.level.lt(2), flags.x),
    then: [
      choose('colour', colours, (colour) => ({ given: not(lamp.colour.is(colour)), then: set(lamp.colour, colour) })),
      set(lamp.level, ifElse(lamp.level.is(2), -1, lamp.level.plus(1))),
    ],
  }))
  const put = action('put', { colour: colours }, ({ colour }) => ({
    when: all(queue.length.lt(2), lamp.colour.is(colour)),
    then: set(queue, queue.append(colour)),
  }))
  const take = action('take', {}, () => ({
    when: queue.length.gt(0),
    then: [
      when(seen.has(queue.head), set(seen, seen.without(queue.head)), set(seen, seen.with(queue.head))),
      set(queue, queue.rest),
    ],
  }))
  const both = threads(['x', 'y'] as const, {}, (me) => [
    step('on', set(flags.at(me), true), set(count, count.plus(7).mod(6))),
    step('off', set(flags.at(me), false)),
  ])
  return {
    actions: [turn, put, take],
    threads: both,
    terminal: true,
    properties: { 'the lamp is dim': always(lamp.level.le(2)) },
  }
})

/** Sets of more members than one mask has bits: n takes five values, on both sides of the border. */
const wideSets = model('wide sets', () => {
  const { n, seen, kept } = state({
    n: range(0, 39).starts(0),
    seen: setOf(range(0, 39)).starts([38]),
    kept: each(['x', 'y'] as const, setOf(range(0, 39))).starts([]),
  })
  return {
    actions: [
      action('on', {}, () => ({ then: set(n, n.plus(8).mod(40)) })),
      action('see', {}, () => ({ when: all(not(seen.has(n)), seen.size.lt(3)), then: set(seen, seen.with(n)) })),
      action('forget', {}, () => ({ when: seen.has(n), then: set(seen, seen.without(n)) })),
      action('keep', {}, () => ({ when: seen.subsetOf([0, 32, 38]), then: set(kept.x, kept.y.union(seen)) })),
      action('swap', {}, () => ({
        when: kept.x.isNot(kept.y),
        then: [set(kept.y, kept.x.except([0, 32])), set(kept.x, [39])],
      })),
    ],
    properties: { few: always(seen.size.le(3)) },
  }
})

const hasSpin = ['spin', 'gcc'].every((program) => spawnSync(program, ['--version']).error === undefined)

const modelsOf: readonly (readonly [string, typeof everything])[] = [
  ['the lamp is dim', everything],
  ['few', wideSets],
]

it.skipIf(!hasSpin).each(modelsOf)('have the same states and transitions in Spin: %s', async (property, spec) => {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-promela-'))
  try {
    writeFileSync(join(folder, 'model.pml'), printPromela(buildModel(spec), property))
    const command = 'spin -a -o1 -o2 model.pml && gcc -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m100000'
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    const { states } = await checkSpec(spec)
    const number = (pattern: RegExp): number => Number(pattern.exec(stdout)?.[1])

    expect(stdout + stderr).toContain('errors: 0')
    expect(number(/(\d+) states, stored/)).toBe(states.distinct)
    expect(number(/(\d+) transitions/)).toBe(states.generated)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('are refused with the reason where Promela has nothing of the kind', () => {
  const anywhere = model('anywhere', () => {
    const { n } = state({ n: range(0, 3).starts(0) })
    return { initially: arbitrary(n), actions: action('stay', {}, () => ({ then: set(n, n) })), properties: {} }
  })

  expect(() => printPromela(buildModel(anywhere), 'deadlock')).toThrow('a choice of initial states')
})
