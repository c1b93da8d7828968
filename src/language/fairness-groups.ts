/**
 * The fairness groups of a model: what each condition speaks of, by the numbers of the instances.
 */

import { isConceivable } from '../model/blocked.ts'
import type { FairnessGroup, Strength } from '../model/ir.ts'
import { showValue } from '../model/values.ts'
import type { ActionHandle } from './action.ts'
import type { Fairness } from './fairness.ts'
import { mistake } from './mistakes.ts'
import { type Draft, isMistaken, type Selection } from './selection.ts'
import type { ThreadHandle } from './thread.ts'

/** Those that a model or a property declares. MC101 for a name that occurs twice, MC206 for one that selects nothing, as an action that is not returned. */
export function groupsOf(
  declared: readonly Fairness[],
  select: (selection: Selection) => readonly number[],
): readonly FairnessGroup[] {
  return declared.flatMap(({ name, strength, selection, source }, i) => {
    if (declared.findIndex((one) => one.name === name) !== i)
      mistake('MC101', `there are two fairness conditions '${name}'`, 'Rename one of them.', source)
    const instances = select(selection)
    if (instances.length > 0) return [{ name, strength, instances }]
    const hint = 'Return its action from the builder, and check its binding.'
    if (!isMistaken(selection)) mistake('MC206', `the fairness '${name}' selects no instance`, hint, source)
    return []
  })
}

/** The groups of threads and arrivals, of actions, and those that the model declares. */
export function fairnessOf(
  threads: readonly ThreadHandle[],
  actions: readonly ActionHandle[],
  declaredGroups: readonly Fairness[],
  select: (selection: Selection) => readonly number[],
): readonly FairnessGroup[] {
  const group = (name: string, strength: Strength, drafts: readonly Draft[]): FairnessGroup => ({
    name,
    strength,
    instances: select({ selectionName: name, drafts }),
  })
  return [
    ...threads.flatMap((thread) => [
      ...(thread.strength === null ? [] : [group(thread.selectionName, thread.strength, thread.fairDrafts)]),
      ...thread.arrivalGroups.map((one) => group(one.name, one.strength, one.drafts)),
    ]),
    ...actions.flatMap(({ selectionName, strength, drafts }) =>
      strength === null
        ? []
        : drafts
            .filter(({ instance }) => isConceivable(instance))
            .map((draft) => group(selectionName + showBinding(draft), strength, [draft])),
    ),
    ...groupsOf(declaredGroups, select),
  ]
}

/** Which of its action's instances one is. */
export function showBinding(draft: Draft): string {
  const entries = Object.entries(draft.instance.binding)
  return entries.length === 0 ? '' : `(${entries.map(([name, value]) => `${name}=${showValue(value)}`).join(', ')})`
}
