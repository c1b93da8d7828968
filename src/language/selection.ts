/**
 * Selections of instances: what fairness and `taken` speak of.
 */

import type { Instance, Value } from '../model/ir.ts'

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

/** The instances of an action or a thread with these parameter values. */
export function only(selected: Selected, binding: { readonly [parameter: string]: Value }): Selected {
  const wanted = Object.entries(binding)
  const drafts = selected.drafts.filter((draft) =>
    wanted.every(([name, value]) => draft.instance.binding[name] === value),
  )
  return { selectionName: `${selected.selectionName}(${wanted.map(([n, v]) => `${n}=${v}`).join(', ')})`, drafts }
}

/** The steps of a thread that carry this label. */
export function steps(selected: Selected, label: string): Selected {
  const drafts = selected.drafts.filter((draft) => draft.instance.label === label)
  return { selectionName: `${selected.selectionName}: ${label}`, drafts }
}
