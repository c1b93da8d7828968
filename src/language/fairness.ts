/**
 * Fairness conditions over groups of instances.
 */

import type { Source, Strength } from '../model/ir.ts'
import { here } from './blame.ts'
import { nameOf } from './expression.ts'
import { demandName, mistake } from './mistakes.ts'
import { checkedSelection, type Selection } from './selection.ts'

export interface Fairness {
  readonly name: string
  readonly strength: Strength
  readonly selection: Selection
  readonly source: Source
}

/** The option `fair`. MC109 for another word, in a spec that was not type-checked. */
export function strengthOf(fair: Strength | undefined): Strength | null {
  if (fair === undefined || fair === 'weak' || fair === 'strong') return fair ?? null
  mistake('MC109', `'${nameOf(fair)}' is no kind of fairness`, "Write fair: 'weak' or fair: 'strong'.")
  return null
}

export type FairnessList = Fairness | readonly Fairness[]

/** MC107 for what is no condition, in a spec that was not type-checked. */
export function conditionsOf(declared: FairnessList): readonly Fairness[] {
  return [declared].flat().filter(isFairness)
}

function isFairness(one: unknown): one is Fairness {
  if (typeof one === 'object' && one !== null && 'strength' in one && 'selection' in one) return true
  mistake('MC107', `${nameOf(one)} is no fairness`, "Write weak('name', …) or strong('name', …), or a list of such.")
  return false
}

function condition(name: string, strength: Strength, selection: Selection): Fairness {
  demandName('a fairness', name)
  return { name: String(name), strength, selection: checkedSelection(selection), source: here() }
}

/** If some selected instance is enabled from some point on in every state, selected instances are taken infinitely often. */
export function weak(name: string, ...selection: readonly Selection[]): Fairness {
  return condition(name, 'weak', selection)
}

/** If selected instances are enabled infinitely often, they are taken infinitely often. */
export function strong(name: string, ...selection: readonly Selection[]): Fairness {
  return condition(name, 'strong', selection)
}
