/**
 * Initial states by generated code: each statement of `initially` is run on all states that those before it led to. A ring of
 * eight nodes in any state starts in half a million states, which would keep the reference evaluator busy for ten seconds.
 */

import type { Instance, Model, Statement } from '../../src/model/ir.ts'
import { initialStates } from '../../src/model/step.ts'
import { type CompiledModel, createKernel } from './compiled-model.ts'
import type { Layout } from './layout.ts'

/** What running code needs of a compiled model. */
export type CompiledCode = Pick<CompiledModel, 'source' | 'maxSuccessors' | 'counters'>

/** Distinct initial states, [count × stateWords], in an order that depends on content alone. Throws `ModelError`. */
export function packInitialStates(
  model: Model,
  layout: Layout,
  compileCode: (model: Model) => CompiledCode,
): Int32Array {
  let states = layout.encode(Object.fromEntries(model.variables.map((v) => [v.name, v.initial])))
  for (const statement of model.initially) {
    const code = compileCode(modelOf(model, statement))
    const outcomes = outcomesOf(code, states, layout.stateWords)
    // The evaluator says where and why; the code only knows that.
    if (outcomes === null) {
      initialStates(model)
      throw new Error('compile: an initial state raises an error in generated code alone')
    }
    states = outcomes
  }
  return distinctStates(states, layout.stateWords)
}

/** Of each orbit its one state, [count × stateWords]. */
export function canonicalStates(code: CompiledCode, states: Int32Array, stateWords: number): Int32Array {
  const kernel = createKernel(code, new Int32Array(code.counters.length))
  const found = states.slice()
  for (let at = 0; at < found.length; at += stateWords) kernel.canonicalise(found, at)
  return distinctStates(found, stateWords)
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

/** All outcomes of all states; null if one raises a model error. */
function outcomesOf(code: CompiledCode, states: Int32Array, stateWords: number): Int32Array | null {
  const counters = new Int32Array(code.counters.length)
  const kernel = createKernel(code, counters)
  const tags = new Int32Array(code.maxSuccessors)
  let out = new Int32Array(states.length * 2 + code.maxSuccessors * stateWords)
  let count = 0
  for (let base = 0; base < states.length; base += stateWords) {
    if ((count + code.maxSuccessors) * stateWords > out.length) {
      const larger = new Int32Array(out.length * 2)
      larger.set(out)
      out = larger
    }
    count += kernel.expand(states, base, out.subarray(count * stateWords), tags, 0)
  }
  return counters[code.counters.modelError] === 0 ? out.subarray(0, count * stateWords) : null
}

function distinctStates(states: Int32Array, stateWords: number): Int32Array {
  const count = states.length / stateWords
  const compare = (left: number, right: number): number => {
    for (let w = 0; w < stateWords; w++) {
      const difference = ((states[left * stateWords + w] ?? 0) >>> 0) - ((states[right * stateWords + w] ?? 0) >>> 0)
      if (difference !== 0) return difference
    }
    return 0
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(compare)
  const distinct = new Int32Array(states.length)
  let kept = 0
  for (const [position, index] of order.entries()) {
    if (position > 0 && compare(order[position - 1] ?? 0, index) === 0) continue
    distinct.set(states.subarray(index * stateWords, (index + 1) * stateWords), kept * stateWords)
    kept++
  }
  return distinct.slice(0, kept * stateWords)
}
