/**
 * Dead cells are set back to their initial value by the step after which nobody will see them, so that states that differ in
 * nothing else become one.
 *
 * Every step of the reduced model is a step of the model and the other way round, and changes the state in both or in neither: all
 * properties, fairness included, keep their verdicts, and shortest runs their length. A loop may close earlier here than in the model, where
 * dead cells keep what the first round found in them.
 *
 * Source: Holzmann 1999, doi:10.1007/3-540-48234-2_18, differs: by liveness over all threads' control flow, not by scope.
 */

import type { Expr, Instance, Model, Statement } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import type { Cells } from './cells.ts'
import { type Liveness, livenessOf, type ThreadLiveness } from './dead-cells.ts'
import { type CellSet, footprintOf } from './footprint.ts'

/** The same instances, whose effects end by resetting what they leave dead, but for the variables with these names. */
export function* resetDead(model: Model, left: ReadonlySet<string>): Parts<Model> {
  const liveness = livenessOf(model, left)
  if (liveness.resettable.size === 0) return model
  const instances: Instance[] = []
  for (const [i, instance] of model.instances.entries()) {
    yield
    const thread = liveness.threads.find(({ flow }) => flow.thread === instance.thread)
    const resets = thread === undefined ? [] : resetsAfter(i, instance, thread, liveness)
    instances.push(resets.length === 0 ? instance : { ...instance, effect: [...instance.effect, ...resets] })
  }
  return {
    ...model,
    initially: [...model.initially, ...resetsAtStart(model, liveness)],
    instances,
  }
}

function resetsAtStart(model: Model, { cells, resettable, threads }: Liveness): readonly Statement[] {
  const { writes } = footprintOf(model.initially, cells)
  return [...resettable].flatMap((cell) => {
    if (!writes.has(cell)) return []
    const reset = resetOf(cells, cell, model)
    return reset === null ? [] : whereDead(cell, threads, reset)
  })
}

/** What was live before the step, or is written by it, and is dead after it: on each of several ways that it may go, for itself. */
function resetsAfter(
  index: number,
  instance: Instance,
  own: ThreadLiveness,
  { cells, resettable, threads }: Liveness,
): readonly Statement[] {
  const step = own.flow.steps.find((one) => one.instance === index)
  if (step === undefined) return []
  const liveBefore = unionOf(step.from.map((location) => own.live[location]))
  // As a return from a handler, to where locals were left as they should be.
  const isAnywhere = step.to.length === own.flow.locations.length
  return [...resettable].flatMap((cell) => {
    const isDead = (location: number): boolean => own.live[location]?.has(cell) !== true
    const isDeadAfter = step.to.every(isDead)
    const isDying =
      (isDeadAfter || (!isAnywhere && step.to.some(isDead))) && (liveBefore.has(cell) || step.writes.has(cell))
    const reset = isDying ? resetOf(cells, cell, instance) : null
    const looking = isDeadAfter ? threads.filter((one) => one !== own) : threads
    return reset === null ? [] : whereDead(cell, looking, reset)
  })
}

function unionOf(sets: readonly (CellSet | undefined)[]): CellSet {
  return new Set(sets.flatMap((set) => [...(set ?? [])]))
}

function resetOf(cells: Cells, cell: number, { source }: { readonly source: Statement['source'] }): Statement | null {
  const found = cells.all[cell]
  if (found === undefined) return null
  const { place, domain, initial } = found
  return { kind: 'assign', place, e: { kind: 'literal', domain, value: initial }, source }
}

/** The reset, under the condition that the cell is dead where these threads are. None where one of them always needs it. */
function whereDead(cell: number, threads: readonly ThreadLiveness[], reset: Statement): readonly Statement[] {
  const tests: Expr[] = []
  for (const { flow, live } of threads) {
    const needing = flow.locations.filter((_, i) => live[i]?.has(cell) === true)
    if (needing.length === flow.locations.length) return []
    if (needing.length > 0) tests.push(notAt(flow.counter, flow.locations, needing))
  }
  if (tests.length === 0) return [reset]
  return [{ kind: 'when', condition: { kind: 'and', es: tests }, then: [reset], otherwise: [], source: reset.source }]
}

function notAt(counter: string, locations: readonly string[], needing: readonly string[]): Expr {
  const at = needing.map(
    (value): Expr => ({
      kind: 'equal',
      left: { kind: 'variable', name: counter },
      right: { kind: 'literal', domain: { kind: 'enumeration', values: locations }, value },
    }),
  )
  return { kind: 'not', e: { kind: 'or', es: at } }
}
