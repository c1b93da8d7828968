/**
 * Dead cells: a cell is live at a location of a thread if, on some way that control may take from there, the thread reads
 * it before it overwrites it. A cell that is live for no thread where it stands has a value that nobody will see.
 */

import type { Model } from '../../src/model/ir.ts'
import { type Cells, cellsOf } from './cells.ts'
import { type Flow, flowOf } from './flow.ts'
import { type CellSet, footprintOf, readsOf } from './footprint.ts'
import { observedOf } from './observed.ts'

export interface ThreadLiveness {
  readonly flow: Flow
  /** Live cells at each location. */
  readonly live: readonly CellSet[]
}

export interface Liveness {
  readonly cells: Cells
  readonly threads: readonly ThreadLiveness[]
  /** Cells that may be reset where they are dead: data that only threads whose control flow is known touch. */
  readonly resettable: CellSet
}

/** Of the properties of the model given: a caller who judges only some gives the model with those. `left`: variables not to be reset. */
export function livenessOf(model: Model, left: ReadonlySet<string>): Liveness {
  const cells = cellsOf(model)
  const flows = model.threads.flatMap((_, thread) => flowOf(model, thread, cells) ?? [])
  const alwaysLive = new Set<number>()
  for (const e of observedOf(model)) addAll(alwaysLive, readsOf(e, cells))
  for (const instance of model.instances) {
    if (flows.some(({ thread }) => thread === instance.thread)) continue
    const { reads, writes } = footprintOf(instance.effect, cells)
    addAll(alwaysLive, reads)
    addAll(alwaysLive, writes)
    for (const { e } of instance.guard) addAll(alwaysLive, readsOf(e, cells))
  }
  const isData = new Map(model.variables.map(({ name, role }) => [name, role === 'data']))
  const resettable = cells.all.flatMap(({ variable }, cell) =>
    isData.get(variable) === true && !left.has(variable) && !alwaysLive.has(cell) ? [cell] : [],
  )
  return {
    cells,
    threads: flows.map((flow) => ({ flow, live: liveCells(flow) })),
    resettable: new Set(resettable),
  }
}

function addAll(set: Set<number>, more: CellSet): void {
  for (const cell of more) set.add(cell)
}

/** The least solution: live before a step is what it reads, and what is live after it and not overwritten. */
function liveCells({ locations, steps }: Flow): readonly CellSet[] {
  const live = locations.map(() => new Set<number>())
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false
    for (const { from, to, reads, kills } of steps) {
      const before = new Set(reads)
      for (const location of to) for (const cell of live[location] ?? []) if (!kills.has(cell)) before.add(cell)
      for (const location of from) {
        const known = live[location]
        if (known === undefined) continue
        const size = known.size
        addAll(known, before)
        hasChanged ||= known.size > size
      }
    }
  }
  return live
}
