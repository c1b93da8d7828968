/**
 * Initial states: some statements of `initially` at a time are run on all states that those before them led to, by generated code. A ring of
 * eight nodes in any state starts in half a million states, which would keep the reference evaluator busy for ten seconds.
 * Statements that have nothing to do with any other need no code: see independent-starts.ts.
 */

import type { Expr, Instance, Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { initialStates, initialValues } from '../../src/model/step.ts'
import { reserveWords } from '../machine/reserve.ts'
import { type CompiledModel, createKernel } from './compiled-model.ts'
import { changedStates, changesOf } from './independent-starts.ts'
import { sourceSlots } from './kernel-arrays.ts'
import type { Layout } from './layout.ts'
import { inOrderOfStates, type Start } from './order-of-starts.ts'
import { outcomes } from './outcomes.ts'
import { distinctStates } from './sorted-states.ts'

/** What running code needs of a compiled model. */
export type CompiledCode = Pick<
  CompiledModel,
  'stateWords' | 'source' | 'machine' | 'maxSuccessors' | 'propositions' | 'counters'
>

/** States between two parts of the work. */
const statesAPart = 4096

/** Beside the outcomes of some statements there are those of the ones before them, and finally their order. */
const copies = 4

/** Code for so many ways takes hardly longer to make than for one, and saves to make it anew for each statement. */
const mostWays = 16

/** More ways of one statement take the evaluator longer than code takes to be written. */
const mostEvaluated = 256
/** Changes by several statements that are done to all states at once: few enough to stay in the cache. */
const mostChanges = 4096

export interface Packing {
  readonly layout: Layout
  readonly codeOf: (model: Model) => CompiledCode
  /** What the states may take while they are found. */
  readonly mostBytes: number
}

/** They take too much memory, or one of them raises an error. */
type NoStates = 'model error' | 'too many'

/**
 * Distinct initial states, [count × stateWords], in an order that depends on content alone; null if they take too much memory.
 * Throws `ModelError`.
 */
export function* packInitialStates(model: Model, packing: Packing): Parts<Int32Array | null> {
  const states = yield* findInitialStates(model, packing)
  if (states === 'too many') return null
  if (states !== 'model error') return states
  // The evaluator says where and why; the code only knows that.
  initialStates(model)
  throw new Error('compile: an initial state raises an error in generated code alone')
}

/** The same, or why there are none. */
export function* findInitialStates(model: Model, { layout, codeOf, mostBytes }: Packing): Parts<Int32Array | NoStates> {
  let states = layout.encode(initialValues(model))
  const mostWords = mostBytes / 4 / copies
  for (const { isIndependent, statements } of inGroups(inOrderOfStates(model, layout))) {
    if (isIndependent) {
      const changes = yield* changesOf(model, statements, layout)
      if ((states.length / layout.stateWords) * changes.length > mostWords) return 'too many'
      states = yield* changedStates(states, changes, layout.stateWords)
      continue
    }
    const found = yield* outcomesOf(codeOf(modelOf(model, statements)), states, mostWords)
    if (found === 'too many' || found === 'model error') return found
    states = found
  }
  return yield* distinctStates(states, layout.stateWords)
}

/** Of each orbit its one state, [count × stateWords]. */
export function* canonicalStates(code: CompiledCode, states: Int32Array): Parts<Int32Array> {
  const { stateWords } = code
  const kernel = createKernel(code)
  const found = states.slice()
  for (let at = 0; at < found.length; at += stateWords) {
    if ((at / stateWords) % statesAPart === 0) yield
    const base = kernel.load(found, at)
    kernel.canonicalise(base)
    for (let w = 0; w < stateWords; w++) found[at + w] = kernel.states[base + w] as number
  }
  return yield* distinctStates(found, stateWords)
}

interface Group {
  readonly isIndependent: boolean
  readonly statements: Statement[]
}

/**
 * In order. Of independent ones as many in a row as together change the states in not too many ways; of others as many as one kernel takes
 * in its stride: its code tells the ways that they can go apart.
 */
function inGroups(starts: readonly Start[]): readonly Group[] {
  const groups: Group[] = []
  for (const start of starts) {
    const { statement } = start
    const isIndependent = start.isIndependent && outcomes([statement]) <= mostEvaluated
    const most = isIndependent ? mostChanges : mostWays
    const last = groups.at(-1)
    if (last?.isIndependent === isIndependent && outcomes([...last.statements, statement]) <= most)
      last.statements.push(statement)
    else groups.push({ isIndependent, statements: [statement] })
  }
  return groups
}

const anywhere: Expr = { kind: 'literal', domain: { kind: 'boolean' }, value: true }

/** A model whose only action is these statements. Where they go no way, nobody asks whether it may stop there. */
function modelOf(model: Model, statements: readonly Statement[]): Model {
  const { source } = model
  const instance: Instance = {
    action: 0,
    binding: {},
    lane: null,
    kind: 'action',
    thread: null,
    path: [],
    label: '',
    guard: [],
    effect: statements,
    source,
  }
  return { ...model, initially: [], instances: [instance], assumptions: [], terminal: anywhere, properties: [] }
}

/** All outcomes of all states. */
function* outcomesOf(code: CompiledCode, states: Int32Array, mostWords: number): Parts<Int32Array | NoStates> {
  const { stateWords } = code
  const kernel = createKernel(code)
  const most = sourceSlots * stateWords
  const likely = Math.min(states.length * Math.min(code.maxSuccessors, mostWays), mostWords)
  let out = reserveWords(likely + kernel.successors.length)
  let end = 0
  for (let at = 0; at < states.length; ) {
    yield
    if (end + kernel.successors.length > mostWords && end > stateWords) return 'too many'
    if (end + kernel.successors.length > out.length) out = lengthened(out)
    const batch = states.subarray(at, at + most)
    kernel.states.set(batch)
    const done = kernel.expandBatch(0, batch.length / stateWords, 0)
    const found = kernel.successors.subarray(0, (kernel.ends[done - 1] as number) * stateWords)
    out.set(found, end)
    end += found.length
    at += done * stateWords
  }
  return kernel.counters[code.counters.modelError] === 0 ? out.subarray(0, end) : 'model error'
}

function lengthened(words: Int32Array): Int32Array {
  const longer = reserveWords(words.length * 2)
  longer.set(words)
  return longer
}
