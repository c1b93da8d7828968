/**
 * Selections of instances: what fairness and `taken` speak of.
 */

import type { Instance, Value } from '../model/ir.ts'
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
}

export function draftsOf(selection: Selection): readonly Draft[] {
  return 'drafts' in selection ? selection.drafts : selection.flatMap(draftsOf)
}

/** The instances of an action or a thread with these parameter values. MC105 when there are none. */
export function only(selected: Selected, binding: { readonly [parameter: string]: Value }): Selected {
  const wanted = Object.entries(binding)
  const drafts = selected.drafts.filter((draft) =>
    wanted.every(([name, value]) => draft.instance.binding[name] === value),
  )
  const shown = wanted.map(([name, value]) => `${name}=${String(value)}`).join(', ')
  if (drafts.length === 0) {
    mistake('MC105', `'${selected.selectionName}' has no instance with ${shown}`, 'Check the names and the values.')
  }
  return { selectionName: `${selected.selectionName}(${shown})`, drafts }
}

/** The steps of a thread that carry this label. MC105 when there are none. */
export function steps<L extends string>(selected: Selected & Names<L, string>, label: NoInfer<L>): Selected {
  const drafts = selected.drafts.filter((draft) => draft.instance.label === label)
  if (drafts.length === 0) {
    const known = [...new Set(selected.drafts.map((draft) => draft.instance.label))].join(', ')
    mistake('MC105', `'${selected.selectionName}' has no step '${label}'`, `Its labels are: ${known}.`)
  }
  return { selectionName: `${selected.selectionName}: ${label}`, drafts }
}

/** The steps of a thread that do not carry this label. MC105 when no step carries it. */
export function stepsBut<L extends string>(selected: Selected & Names<L, string>, label: NoInfer<L>): Selected {
  const without = steps(selected, label).drafts
  const drafts = selected.drafts.filter((draft) => !without.includes(draft))
  return { selectionName: `${selected.selectionName}: all but ${label}`, drafts }
}
