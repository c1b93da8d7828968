/**
 * Mistakes that the types miss or that a spec hides from them. The line after an expectation is reported with that code,
 * these words and this hint, and nothing else is reported; `spec-mistakes.test.ts` builds this file as a spec.
 */

import {
  action,
  all,
  always,
  arbitrary,
  arrival,
  assuming,
  at,
  atomic,
  bool,
  check,
  choose,
  constant,
  decide,
  type Expr,
  each,
  eventually,
  exists,
  finished,
  forall,
  forever,
  inside,
  leave,
  type ModelBuilder,
  model,
  names,
  nesting,
  never,
  next,
  not,
  oneOf,
  range,
  reachable,
  record,
  refines,
  routines,
  sequenceOf,
  set,
  setOf,
  state,
  step,
  steps,
  stepwise,
  strong,
  type ThreadHandle,
  taken,
  threads,
  until,
  weak,
  when,
} from 'modelcheck'

const terminal = true

// MC1: while a model is built.

export const names1 = model('names', () => {
  state({ n: range(0, 3).starts(0) })
  // expect MC101: the variable 'n' is declared twice | Rename one of them.
  state({ n: bool.starts(false) })
  // expect MC101: the label 'open' occurs twice | Remove one of them.
  oneOf(['open', 'shut', 'open'])
  return { terminal }
})

export const domains = model('domains', () => {
  // expect MC102: 7 is not a value of 0 … 3 | Start the variable inside its domain.
  state({ n: range(0, 3).starts(7) })
  // expect MC103: range(3, 0) is empty | Give the smaller bound first.
  range(3, 0)
  // expect MC103: range(0, 4294967296) exceeds 32 bits | Use a smaller range.
  range(0, 2 ** 32)
  // expect MC103: a set over 5000 possible members is too large | At most 1024 are possible.
  setOf(range(1, 5000))
  return { terminal }
})

export const recursion = model('recursion', () => {
  const code = routines(
    {
      outer: (k) => k.code.inner(),
      // expect MC104: outer > inner > outer is a recursion | Calls are inlined: use a loop.
      inner: (k) => k.code.outer(),
    },
    {},
  )
  return { threads: threads(['t'], {}, () => code.outer()) }
})

export const labels = model('labels', () => {
  const process = threads(['p'], {}, () => step('work'))
  // expect MC105: thread 'p' has no label 'rest' | work
  return { threads: process, properties: { 'never rests': never(at(process.p, 'rest' as 'work')) } }
})

export const oneOfTheLabels = model('one of the labels', () => {
  const process = threads(['p'], {}, () => step('work'))
  // expect MC105: thread 'p' has no label 'rest' | work
  return { threads: process, properties: { 'never rests': never(at(process.p, ['work', 'rest' as 'work'])) } }
})

export const roundAndRound = model('round and round', () => {
  const [b, picksNone] = [state({ b: bool.starts(false) }).b, () => false]
  const process = threads(['p', 'q'], {}, (me) => [step('work'), forever(decide(b, me === 'p' ? step('go') : []))])
  const idler = threads(['i'], {}, () => forever(decide(b, [])))
  // expect MC105: 'i' has no step 'work' | It has no labels.
  steps(idler.i, 'work' as never)
  return {
    threads: [process, idler],
    properties: {
      // expect MC105: thread 'i' has no label 'forever' | It has no labels. It goes round a `forever` without a step.
      'always round': always(at(idler.i, 'forever' as never)),
      // expect MC105: thread 'q' has no label 'rest' | Its labels are: work. It goes round a `forever` without a step.
      rests: never(at(process.q, 'rest' as never)),
      // expect MC105: thread 'q' has no label that is picked | Its labels are: work.
      picked: never(at(process.q, picksNone)),
    },
  }
})

export const inEveryThread = model('in every thread', () => {
  const process = threads(['p', 'q', 'r'], {}, () => step('work'))
  const everybody = Object.values(process)
  const five = threads(['a', 'b', 'c', 'd', 'e'], {}, () => step('work'))
  return {
    threads: [process, five],
    properties: {
      // expect MC105: thread 'p' (and 'q', 'r') has no label 'rest' | work
      'some rest': never(exists(everybody, (p) => at(p, 'rest' as 'work'))),
      // expect MC105: thread 'a' (and 'b', 'c', 'd' and 1 more) has no label 'rest' | work
      'five rest': never(forall(Object.values(five), (p) => at(p, 'rest' as 'work'))),
    },
  }
})

export const counts = model('counts', () => {
  // expect MC107: `forever` repeats nothing | Give it lines
  forever(false)
  // expect MC107: the arrival 'bare' is without 'when', 'runs', 'returns' | It needs 'when', 'runs', 'returns'
  const bare = arrival('bare', {} as never)
  // expect MC107: an arrival has no name | Give it one
  arrival(' ', { when: true, runs: [], returns: step('eret') })
  // expect MC102: the limit of 'irq' is -1 | 0 … 255
  const low = () => [arrival('irq', { when: true, runs: [], returns: step('eret'), limit: -1 })]
  // expect MC102: `depth` is 1000000000 | 0 … 255
  const cpu = threads(['cpu'], { arrivals: () => [...low(), bare], depth: 1e9 }, () => step('work'))
  return { threads: cpu }
})

export const unbounded = model('nesting', () => {
  const irq = () => [arrival('irq', { when: true, runs: [], returns: step('eret') })]
  // expect MC106: nothing bounds how often 'irq' nests | Give it a `limit`, or the thread a `depth`.
  const cpu = threads(['cpu'], { arrivals: irq }, () => step('work'))
  return { threads: cpu }
})

export const budgets = model('budgets', () => {
  const irq = (me: string) => [
    // expect MC101: the arrival 'irq' has a budget of 1 in one thread and of 2 in another | give one, or another name
    arrival('irq', { when: true, runs: [], returns: step('eret'), limit: 1, budget: me === 'cpu0' ? 1 : 2 }),
  ]
  return { threads: threads(['cpu0', 'cpu1'], { arrivals: irq }, () => step('work')) }
})

export const leaving = model('leaving', () => {
  // expect MC107: there is no loop to leave | Put it into a loop
  const process = threads(['p'], {}, () => [step('work'), leave('loop'), step('go on')])
  // expect MC105: thread 'p' has no label 'rest' | work, go on.
  return { threads: process, properties: { 'never rests': never(at(process.p, 'rest' as 'work')) } }
})

export const operands = model('operands', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  // expect MC109: JavaScript's operators do not work on expressions | Use .plus(…), .lt(…), .is(…) and so on.
  return { terminal, properties: { small: never((n as unknown as number) > 2) } }
})

const counter = model('counter', { top: constant(range(1, 3), 3) }, ({ top }) => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return {
    actions: action('count', {}, () => ({ when: n.lt(top), then: set(n, n.plus(1)) })),
    terminal,
  }
})

export const refining = model('refining', () => {
  const { flag } = state({ flag: bool.starts(false) })
  // expect MC110: nothing is mapped to 'n' of 'counter' | Map every variable of it.
  return { terminal, properties: { 'counts once': refines(counter, {}), flagged: reachable(flag) } }
})

export const refiningMore = model('refining more', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  // expect MC108: top=9 is not in 1 … 3 | Choose a value of the domain.
  return { terminal, properties: { counts: refines(counter, { n }, { top: 9 }) } }
})

export const notChecked = model('not type-checked', () => {
  // expect MC102: the variable 'x' has no initial value | domain.starts(value)
  const { n, x } = state({ n: range(0, 3).starts(0), x: range(0, 3) as never })
  const process = threads(['p'], {}, () => [
    // expect MC109: an expression is no statement | set(…)
    step('test', n.is(1) as never),
    step('what is said of x is no mistake as well', set(x as typeof n, n)),
    // expect MC109: the line 'inner' is no statement | set(…)
    step('nested', step('inner') as never),
    // expect MC109: an expression is no label | begins with its label
    until(n.is(1) as never, true),
  ])
  // expect MC109: an expression is no line of code | step(…), until(…)
  const second = threads(['q'], {}, () => n.is(1) as never)
  // expect MC107: the code of thread 'r' returns nothing | Return its lines
  const third = threads(['r'], {}, () => undefined)
  // expect MC109: 'week' is no kind of fairness | fair: 'weak'
  const fourth = threads(['s'], { fair: 'week' as 'weak' }, () => step('work'))
  // expect MC109: a promise (leave out `async`) is no line of code | step(…), until(…)
  const fifth = threads(['t'], {}, (async () => step('work')) as never)
  // expect MC109: an object without keys is no line of code | step(…), until(…)
  const sixth = threads(['u'], {}, function* () {
    yield step('work')
  } as never)
  return { threads: [process, second, third, fourth, fifth, sixth] }
})

export const unreturned = model('unreturned', () => {
  // expect MC107: the threads 'p', 'q' are not returned by the model | Return { threads
  threads(['p', 'q'], {}, () => step('work'))
  return { terminal }
})

// expect MC108: 'n' of model 'no constant' is no constant | n: constant(range(1, 5), 3)
export const noConstant = model('no constant', { n: 3 as never }, ({ n }) => {
  // expect MC102: 7 is not a value of 0 … 3 | Start the variable inside its domain.
  state({ n: range(0, n as never).starts(7) })
  return { terminal }
})

// expect MC108: 'n' of model 'no constant, and no value' is no constant | n: constant(range(1, 5), 3)
export const noValue = model('no constant, and no value', { n: range(1, 5) as never }, () => ({ terminal }))

// MC2: what can be told only of the whole model, or of the kinds of its expressions.

export const foreign = model('foreign', () => {
  state({ own: bool.starts(false) })
  // expect MC201: variable `stranger` does not exist | Check the spelling; a variable belongs to
  return { terminal, properties: { 'somebody else': always(stranger) } }
})
const stranger = variableOfAnotherModel()
function variableOfAnotherModel() {
  return state({ stranger: bool.starts(false) }).stranger
}

export const kinds = model('kinds', () => {
  const { turn, n } = state({ turn: oneOf(names('p', 2)).starts('p0'), n: range(0, 3).starts(0) })
  // expect MC202: a number is given where a label is wanted | Check the kinds of the operands.
  return { terminal, properties: { mixed: never(turn.is(n as never)) } }
})

export const apart = model('apart', () => {
  const { a, b } = state({ a: each(['p'], bool).starts(false), b: each(['q'], bool).starts(false) })
  // expect MC202: two different array domains do not fit | Check the kinds of the operands.
  return { terminal, properties: { alike: never(a.is(b as never)) } }
})

export const overflow = model('overflow', () => {
  const { n } = state({ n: range(0, 2 ** 30).starts(0) })
  // expect MC203: the result may lie anywhere in 0 … 4294967296, beyond 32 bits | Use smaller ranges.
  return { terminal, properties: { small: always(n.times(4).ge(0)) } }
})

export const primes = model('primes', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return {
    terminal,
    properties: {
      grows: stepwise(next(n).ge(n)),
      // expect MC204: `next` stands outside a step property | Use it in `stepwise(…)` only.
      grown: always(next(n).ge(n)),
    },
  }
})

export const places = model('places', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  // expect MC205: only variables and their parts can be assigned | Give a variable first.
  const count = action('count', {}, () => ({ then: set(n.plus(1) as typeof n, 0) }))
  return { actions: count, terminal }
})

export const fairness = model('fairness', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  const move = (name: string) => action(name, {}, () => ({ when: n.lt(3), then: set(n, n.plus(1)) }))
  const [returned, leftOut] = [move('returned'), move('left out')]
  return {
    actions: returned,
    // expect MC206: the fairness 'of what is left out' selects no instance | Return its action from the builder
    fairness: [weak('of what is returned', returned), strong('of what is left out', leftOut)],
    terminal,
  }
})

// expect MC207: 'exclusive' is expected to be violated, but no property has that name | Known: deadlock, model error, exclusion.
export const expected = model('expected', () => {
  const { both } = state({ both: bool.starts(false) })
  return { terminal, properties: { exclusion: never(both) }, expectViolated: ['exclusive'] }
})

// expect MC201: 'cyd' is interchangeable, and nothing has that name | Name threads
export const alike1 = model('alike to nobody', () => {
  state({ turn: oneOf(['ann', 'bob']).starts('ann') })
  return { terminal, interchangeable: [['ann', 'bob', 'cyd']] }
})

// expect MC101: 'bob' is interchangeable twice | Name it once.
export const alike2 = model('alike twice', () => {
  state({ turn: oneOf(['ann', 'bob']).starts('ann') })
  return { terminal, interchangeable: [['ann', 'bob'], ['bob']] }
})

// expect MC107: `interchangeable` is no list of lists of labels | Write interchangeable
export const alike3 = model('alike', () => {
  state({ turn: oneOf(['ann', 'bob']).starts('ann') })
  return { terminal, interchangeable: ['ann', 'bob'] as never }
})

export const budgetOfOne = model('a budget of one', () => {
  const irq = (me: string) => [
    // expect MC101: the arrival 'irq' has a budget in one thread and none in another | give one, or another name
    arrival('irq', { when: true, runs: [], returns: step('eret'), limit: 1, ...(me === 'cpu0' ? { budget: 1 } : {}) }),
  ]
  return { threads: threads(['cpu0', 'cpu1'], { arrivals: irq }, () => step('work')) }
})

export const nowhere = model('nowhere', () => {
  const q = undefined as never as ThreadHandle<'work'>
  return {
    threads: threads(['p'], {}, () => step('work')),
    fairness: [
      // expect MC105: undefined is no action and no thread | Give what `action`
      weak('q works', q),
      // expect MC105: undefined is no action and no thread | Give what `action`
      weak('q does its work', steps(q, 'work')),
    ],
    properties: {
      // expect MC105: `at` is asked of undefined, which is no thread | Give one that `threads` returned
      'q never works': never(at(q, 'work')),
      // expect MC105: `inside` is asked of undefined, which is no thread | Give one that `threads` returned
      'q is never inside': never(inside(q, 'code' as never)),
      // expect MC105: `finished` is asked of undefined, which is no thread | Give one that `threads` returned
      'q ends': reachable(finished(q)),
      // expect MC105: `nesting` is asked of undefined, which is no thread | Give one that `threads` returned
      'q nests': reachable(nesting(q).is(1)),
      // expect MC105: undefined is no action and no thread | Give what `action`
      'q moves': eventually(taken(q)),
    },
  }
})

/** Without types. */
// biome-ignore lint/suspicious/noExplicitAny: as a spec in JavaScript has it.
const untyped = (value: unknown): any => value

// What is not there is told once building fails over it.
export const misspelt = model('misspelt', { coins: constant(range(1, 3), 2) }, (constants) => {
  // expect MC108: model 'misspelt' has no constant 'coinz' | Did you mean 'coins'?
  const { coinz } = untyped(constants)
  // expect MC201: there is no variable 'usd' | Did you mean 'used'?
  const { usd } = untyped(state({ used: range(0, 3).starts(0), isOpen: bool.starts(true) }))
  const worker = threads(['worker0', 'worker1'], { locals: { seen: bool.starts(false) } }, (_, locals) => {
    // expect MC201: thread 'worker0' (and 'worker1') has no local 'sen' | Did you mean 'seen'?
    const { sen } = untyped(locals)
    return step('look', sen)
  })
  action('send', { to: ['a', 'b'] }, (binding) => {
    // expect MC201: the action 'send' has no parameter 'too' | Did you mean 'to'?
    const { too } = untyped(binding)
    return { when: too === 'a', then: [] }
  })
  // expect MC105: there is no thread 'worker2' | Did you mean 'worker0'?
  const { worker2 } = untyped(worker)
  return { threads: worker, properties: { p: never(usd.is(coinz)), q: never(at(worker2, 'look')) } }
})

export const misspeltCall = model('misspelt call', () => {
  // expect MC105: there is no routine 'elephant' | There are: lock.
  return { threads: threads(['p'], {}, () => untyped(routines({ lock: () => step('lock') }, {})).elephant()) }
})

export const other = model('with another variable', () => {
  const { used, maybe } = untyped(state({ used: bool.starts(false) }))
  // expect MC109: 7 is no statement | A step does set
  return { actions: action('go', {}, () => ({ when: maybe === undefined && used, then: 7 as never })) }
})

// expect MC109: `terminal` is yes, and no predicate | Give a boolean
export const stopping = model('stopping', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal: 'yes' as never }
})

// expect MC202: `terminal` is a number, and no predicate | Compare it
export const stoppingAtNumber = model('stopping at a number', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal: n as never }
})

// expect MC109: `within` is an expression | Name each: within
export const within1 = model('within', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal, within: n.lt(2) as never }
})

// expect MC202: `within` of 'small' is a number, and no predicate | Compare it
export const within0 = model('within a number', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal, within: { small: n as never } }
})

// expect MC109: `within` of 'small' is undefined, and no predicate | Give a boolean
export const within2 = model('within nothing', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, within: { small: undefined as never } }
})

// expect MC109: 'p' is undefined, and no property | Use always(…)
export const claims = model('claims', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, properties: { p: undefined as never } }
})

export const operators = model('operators', () => {
  const { n, f } = state({ n: range(0, 3).starts(0), f: bool.starts(false) })
  const number = n as unknown as number
  const given = (e?: Expr<boolean>): Expr<boolean> => (e === undefined || e === null ? not(f) : e)
  const plain = 3 > 2 && !(1 === (2 as number)) ? 1 : 2
  return {
    terminal,
    properties: {
      'plain values stay': always(all(given(), given(f), n.is(plain))),
      // expect MC109: JavaScript's `!` takes an expression for true | Use not(…), all(…)
      not: always(!f),
      // expect MC109: JavaScript's `&&` takes an expression for true | Use not(…), all(…)
      and: always(f && n.is(1)),
      // expect MC109: JavaScript's `||` takes an expression for true | Use not(…), all(…)
      or: always(f || n.is(1)),
      // expect MC109: JavaScript's `?:` takes an expression for true | Use not(…), all(…)
      choice: always(f ? n.is(1) : n.is(2)),
      // expect MC109: JavaScript's `===` compares an object, not what the expression stands for | .is(…)
      same: always(number === 2),
      // expect MC109: JavaScript's `!==` compares an object, not what the expression stands for | .is(…)
      other: always((f as unknown) !== n),
    },
  }
})

export const values = model('values', () => {
  const { n, m } = state({ n: range(0, 3).starts(0), m: setOf(oneOf(['a', 'b'])).starts([]) })
  return {
    terminal,
    properties: {
      // expect MC102: '1' is not a value of 0 … 3 | Check its spelling and bounds.
      text: always(n.is('1' as never)),
      // expect MC102: ['c'] is not a value of set of {a, b} | Check its spelling and bounds.
      set: always(m.is(['c' as never])),
      // expect MC109: a temporal formula is not a value | Use an expression
      formula: reachable(eventually(n.is(1)) as never),
      // expect MC109: a list of 2 is not a value | Join conditions with all(…) or any(…).
      list: reachable([n.is(1), n.is(2)] as never),
      // expect MC204: a step property says nothing of the state after the step | next(…)
      forgotten: stepwise(n.ge(0)),
      'plainly nothing': stepwise(true),
    },
  }
})

/** `count` of `plus` in each other. */
function sumOf(first: Expr<number>, count: number): Expr<number> {
  let sum = first
  // expect MC208: more than 850 operators are within each other here | Join parts of about equal length
  for (let i = 0; i < count; i++) sum = sum.plus(1)
  return sum
}

export const deep = model('deep', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal, properties: { just: always(sumOf(n, 849).ge(0)), deeper: always(sumOf(n, 851).ge(0)) } }
})

export const twice = model('twice', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  // expect MC101: 'stay' is returned twice | Leave one out.
  const stay = action('stay', {}, () => ({ then: set(n, n) }))
  return { terminal, actions: [stay, { stay }] }
})

export const namesakes = model('namesakes', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  const move = (items: readonly number[], to: number) => action('move', { items }, () => ({ then: set(n, to) }))
  return {
    terminal,
    actions: [
      // A family whose parameters differ.
      [0, 1].map((i) => move([i], i)),
      action('jump', {}, () => ({ when: n.is(0), then: set(n, 1) })),
      // expect MC101: there are two actions 'jump' | Rename one of them, or let their parameters differ.
      action('jump', {}, () => ({ when: n.is(1), then: set(n, 0) })),
      // expect MC101: there are two actions 'send(to=1)' | let their parameters differ.
      action('send', { to: [1, 2, 1] }, ({ to }) => ({ then: set(n, to) })),
    ],
  }
})

export const numbered = model('numbered', () => {
  // expect MC107: 1 is no name of a thread | Name threads by labels
  const process = threads([1, 2] as never[], {}, () => step('work'))
  return { threads: process }
})

export const oneArrival = model('one arrival', () => {
  const irq = () => arrival('irq', { when: true, runs: [], returns: step('eret'), limit: 1 })
  // expect MC107: `arrivals` of thread 'cpu' is no function that gives a list | [arrival(…)]
  const cpu = threads(['cpu'], { arrivals: irq as never }, () => step('work'))
  // expect MC107: `arrivals` of thread 'io' is no function that gives a list | [arrival(…)]
  const io = threads(['io'], { arrivals: [] as never }, () => step('work'))
  return { threads: [cpu, io] }
})

// expect MC107: an object of weak is no fairness | Write weak(
export const fairnessByName = model('fairness by name', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, fairness: { weak: 'n' } as never }
})

export const itself: ModelBuilder = model('itself', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return {
    terminal,
    properties: {
      // expect MC110: 'itself' refines itself | Refine a model that is built without this one.
      claim: refines(itself, { n }),
    },
  }
})

// What goes wrong does not hide what comes after it.

// expect MC103: range(9, 8) is empty | Give the smaller bound first.
const backwards = range(9, 8)

export const afterThat = model('after that', () => {
  const { n } = state({ n: backwards.starts(8) })
  // expect MC105: thread 'p' has no label 'rest' | work
  const resting = () => at(p.p, 'rest' as 'work')
  const p = threads(['p'], {}, () => step('work', set(n, 9)))
  return {
    threads: p,
    properties: {
      'never rests': never(resting()),
      // expect MC202: a number stands where a boolean is wanted | Compare it with something.
      stays: always(n as never),
    },
  }
})

export const throwing = model('throwing', () => {
  // expect MC403: the spec threw Error: no configuration | see the line
  throw new Error('no configuration')
})

export const nameless = model('nameless', () => {
  // expect MC107: a variable has no name | Give it one
  const { n } = state({ n: range(0, 3).starts(0), '': bool.starts(false) })
  // expect MC107: a label has no name | Give it one
  const { turn } = state({ turn: oneOf(['on', ' ']).starts('on') })
  // expect MC107: a field has no name | Give it one
  const { pair } = state({ pair: record({ '': bool }).starts({ '': false }) })
  // expect MC109: an empty text is no label | begins with its label
  const p = threads(['p'], {}, () => step('', set(pair, pair)))
  return {
    threads: p,
    actions: [
      // expect MC107: an action has no name | Give it one
      action('', {}, () => ({ then: set(turn, 'on') })),
      // expect MC107: a check has no name | Give it one
      action('check', {}, () => ({ then: check(n.lt(3), '') })),
      // expect MC107: a choice has no name | Give it one
      action('choose', {}, () => ({ then: choose(' ', [0, 1], (i) => set(n, i)) })),
    ],
    // expect MC107: a fairness has no name | Give it one
    fairness: [weak('', p.p)],
    // expect MC107: a property has no name | Give it one
    properties: { '': always(n.lt(3)), named: always(n.lt(3)) },
  }
})

// expect MC109: `properties` is a temporal formula | Name each: properties
export const unnamed = model('unnamed', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal, properties: always(n.lt(3)) as never }
})

// expect MC109: 7 is no statement | A step does
export const startsWithSeven = model('starts with 7', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, initially: 7 as never }
})

export const startsWithCheck = model('starts with a check', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return {
    terminal,
    initially: [
      set(n, 1),
      // expect MC107: a check stands in `initially` | State it as a property.
      when(n.is(1), check(n.is(1), 'n is 1')),
    ],
  }
})

// Slips that types notice, in a spec that was not type-checked.

export const slips = model('slips', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  // expect MC103: range(0, NaN) is not made of integers | Give integers.
  range(0, Number.NaN)
  return {
    actions: [
      // expect MC107: the action 'no effect' has no 'then' | Write action(
      action('no effect', {}, (() => ({ when: n.lt(3) })) as never),
      // expect MC109: JavaScript's operators do not work on expressions | Use .plus(…)
      action('add', {}, () => ({ then: set(n, ((n as never) + 1) as never) })),
      // expect MC109: an expression is no message | Write check(condition
      action('turned round', {}, () => ({ then: check(true, n.lt(3) as never) })),
    ],
  }
})

const slip = (name: string, code: () => unknown): ModelBuilder =>
  model(name, () => {
    state({ n: range(0, 3).starts(0) })
    code()
    return { terminal }
  })

// expect MC107: the body of the action 'a' returns nothing | Write action(
export const slip1 = slip('slip 1', () => action('a', {}, (() => {}) as never))
// expect MC107: the body of the action 'b' returns a promise (leave out `async`) | Write action(
export const slip2 = slip('slip 2', () => action('b', {}, (async () => ({ then: [] })) as never))
// expect MC107: the body of the action 'a number' returns 3 | Write action(
export const slipA1 = slip('slip a1', () => action('a number', {}, (() => 3) as never))
// expect MC107: the body of the action 'an update' returns a statement | Write action(
export const slipA2 = slip('slip a2', () => action('an update', {}, (() => when(true, [])) as never))
// expect MC107: the body of the action 'updates' returns a list of 2 | Write action(
export const slipA3 = slip('slip a3', () => action('updates', {}, (() => [when(true, []), when(true, [])]) as never))
// expect MC107: the action 'c' has no body | Write action(
export const slip3 = slip('slip 3', () => action('c', (() => ({ then: [] })) as never, undefined as never))
// expect MC109: xyz is nothing to range over | Give a list
export const slip4 = slip('slip 4', () => action('d', { i: 'xyz' as never }, () => ({ then: [] })))
// expect MC107: the threads have no code | Write threads(
export const slip5 = slip('slip 5', () => threads(['p'], (() => step('work')) as never, undefined as never))
// expect MC107: the list of threads is empty | Name threads by labels
export const nobody = slip('nobody', () => threads([], {}, () => step('work')))
// expect MC107: p is no list of names of threads | Name threads by labels
export const slip6 = slip('slip 6', () => threads('p' as never, {}, () => step('work')))
// expect MC101: the thread 'p' occurs twice | Rename one of them.
export const slip7 = slip('slip 7', () => threads(['p', 'p'], {}, () => step('work')))

// expect MC107: 'p' is no fairness | Write weak(
export const slip8 = model('slip 8', () => {
  const p = threads(['p'], {}, () => step('work'))
  return { threads: p, fairness: [p.p as never] }
})
export const slip8a = model('slip 8a', () => {
  const p = threads(['p'], {}, () => step('work'))
  // expect MC107: 'p' is no fairness | Write weak(
  return { threads: p, properties: { works: assuming(p.p as never, eventually(finished(p.p))) } }
})

// expect MC108: k=9, the default of model 'slip 9', is not in 1 … 3 | Choose a value of the domain.
export const slip9 = model('slip 9', { k: constant(range(1, 3), 9) }, ({ k }) => {
  state({ n: range(k, 3).starts(1) })
  // expect MC103: range(3, 1) is empty | Give the smaller bound first.
  range(3, k)
  return { terminal }
})

// expect MC202: `terminal` is a number, and no predicate | Compare it with something.
export const slip10 = model('slip 10', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  return { terminal: n as never, properties: { small: never(n.gt(3)) } }
})

export const sameName = model('same name', () => {
  const { n } = state({ n: range(0, 3).starts(0) })
  const checks = action('go', {}, () => ({
    then: [
      // expect MC101: the check 'low' has the name of a property | Rename one of them.
      check(n.lt(3), 'low'),
      // expect MC101: the check 'deadlock' has the name of a property | Rename one of them.
      check(n.lt(3), 'deadlock'),
    ],
  }))
  return { terminal, actions: checks, properties: { low: always(n.lt(3)) } }
})

// expect MC107: the builder of 'slip 11' returns a list of 1 | Return { threads
export const slip11 = model('slip 11', (() => [threads(['p'], {}, () => step('work'))]) as never)

// expect MC107: atomic 'a' gives no reason | Say why
export const slip12 = slip('slip 12', () => atomic('a', ' ', step('b')))
// expect MC107: a wait stands inside atomic 'a' | Only steps
export const slip13 = slip('slip 13', () => atomic('a', 'it is short', until('b', true)))
// expect MC107: `forever` stands inside atomic 'a' | Only steps
export const slip14 = slip('slip 14', () => atomic('a', 'it is short', forever(step('b'))))
// expect MC101: 'then' is reserved by the language | Choose another name.
export const slip15 = slip('slip 15', () => record({ then: bool }))
// expect MC101: 'at' is reserved by the language | Choose another name.
export const slip16 = slip('slip 16', () => each(['at'], bool))
// expect MC103: an array of 0 elements | Give a positive number.
export const slip17 = slip('slip 17', () => each(0, bool))
// expect MC103: a sequence of at most -1 | Give a positive capacity.
export const slip17b = slip('slip 17b', () => state({ q: sequenceOf(bool, -1).starts([]) }))
// expect MC103: arrays are indexed by labels or a range | Use range(…).
export const slip18 = slip('slip 18', () => each(bool as never, bool))
// expect MC109: -1 is no number of items | Give 0 or more.
export const slip19 = slip('slip 19', () => action('a', { i: -1 }, () => ({ then: [] })))
// expect MC109: the values of a set domain are not enumerated | Range over a list
export const slip20 = slip('slip 20', () => forall(setOf(bool) as never, () => true))
// expect MC109: 7 is neither a thread nor an action | Return what
export const slip21 = model('slip 21', () => {
  state({ n: range(0, 3).starts(0) })
  return { actions: 7 as never }
})

export const places2 = model('places that are none', () => {
  const { n, pair } = state({
    n: range(0, 3).starts(0),
    pair: record({ left: range(0, 3), right: bool }).starts({ left: 0, right: false }),
  })
  const unused = action('unused', {}, () => ({ then: set(n, 0) }))
  const late = () => [
    // expect MC107: 'irq' must return by a step | Give `returns: step(…)`.
    arrival('irq', { when: true, runs: [], returns: forever(step('eret')) as never, limit: 1 }),
    // expect MC105: 'nmi' cannot arrive at 'rest', but no step has that label | Check `notAt`.
    arrival('nmi', { when: true, runs: [], returns: step('iret'), limit: 1, notAt: 'rest' as 'work' }),
  ]
  const p = threads(['p'], { arrivals: late }, () => step('work'))
  // expect MC105: 'p' has no step 'rest' | Its labels are: work
  steps(p.p, 'rest' as 'work')
  return {
    threads: p,
    // expect MC205: only variables and their parts can be assigned | Give variables.
    actions: action('any', {}, () => ({ then: arbitrary(n.plus(1) as never) })),
    properties: {
      // expect MC102: part `right` of record {left, right} is missing | Give every part.
      parts: never(pair.is({ left: n } as never)),
      // expect MC109: a range has no members | Range over the members of a set.
      members: never(exists(n as never, () => true)),
      // expect MC105: `taken` selects no instance | Check the action and its binding.
      taken: eventually(taken(unused)),
      // expect MC110: what is mapped to 'n' has values that it cannot have | Use the same domain.
      misfit: refines(counter, { n: pair.right as never }),
      // expect MC110: 'queue' cannot be refined: it assigns to an element of a sequence | Assign the whole variable there.
      inexpressible: refines(queue, { q: [] }),
    },
  }
})

const queue = model('queue', () => {
  const { q } = state({ q: sequenceOf(range(0, 3), 2).starts([1]) })
  return { actions: action('change', {}, () => ({ then: set(q.at(0), 2) })), terminal }
})

/** As a spec that is not type-checked has them. */
type Loose = Expr<boolean> & Record<Misnamed, (other: unknown) => Expr<number>>
type Misnamed = 'lte' | 'minsu' | 'rihgt' | 'indx' | 'includes' | 'size' | 'value'
const loose = (e: unknown): Loose => e as Loose

export const members = model('members of expressions', () => {
  const { n, b, r, a, s, q } = state({
    n: range(0, 3).starts(0),
    b: bool.starts(false),
    r: record({ left: range(0, 3), right: bool }).starts({ left: 0, right: false }),
    a: each(['element', 'index'], bool).starts(false),
    s: setOf(range(0, 3)).starts([]),
    q: sequenceOf(range(0, 3), 2).starts([]),
  })
  return {
    terminal,
    properties: {
      // expect MC201: a value of 0 … 3 has no 'lte' | Did you mean 'le'?
      method: never(loose(n).lte(3) as never),
      // expect MC201: a value of 0 … 3 has no 'minsu' | Did you mean 'minus'?
      misspelt: never(loose(n).minsu(3).gt(3)),
      // expect MC201: a value of record {left, right} has no 'rihgt' | Did you mean 'right'?
      field: never(loose(r).rihgt as never),
      // expect MC201: a value of each element, index of bool has no 'indx' | Did you mean 'index'?
      label: never(loose(a).indx as never),
      // expect MC201: a value of set of 0 … 3 has no 'includes' | Did you mean 'has'?
      set: never(loose(s).includes(1) as never),
      // expect MC201: a value of sequence of at most 2 0 … 3 has no 'size' | Did you mean 'length'?
      sequence: never((loose(q).size as never as Expr<number>).gt(3)),
      'plain values have JavaScript’s members': never((3 as { readonly lte?: 3 }).lte === 3),
      'labels are named as they like': never(all(a.element, a.at('element'), b)),
    },
  }
})

export const noMember = model('no member of an expression', () => {
  const { b } = state({ b: bool.starts(false) })
  return {
    terminal,
    // expect MC201: a value of bool has no 'value' | It has: is, isNot; not(…), all(…), any(…) and implies(…) are functions.
    properties: { p: never(loose(b).value as never) },
  }
})

/** Members as a spec that is not type-checked names them. */
const loosely = <T>(value: unknown): T => value as T

export const calledPart = model('a part that is called', () => {
  const { q } = state({ q: sequenceOf(range(0, 3), 2).starts([]) })
  // expect MC403: the spec threw TypeError: untyped(...).rest is not a function | If `untyped(...).rest` is a value, write it without
  return { terminal, properties: { p: always(untyped(q).rest().is([])) } }
})

export const uncalled = model('what is not called', () => {
  const { n, s } = state({ n: range(0, 3).starts(0), s: setOf(range(0, 3)).starts([]) })
  const code = routines({ lock: () => step('lock') }, {})
  // expect MC109: the function forever is no line of code | Call it, and give what it returns.
  const p = threads(['p'], {}, () => untyped(forever))
  // expect MC109: a function is no line of code | Call it, and give what it returns.
  const r = threads(['r'], {}, () => [step('rest'), untyped(code.lock)])
  const t = threads(['t'], {}, () => [
    // expect MC109: the function plus is no statement | Call it, and give what it returns.
    step('work', untyped(n).plus),
    // expect MC109: the function with is not a value | Call it, and give what it returns.
    step('add', set(s, untyped(s).with)),
  ])
  return { threads: [p, r, t] }
})

// expect MC109: 'p' is the function eventually, and no property | Call it, and give what it returns.
export const unclaimed = model('no claim', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, properties: { p: untyped(eventually) } }
})

export const guards = model('guards', () => {
  const { n, b } = state({ n: range(0, 3).starts(0), b: bool.starts(false) })
  const guarded = (when: unknown) => loosely<{ then: [] }>({ when, then: [] })
  return {
    actions: [
      // expect MC109: the guard of 'misspelt' is undefined | Check its spelling
      action('misspelt', {}, () => guarded(loosely<{ raedy?: Expr<boolean> }>({ b }).raedy)),
      // expect MC202: a number stands where a boolean is wanted | Compare it with something.
      action('number', {}, () => guarded(1)),
      // expect MC109: null is not a value | Use an expression
      action('null', {}, () => guarded(null)),
      // expect MC109: a function is not a value | Call it, and give what it returns.
      action('function', {}, () => guarded(((it) => it)(() => b))),
      // expect MC109: a statement is not a value | Use an expression
      action('statement', {}, () => guarded(set(n, 1))),
      action('named', {}, () => guarded({ 'it is on': b, 'it is low': n.lt(2) })),
      action('none', {}, () => ({ then: [] })),
    ],
    terminal,
  }
})

export const instances = model('instances', () => {
  state({ n: range(0, 3).starts(0) })
  // expect MC103: 90000 instances of 'far' are too many | At most 65536
  return { terminal, actions: action('far', { i: 300, j: 300 }, () => ({ then: [] })) }
})

export const sameThread = model('same thread', () => {
  const p = threads(['p'], {}, () => step('work'))
  // expect MC101: there are two threads 'p' | Rename one of them.
  return { threads: [p, threads(['p'], {}, () => step('rest'))] }
})

// expect MC107: 'go' is returned as `threads` | Return it as `actions`.
export const swapped = model('swapped', () => {
  state({ n: range(0, 3).starts(0) })
  return { terminal, threads: loosely<ThreadHandle>(action('go', {}, () => ({ then: [] }))) }
})

// What a builder of the language is given besides what it takes.

const made = (name: string, code: (n: ReturnType<typeof number>) => unknown): ModelBuilder =>
  model(name, () => {
    code(number())
    return { terminal }
  })
const number = () => state({ n: range(0, 3).starts(0) }).n

// expect MC109: 'a' is no list of labels | Write oneOf(['a', 'b']).
export const given1 = made('labels one by one', () => untyped(oneOf)('a', 'b'))
// expect MC109: a list of 2 is no domain | Give bool, range
export const given2 = made('a set of labels', () => setOf(untyped(['a', 'b'])))
// expect MC109: 3 is no domain | Give bool, range
export const given3 = made('a field without domain', () => record({ a: untyped(3) }))
// expect MC109: a part of a variable starts by itself | Write .starts(…) once
export const given4 = made('a field that starts', () => each(2, untyped(bool.starts(true))))
// expect MC103: range('0', '3') is not made of integers | Give integers.
export const given5 = made('bounds as text', () => range(untyped('0'), untyped('3')))
// expect MC103: range(0, an expression) is not made of integers | Give integers.
export const given6 = made('a bound that varies', (n) => range(0, untyped(n)))
// expect MC102: an expression is not a value of 0 … 3 | Start the variable inside its domain.
export const given7 = made('a start that varies', (n) => range(0, 3).starts(untyped(n)))
// expect MC102: a domain is not a value of 0 … 3 | Check its spelling and bounds.
export const given8 = made('a domain as a value', (n) => n.is(untyped(range(0, 3))))
// expect MC102: a Set of JavaScript is not a value of set of bool | Check its spelling and bounds.
export const given9 = made('a Set', () => set(state({ s: setOf(bool).starts([]) }).s, untyped(new Set([true]))))

const idling = () => ({ then: [] })
// expect MC107: an action has no name | Give it one
export const given10 = made('an action without name', () => untyped(action)({}, idling))
// expect MC107: the last argument of the action 'go' has no 'fiar' | It has: fair.
export const given11 = made('a misspelt option', () => action('go', {}, idling, untyped({ fiar: 'weak' })))
// expect MC107: weak is no record of options | Write { fair: 'weak' }
export const given12 = made('an option without name', () => action('go', {}, idling, untyped('weak')))
// expect MC107: the lane of the action 'go' is no text | Name the CPU or the thread
export const given13 = made('a lane by number', () => action('go', {}, () => ({ lane: untyped(3), then: [] })))
// expect MC107: the choice 'way' does nothing | Write choose(
export const given14 = made('a choice of nothing', (n) => untyped(choose)('way', 3, set(n, 1)))
// expect MC107: an alternative of the choice 'way' has no 'when' | It has: given, then.
export const given15 = made('a guard', (n) => choose('way', 3, (i) => untyped({ when: n.is(i), then: [] })))
// expect MC107: `leave` is told to leave lop | Write leave('loop')
export const given16 = made('nothing to leave', () => leave(untyped('lop')))

const working = () => step('work')
export const threadOptions = model('options of threads', () => {
  // expect MC107: the lane of thread 'p' is no text | Name the CPU or the thread
  const p = threads(['p'], { lane: () => untyped(1) }, working)
  // expect MC107: `locals` of thread 'q' is a function | Write locals: {
  const q = threads(['q'], { locals: untyped((() => () => ({}))()) }, working)
  // expect MC107: `lane` of thread 'r' is cpu0, and no function | Write lane: (me) => …
  return { threads: [p, q, threads(['r'], { lane: untyped('cpu0') }, working)] }
})

// expect MC107: `expectViolated` is no list of names | Write expectViolated: [
export const expectedByName = model('expected by name', () => {
  const n = number()
  return { terminal, properties: { low: always(n.lt(3)) }, expectViolated: untyped('low') }
})

// expect MC109: the function go is neither a thread nor an action | Return what
export const bareActions = model('bare actions', () => {
  number()
  return { terminal, actions: { go: untyped({ go: () => 1 }.go) } }
})

// expect MC109: a statement is neither a thread nor an action | Return what
export const bareStatement = model('a bare statement', () => ({ terminal, actions: untyped(set(number(), 1)) }))

export const fairTwice = model('fair twice', () => {
  const p = threads(['p'], {}, working)
  // expect MC101: there are two fairness conditions 'goes on' | Rename one of them.
  return { threads: p, fairness: [weak('goes on', p.p), strong('goes on', p.p)] }
})

export const arrivesTwice = model('arrives twice', () => {
  const irq = () => arrival('irq', { when: true, runs: [], returns: step('eret'), limit: 1 })
  // expect MC101: thread 'cpu' has two arrivals 'irq' | Rename one of them.
  return { threads: threads(['cpu'], { arrivals: () => [irq(), irq()] }, working) }
})

export const routineOfLines = model('a routine of lines', () => {
  // expect MC107: the routine 'lock' is no function | Write lock: () => [step(…), …].
  const code = routines(untyped({ lock: step('lock') }), {})
  return { threads: threads(['p'], {}, () => untyped(code).lock()) }
})
