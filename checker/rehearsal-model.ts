/**
 * A model for `rehearsal.ts`: Peterson's lock of two processes, with expressions and statements of the kinds that most models have.
 */

import type { Domain, Expr, Instance, Model, Place, Source, Statement } from '../src/model/ir.ts'

const source: Source = { file: 'rehearsal', line: 1 }

const boolean: Domain = { kind: 'boolean' }
const process = { kind: 'range', min: 0, max: 1 } as const
const place: Domain = { kind: 'enumeration', values: ['outside', 'waiting', 'inside'] }

const variable = (name: string): Place => ({ kind: 'variable', name })
const element = (of: string, index: number): Place => ({ kind: 'index', of: variable(of), index: number(index) })
const number = (value: number): Expr => ({ kind: 'literal', domain: { kind: 'range', min: value, max: value }, value })
const truth = (value: boolean): Expr => ({ kind: 'literal', domain: boolean, value })
const equal = (left: Expr, right: Expr): Expr => ({ kind: 'equal', left, right })
const assign = (to: Place, e: Expr): Statement => ({ kind: 'assign', place: to, e, source })
const isAt = (me: number, value: string): Expr => equal(variable(`at${me}`), { kind: 'literal', domain: place, value })
const goes = (me: number, value: string): Statement =>
  assign(variable(`at${me}`), { kind: 'literal', domain: place, value })

/** Any of these values at the start. */
function anyOf(to: Place, es: readonly Expr[]): Statement {
  const alternatives = es.map((e, value) => ({ value, given: null, then: [assign(to, e)] }))
  return { kind: 'choose', name: '', alternatives, source }
}

function step(me: number, label: string, from: string, guard: readonly Expr[], effect: readonly Statement[]): Instance {
  return {
    ...{ action: me, binding: {}, lane: `p${me}`, kind: 'step', thread: null, path: [], label, effect, source },
    guard: [isAt(me, from), ...guard].map((e) => ({ name: null, e, assumption: null })),
  }
}

function stepsOf(me: number): readonly Instance[] {
  const other = 1 - me
  const isMine = equal(variable('turn'), number(me))
  const mayEnter: Expr = { kind: 'or', es: [{ kind: 'not', e: element('asks', other) }, isMine] }
  const changed: Expr = { kind: 'arithmetic', operator: 'minus', left: number(1), right: variable('turn') }
  const added: Expr = { kind: 'insert', set: variable('served'), element: number(me) }
  const yields = assign(variable('turn'), number(other))
  const pass: Statement = {
    ...{ kind: 'when', condition: element('asks', other), source },
    then: [
      assign(variable('turn'), { kind: 'conditional', condition: isMine, then: changed, otherwise: variable('turn') }),
    ],
    otherwise: [assign(variable('served'), added)],
  }
  return [
    step(me, 'ask', 'outside', [], [assign(element('asks', me), truth(true)), yields, goes(me, 'waiting')]),
    step(me, 'enter', 'waiting', [mayEnter], [goes(me, 'inside')]),
    step(me, 'leave', 'inside', [], [assign(element('asks', me), truth(false)), pass, goes(me, 'outside')]),
  ]
}

const predicate: Expr = {
  kind: 'and',
  es: [
    { kind: 'not', e: { kind: 'and', es: [isAt(0, 'inside'), isAt(1, 'inside')] } },
    { kind: 'compare', operator: 'le', left: { kind: 'size', of: variable('served') }, right: number(2) },
  ],
}

const data = (name: string, domain: Domain, initial: Model['variables'][number]['initial']) =>
  ({ name, domain, initial, role: 'data', source }) as const

export const rehearsalModel: Model = {
  name: 'rehearsal',
  constants: {},
  variables: [
    data('at0', place, 'outside'),
    data('at1', place, 'outside'),
    data('asks', { kind: 'array', index: process, element: boolean }, [false, false]),
    data('turn', process, 0),
    data('served', { kind: 'set', element: process }, []),
  ],
  initially: [anyOf(element('asks', 1), [false, true].map(truth)), anyOf(variable('turn'), [0, 1].map(number))],
  actions: [0, 1].map((me) => ({ name: `p${me}`, source })),
  instances: [0, 1].flatMap(stepsOf),
  ...{ threads: [], assumptions: [], fairness: [], terminal: truth(false) },
  properties: [{ kind: 'invariant', name: 'one inside', predicate, source }],
  ...{ expectedViolations: [], strips: [], interchangeable: [], source },
}
