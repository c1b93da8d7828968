/**
 * What is settled before a search begins: its stores, and the program that its threads run on them.
 */

import type { CompiledModel } from '../compile/compiled-model.ts'
import type { ThreadInput } from './expander.ts'
import { buildExpander, ownBytes } from './expander-program.ts'
import type { ExpanderShape } from './expander-shape.ts'
import type { ExploreOptions } from './exploration.ts'
import { reserveStores } from './reserve-stores.ts'

export type ThreadPlan = Omit<ThreadInput, 'control' | 'worker' | 'workers'>

export function planThreads(compiled: CompiledModel, options: ExploreOptions): ThreadPlan {
  const shapeOf = (record: ExpanderShape['record']): Omit<ExpanderShape, 'isFolded'> => ({
    stateWords: compiled.stateWords,
    maxSuccessors: compiled.maxSuccessors,
    instanceCount: compiled.instanceCount,
    actionCount: compiled.actionCount,
    isShared: options.workers > 1,
    hasWeakHash: options.hasWeakHash,
    isReduced: compiled.isReduced,
    record,
  })
  const own = ownBytes(compiled, shapeOf(null))
  const stores = reserveStores(compiled, options, own * options.workers)
  const shape = shapeOf(stores.present.edges)
  const machine = buildExpander(compiled, stores.present, { ...shape, isFolded: false })
  return { compiled, stores, shape, machine, ownBytes: own }
}
