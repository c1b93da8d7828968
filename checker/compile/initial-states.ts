/**
 * Initial states by generated code: each statement of `initially` is run on all states that those before it led to. A ring of
 * eight nodes in any state starts in half a million states, which would keep the reference evaluator busy for ten seconds.
 */

import type { Instance, Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { initialStates } from '../../src/model/step.ts'
import { compareWords } from '../explore/state-order.ts'
import { type CompiledModel, createKernel } from './compiled-model.ts'
import type { Layout } from './layout.ts'

/** What running code needs of a compiled model. */
export type CompiledCode = Pick<CompiledModel, 'stateWords' | 'source' | 'machine' | 'maxSuccessors' | 'counters'>

/** States between two parts of the work. */
const statesAPart = 4096

/** Beside the outcomes of a statement there are those of the one before it, and finally their order. */
const copies = 4

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
export function* packInitialStates(model: Model, packing: Packing): Parts<Int32Array<ArrayBuffer> | null> {
  const states = yield* findInitialStates(model, packing)
  if (states === 'too many') return null
  if (states !== 'model error') return states
  // The evaluator says where and why; the code only knows that.
  initialStates(model)
  throw new Error('compile: an initial state raises an error in generated code alone')
}

/** The same, or why there are none. */
export function* findInitialStates(
  model: Model,
  { layout, codeOf, mostBytes }: Packing,
): Parts<Int32Array<ArrayBuffer> | NoStates> {
  let states = layout.encode(Object.fromEntries(model.variables.map((v) => [v.name, v.initial])))
  for (const statement of model.initially) {
    const code = codeOf(modelOf(model, statement))
    const outcomes = yield* outcomesOf(code, states, mostBytes / 4 / copies)
    if (outcomes === 'too many' || outcomes === 'model error') return outcomes
    states = outcomes
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

/** A model whose only action is this statement. */
function modelOf(model: Model, statement: Statement): Model {
  const { source } = statement
  const instance: Instance = {
    action: 0,
    binding: {},
    lane: null,
    kind: 'action',
    thread: null,
    path: [],
    label: '',
    guard: [],
    effect: [statement],
    source,
  }
  return { ...model, initially: [], instances: [instance], assumptions: [], properties: [] }
}

/** All outcomes of all states. */
function* outcomesOf(
  code: CompiledCode,
  states: Int32Array,
  mostWords: number,
): Parts<Int32Array<ArrayBuffer> | NoStates> {
  const { stateWords } = code
  const kernel = createKernel(code)
  let out = new Int32Array(states.length * 2 + code.maxSuccessors * stateWords)
  let count = 0
  for (let base = 0; base < states.length; base += stateWords) {
    if ((base / stateWords) % statesAPart === 0) yield
    if ((count + code.maxSuccessors) * stateWords > mostWords && count > 1) return 'too many'
    if ((count + code.maxSuccessors) * stateWords > out.length) {
      const larger = new Int32Array(out.length * 2)
      larger.set(out)
      out = larger
    }
    const more = kernel.expand(kernel.load(states, base), 0)
    for (let w = 0; w < more * stateWords; w++) out[count * stateWords + w] = kernel.successors[w] as number
    count += more
  }
  return kernel.counters[code.counters.modelError] === 0 ? out.subarray(0, count * stateWords) : 'model error'
}

function* distinctStates(states: Int32Array, stateWords: number): Parts<Int32Array<ArrayBuffer>> {
  const order = yield* sorted(states.length / stateWords, (left, right) =>
    compareWords(states, stateWords, left * stateWords, right * stateWords),
  )
  const distinct = new Int32Array(states.length)
  let end = 0
  for (const [position, index] of order.entries()) {
    if (position % statesAPart === 0) yield
    const at = index * stateWords
    if (end > 0 && compareWords(states, stateWords, (order[position - 1] ?? 0) * stateWords, at) === 0) continue
    for (let w = 0; w < stateWords; w++) distinct[end + w] = states[at + w] as number
    end += stateWords
  }
  return distinct.slice(0, end)
}

/** The numbers 0 … count-1 in order. Merges runs of twice the length each time, because a sort of the language cannot be left. */
function* sorted(count: number, compare: (left: number, right: number) => number): Parts<Uint32Array> {
  let from = Uint32Array.from({ length: count }, (_, i) => i)
  let to = new Uint32Array(count)
  for (let begin = 0; begin < count; begin += statesAPart) {
    yield
    from.subarray(begin, begin + statesAPart).sort(compare)
  }
  for (let length = statesAPart; length < count; length *= 2) {
    for (let begin = 0; begin < count; begin += 2 * length) {
      const middle = Math.min(begin + length, count)
      const end = Math.min(begin + 2 * length, count)
      let [left, right] = [begin, middle]
      for (let k = begin; k < end; k++) {
        if (k % statesAPart === 0) yield
        const isLeft = right >= end || (left < middle && compare(from[left] as number, from[right] as number) <= 0)
        to[k] = from[isLeft ? left++ : right++] as number
      }
    }
    ;[from, to] = [to, from]
  }
  return from
}
