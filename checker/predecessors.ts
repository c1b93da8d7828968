/**
 * The steps that lead to a state. Nothing that is kept says so: all states are searched, and the successors of each generated again.
 */

import type { Model } from '../src/model/ir.ts'
import type { Parts } from '../src/model/parts.ts'
import type { State } from '../src/model/trace.ts'
import { inTime, startClock } from './clock.ts'
import { compile } from './compile/compile.ts'
import type { Exploration } from './explore/exploration.ts'
import { explore } from './explore/search.ts'
import { compareStates } from './explore/state-order.ts'
import type { StopReason } from './explore/stop-reason.ts'
import { exploreOptionsOf } from './explore-options.ts'
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

/** States between two parts of the work. */
const statesAPart = 1024

/** Requires a validated model and a state of its domains. `most`: steps that are wanted. Throws `SpecError` (MC208). */
export async function predecessorsOf(
  model: Model,
  state: State,
  options: CheckOptions,
  most: number,
): Promise<Predecessors> {
  const clock = startClock((options.timeoutSeconds ?? Number.POSITIVE_INFINITY) * 1000, options.signal ?? null)
  const { compiled, layout } = compile(model, [])
  const exploration = await explore(compiled, exploreOptionsOf(options))
  const found: Transition[] = []
  const ended = await inTime(clock, transitionsTo(exploration, layout.encode(state), found))
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
    reason: exploration.reason ?? ('left' in ended ? ended.left : null),
  }
}

interface Transition {
  readonly index: number
  /** Its instance. */
  readonly by: number
}

/** Adds them to `found`. */
function* transitionsTo(
  { compiled, states, distinct, expander }: Exploration,
  words: Int32Array,
  found: Transition[],
): Parts<void> {
  const { kernel } = expander
  const { successors, tags } = kernel
  const width = compiled.stateWords
  const isTarget = (at: number): boolean => {
    for (let w = 0; w < width; w++) if (successors[at + w] !== words[w]) return false
    return true
  }
  for (let index = 0; index < distinct; index++) {
    if (index % statesAPart === 0) yield
    const count = kernel.expand(kernel.load(states.words, states.at(index)), 0)
    for (let k = 0; k < count; k++) if (isTarget(k * width)) found.push({ index, by: tags[k] ?? 0 })
  }
}
