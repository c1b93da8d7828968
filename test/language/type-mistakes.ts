/**
 * Mistakes that the editor shows. Every line after an expectation must be a type error, or `npm run types` fails;
 * `type-mistakes.test.ts` looks at what the messages say. Nothing here is run.
 */

import {
  action,
  all,
  arrival,
  at,
  bool,
  branch,
  constant,
  each,
  either,
  forever,
  idle,
  inside,
  type ModelBuilder,
  model,
  never,
  not,
  oneOf,
  only,
  range,
  record,
  repeat,
  routines,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  steps,
  taken,
  threads,
  until,
} from 'modelcheck'

const ids = ['p0', 'p1'] as const
const nobody = 'nobody'

export function mistakes(): unknown {
  const { flag, turn, n, mask, who, queue } = state({
    flag: each(ids, bool).starts(false),
    turn: oneOf(ids).starts('p0'),
    n: range(0, 3).starts(0),
    mask: record({ D: bool, level: oneOf(['low', 'high']) }).starts({ D: true, level: 'low' }),
    who: setOf(oneOf(ids)).starts([]),
    queue: sequenceOf(oneOf(ids), 2).starts([]),
  })
  const process = threads(ids, {}, (me) =>
    forever(
      idle('rest', set(flag[me], true)),
      branch('crowded', n.gt(2), [step('back off')], either(step('left'), [step('right')])),
      repeat(step('spin'), 'again', not(flag.p0)),
      until('wait', turn.is(me)),
      step('critical'),
    ),
  )
  const { p0 } = process
  const code = routines(
    { irq_enter: (k) => [step('lock', set(k.seen, true)), k.code.irq_exit()], irq_exit: () => step('unlock') },
    { seen: flag.p0 },
  )
  const interrupted = threads(
    ['cpu'],
    {
      arrivals: () => [arrival('IRQ', { when: true, limit: 1, runs: step('handle'), returns: step('eret') })],
    },
    () => [step('work'), either(step('this'), step('that'))],
  )
  const calling = threads(['task'], {}, () => [code.irq_enter()])
  const send = action('send', { to: ids }, () => ({ then: [] }))

  const { next } = state({ next: each(ids, oneOf([nobody, ...ids])).starts(nobody) })

  // What is right must stay right.
  next.p0.is(nobody)
  at(p0, 'critical')
  at(p0, ['rest', 'crowded', 'back off', 'left', 'right', 'spin', 'again', 'wait', 'critical'])
  at(interrupted.cpu, ['work', 'this', 'that', 'handle', 'eret'])
  inside(calling.task, 'irq_enter')
  at(calling.task, ['lock', 'unlock'])

  // @ts-expect-error a misspelt label
  at(p0, 'critcal')
  // @ts-expect-error a misspelt label among others
  at(p0, ['wait', 'critcal'])
  // @ts-expect-error a label of another thread
  at(interrupted.cpu, 'critical')
  // @ts-expect-error a misspelt label of a handler
  at(interrupted.cpu, 'erett')
  // @ts-expect-error a misspelt label in a selection
  steps(p0, 'critcal')
  // @ts-expect-error a misspelt label in a routine
  at(calling.task, 'lokc')
  // @ts-expect-error a misspelt routine
  inside(calling.task, 'irq_entr')
  // @ts-expect-error a routine of a thread that calls none
  inside(p0, 'irq_enter')
  // @ts-expect-error a call of a routine that does not exist
  code.irq_entry()
  // @ts-expect-error a thread that does not exist
  process.p2
  // @ts-expect-error a misspelt value in a comparison
  turn.is('p3')
  // @ts-expect-error a misspelt value of a part, whose labels come from a constant
  next.p0.is('nobdy')
  // @ts-expect-error a misspelt value in an assignment
  set(turn, 'p3')
  // @ts-expect-error a misspelt initial value
  oneOf(['open', 'shut']).starts('shutt')
  // @ts-expect-error a misspelt field
  mask.leval
  // @ts-expect-error a misspelt value of a field
  set(mask, { D: true, level: 'hihg' })
  // @ts-expect-error a missing field
  set(mask, { D: true })
  // @ts-expect-error a wrong index
  flag.at('p7')
  // @ts-expect-error a missing element
  each(ids, bool).starts({ p0: true })
  // @ts-expect-error a number for a boolean
  set(flag.p0, 1)
  // @ts-expect-error a boolean for a number
  set(n, true)
  // @ts-expect-error a label in arithmetic
  n.plus('one')
  // @ts-expect-error a label compared with a number
  n.lt('p0')
  // @ts-expect-error a member that the set cannot have
  who.has('p3')
  // @ts-expect-error an element that the sequence cannot hold
  queue.append('p3')
  // @ts-expect-error arithmetic on a boolean
  flag.p0.plus(1)
  // @ts-expect-error a number as a condition
  until('wait', n)
  // @ts-expect-error a label as a condition
  all(flag.p0, turn)
  // @ts-expect-error the negation of a number
  not(n)
  // @ts-expect-error JavaScript's equality on an expression
  turn === 'p0'
  // @ts-expect-error JavaScript's addition on an expression
  n + 1
  // @ts-expect-error an assignment to a value
  set(n.plus(1), 2)
  // @ts-expect-error a condition where a statement is due
  step('x', n.is(1))
  // @ts-expect-error a line where a statement is due
  step('x', step('y'))
  // @ts-expect-error a statement where a line is due
  forever(set(n, 1))
  // @ts-expect-error a misspelt kind of fairness
  threads(ids, { fair: 'week' }, () => step('x'))
  // @ts-expect-error a misspelt parameter
  action('a', { id: ids }, ({ di }) => ({ then: set(flag[di], true) }))
  // @ts-expect-error a constant outside its kind
  constant(range(0, 3), 'three')
  // @ts-expect-error a misspelt constant
  model('x', { size: constant(range(1, 3), 2) }, ({ sise }) => ({ properties: { x: never(n.gt(sise)) } }))
  // @ts-expect-error an expression as a property
  model('x', () => ({ properties: { x: n } }))
  // @ts-expect-error a property of a label
  model('x', () => ({ properties: { x: never(turn) } }))
  // @ts-expect-error a thread's selection that is none
  taken('p0')
  const unclaimed: ModelBuilder = model('x', () => ({ threads: process }))
  // @ts-expect-error misspelt properties, and nothing else
  model('x', () => ({ propertys: {} }))
  // @ts-expect-error a model that is waited for
  model('x', async () => ({ threads: process }))

  return [only(send, { to: 'p0' }), unclaimed]
}
