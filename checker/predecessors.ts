/**
 * The steps that lead to a state. Nothing that is kept says so: all states are searched, and the successors of each generated again.
 */

import { setImmediate as turn } from 'node:timers/promises'
import type { Model } from '../src/model/ir.ts'
import type { State } from '../src/model/trace.ts'
import { exploreOptionsOf } from './check-model.ts'
import { compile } from './compile/compile.ts'
import type { Exploration, StopReason } from './explore/exploration.ts'
import { explore } from './explore/search.ts'
import { compareStates } from './explore/state-order.ts'
import type { CheckOptions } from './result.ts'

export interface Predecessors {
  /** By content of the states, then in action order. */
  readonly steps: readonly { readonly before: State; readonly instance: number }[]
  /** How many there are; `steps` may hold fewer. */
  readonly count: number
  /** States that were looked at; all of them if `reason` is null. */
  readonly distinct: number
  readonly reason: StopReason | null
}

/** The event loop gets a turn this often. */
const sliceMs = 40

/** Requires a validated model and a state of its domains. `most`: steps that are wanted. Throws `SpecError` (MC208). */
export async function predecessorsOf(
  model: Model,
  state: State,
  options: CheckOptions,
  most: number,
): Promise<Predecessors> {
  const { compiled, layout } = compile(model, [])
  const actionOf = Int32Array.from(model.instances, (instance) => instance.action)
  const exploration = await explore(compiled, actionOf, model.actions.length, {
    ...exploreOptionsOf(options, {}),
    edgeBytes: 0,
    onLevel: null,
  })
  const found = await transitionsTo(exploration, wordsOf(model, state), options.signal ?? null)
  const { states } = exploration
  const steps = found
    .sort((left, right) => compareStates(states, compiled.stateWords, left.index, right.index) || left.by - right.by)
    .filter((one, i) => one.index !== found[i - 1]?.index || one.by !== found[i - 1]?.by)
  return {
    steps: steps.slice(0, most).map(({ index, by }) => ({
      before: layout.decode(states.words, states.at(index)),
      instance: by,
    })),
    count: steps.length,
    distinct: exploration.distinct,
    reason: options.signal?.aborted === true ? 'interrupted' : exploration.reason,
  }
}

/** The packed state: the one initial state of a model that starts there. */
function wordsOf(model: Model, state: State): Int32Array {
  const variables = model.variables.map((v) => ({ ...v, initial: state[v.name] ?? v.initial }))
  return compile({ ...model, variables, initially: [] }, []).compiled.initialStates
}

interface Transition {
  readonly index: number
  /** Its instance. */
  readonly by: number
}

async function transitionsTo(
  { compiled, states, distinct, expander }: Exploration,
  words: Int32Array,
  signal: AbortSignal | null,
): Promise<Transition[]> {
  const { kernel, out, tags } = expander
  const width = compiled.stateWords
  const found: Transition[] = []
  const isTarget = (at: number): boolean => {
    for (let w = 0; w < width; w++) if (out[at + w] !== words[w]) return false
    return true
  }
  let turnedAt = performance.now()
  for (let index = 0; index < distinct; index++) {
    const count = kernel.expand(states.words, states.at(index), out, tags, 0)
    for (let k = 0; k < count; k++) if (isTarget(k * width)) found.push({ index, by: tags[k] ?? 0 })
    if (index % 1024 !== 0 || performance.now() - turnedAt < sliceMs) continue
    await turn()
    turnedAt = performance.now()
    if (signal?.aborted === true) return found
  }
  return found
}
