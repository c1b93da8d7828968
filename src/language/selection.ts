/**
 * Selections of instances: what fairness and `taken` speak of.
 */

import type { Instance, Value } from '../model/ir.ts'
import { equalValues, showValue } from '../model/values.ts'
import { nameOf } from './expression.ts'
import { thereAre } from './labels.ts'
import type { Names } from './line.ts'
import { mistake } from './mistakes.ts'

/** An instance before it is numbered; its identity is the object. */
export interface Draft {
  readonly actionName: string
  readonly instance: Omit<Instance, 'action'>
}

/** Something that stands for instances: an action, a thread, some steps of a thread, or a list of these. */
export type Selection = Selected | readonly Selection[]

export interface Selected {
  readonly selectionName: string
  readonly drafts: readonly Draft[]
  /** After a mistake. */
  readonly isStandIn?: boolean
}

const standIn: Selected = { selectionName: '', drafts: [], isStandIn: true }

/** MC105 for what is neither, in a spec that was not type-checked. */
export function checkedSelection(selection: Selection): Selection {
  if (isSelected(selection)) return selection
  if (Array.isArray(selection)) return selection.map(checkedSelection)
  const hint = 'Give what `action`, `threads`, `steps` or `only` returned, as in processes.p0.'
  mistake('MC105', `${nameOf(selection)} is no action and no thread`, hint)
  return standIn
}

/** Whether there was a mistake in it: that it selects too little would be an echo. */
export function isMistaken(selection: Selection): boolean {
  return 'drafts' in selection ? selection.isStandIn === true : selection.some(isMistaken)
}

export function draftsOf(selection: Selection): readonly Draft[] {
  return 'drafts' in selection ? selection.drafts : selection.flatMap(draftsOf)
}

function isSelected(selection: unknown): selection is Selected {
  return typeof selection === 'object' && selection !== null && 'drafts' in selection
}

const nameOfSelected = (selected: Selected): string => (isSelected(selected) ? selected.selectionName : '')

/** The instances of an action or a thread with these parameter values. MC105 when there are none. */
export function only(selected: Selected, binding: { readonly [parameter: string]: Value }): Selected {
  const wanted = Object.entries(binding)
  const drafts = draftsOf(checkedSelection(selected)).filter((draft) =>
    wanted.every(([name, value]) => equalValues(draft.instance.binding[name] ?? '', value)),
  )
  const shown = wanted.map(([name, value]) => `${name}=${showValue(value)}`).join(', ')
  if (drafts.length === 0 && isSelected(selected)) {
    mistake('MC105', `'${selected.selectionName}' has no instance with ${shown}`, 'Check the names and the values.')
  }
  return { selectionName: `${nameOfSelected(selected)}(${shown})`, drafts, isStandIn: drafts.length === 0 }
}

/** The steps of a thread that carry this label. MC105 when there are none. */
export function steps<L extends string>(selected: Selected & Names<L, string>, label: NoInfer<L>): Selected {
  const drafts = draftsOf(checkedSelection(selected)).filter((draft) => draft.instance.label === label)
  if (drafts.length === 0 && isSelected(selected)) {
    const known = selected.drafts.map((draft) => draft.instance.label)
    mistake('MC105', `'${selected.selectionName}' has no step '${label}'`, thereAre('label', known))
  }
  return { selectionName: `${nameOfSelected(selected)}: ${label}`, drafts, isStandIn: drafts.length === 0 }
}

/** The steps of a thread that do not carry this label. MC105 when no step carries it. */
export function stepsBut<L extends string>(selected: Selected & Names<L, string>, label: NoInfer<L>): Selected {
  const { drafts: without, isStandIn } = steps(selected, label)
  const drafts = isSelected(selected) ? selected.drafts.filter((draft) => !without.includes(draft)) : []
  return { selectionName: `${nameOfSelected(selected)}: all but ${label}`, drafts, isStandIn: isStandIn === true }
}
