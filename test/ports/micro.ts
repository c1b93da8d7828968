/**
 * Models of two to four states, whose verdicts under fairness can be found by hand; TLC was asked for all but the last.
 */

import {
  action, all, always, any, eventually, implies, leadsTo, model, type Predicate, range, set, state, strong, weak,
} from 'modelcheck'
import { underEach } from './fairness.ts'

const againAndAgain = (p: Predicate) => always(eventually(p))
const from0 = (most: number) => range(0, most).starts(0)

/** One bit, toggled. */
export const toggle = model('toggle', () => {
  const { x } = state({ x: from0(1) })
  const t = action('T', {}, () => ({ then: set(x, x.plus(1).mod(2)) }))
  return {
    actions: t,
    properties: underEach(
      t,
      { 'GF x=1': againAndAgain(x.is(1)), 'FG x=1': eventually(always(x.is(1))), 'F x=1': eventually(x.is(1)) },
      { 'none': [], 'WF(T)': [weak('T', t)] },
    ),
  }
})

/** Two bits, toggled independently. */
export const twoToggles = model('two-toggles', () => {
  const { x, y } = state({ x: from0(1), y: from0(1) })
  const a = action('A', {}, () => ({ then: set(x, x.plus(1).mod(2)) }))
  const b = action('B', {}, () => ({ then: set(y, y.plus(1).mod(2)) }))
  return {
    actions: [a, b],
    properties: underEach(
      [a, b],
      { 'GF x=1': againAndAgain(x.is(1)), 'GF y=1': againAndAgain(y.is(1)), 'GF x=y=1': againAndAgain(all(x.is(1), y.is(1))) },
      { 'WF(A or B)': [weak('A or B', a, b)], 'WF(A)': [weak('A', a)], 'WF(A),WF(B)': [weak('A', a), weak('B', b)] },
    ),
  }
})

/** One step, and then nothing. */
export const oneStep = model('one-step', () => {
  const { x } = state({ x: from0(1) })
  const s = action('S', {}, () => ({ when: x.is(0), then: set(x, 1) }))
  return {
    actions: s,
    terminal: true,
    properties: underEach(
      s,
      {
        'GF x=1': againAndAgain(x.is(1)),
        'FG x=1': eventually(always(x.is(1))),
        'GF x=0': againAndAgain(x.is(0)),
        'x=0 ~> x=1': leadsTo(x.is(0), x.is(1)),
      },
      { 'none': [], 'WF(S)': [weak('S', s)] },
    ),
  }
})

/** To 1 or to 2, and back: two strong conditions, the second of which matters once the first is met. */
export const twoChoices = model('two-choices', () => {
  const { x } = state({ x: from0(2) })
  const step = (name: string, from: number, to: number) => action(name, {}, () => ({ when: x.is(from), then: set(x, to) }))
  const [a, b, c, d] = [step('A', 0, 1), step('B', 0, 2), step('C', 1, 0), step('D', 2, 0)]
  const next = weak('Next', a, b, c, d)
  return {
    actions: [a, b, c, d],
    properties: underEach(
      [a, b, c, d],
      {
        'GF x=1': againAndAgain(x.is(1)),
        'GF x=1 and GF x=2': all(againAndAgain(x.is(1)), againAndAgain(x.is(2))),
        'GF x=1 => GF x=2': implies(againAndAgain(x.is(1)), againAndAgain(x.is(2))),
      },
      {
        'WF(Next)': [next],
        'WF all four': [weak('A', a), weak('B', b), weak('C', c), weak('D', d)],
        'WF(Next),SF(A)': [next, strong('A', a)],
        'WF(Next),SF(A),SF(B)': [next, strong('A', a), strong('B', b)],
      },
    ),
  }
})

/** A request that may be granted, or dropped. */
export const request = model('request', () => {
  const { r, g } = state({ r: from0(1), g: from0(1) })
  const ask = action('Req', {}, () => ({ when: r.is(0), then: [set(r, 1), set(g, 0)] }))
  const grant = action('Gr', {}, () => ({ when: r.is(1), then: [set(g, 1), set(r, 0)] }))
  const drop = action('Drop', {}, () => ({ when: r.is(1), then: [set(r, 0), set(g, 0)] }))
  return {
    actions: [ask, grant, drop],
    properties: underEach(
      [ask, grant, drop],
      {
        'r=1 ~> g=1': leadsTo(r.is(1), g.is(1)),
        'GF g=1': againAndAgain(g.is(1)),
        'GF r=1 => GF g=1': implies(againAndAgain(r.is(1)), againAndAgain(g.is(1))),
      },
      {
        'WF(Next)': [weak('Next', ask, grant, drop)],
        'WF(Gr)': [weak('Gr', grant)],
        'SF(Gr)': [strong('Gr', grant)],
        'SF(Gr),WF(Req)': [strong('Gr', grant), weak('Req', ask)],
      },
    ),
  }
})

/** A counter modulo 4 that goes on by one, or by two. */
export const counter = model('counter', () => {
  const { x } = state({ x: from0(3) })
  const i = action('I', {}, () => ({ then: set(x, x.plus(1).mod(4)) }))
  const k = action('K', {}, () => ({ then: set(x, x.plus(2).mod(4)) }))
  return {
    actions: [i, k],
    properties: underEach(
      [i, k],
      {
        'GF x=3': againAndAgain(x.is(3)),
        'GF x=0 or GF x=1': any(againAndAgain(x.is(0)), againAndAgain(x.is(1))),
        'GF(x=0 or x=2)': againAndAgain(any(x.is(0), x.is(2))),
      },
      {
        'WF(I),WF(K)': [weak('I', i), weak('K', k)],
        'WF(Next)': [weak('Next', i, k)],
        'SF(I),SF(K)': [strong('I', i), strong('K', k)],
      },
    ),
  }
})

/** A fair action that changes nothing obliges nobody to anything. */
export const idleAction = model('idle-action', () => {
  const { x } = state({ x: from0(1) })
  const idle = action('idle', {}, () => ({ then: set(x, x) }))
  const go = action('go', {}, () => ({ when: x.is(0), then: set(x, 1) }))
  return {
    actions: [idle, go],
    properties: underEach([idle, go], { 'F x=1': eventually(x.is(1)) }, {
      'WF(idle)': [weak('idle', idle)],
      'WF(idle or go)': [weak('idle or go', idle, go)],
    }),
  }
})
