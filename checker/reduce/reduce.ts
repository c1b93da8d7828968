/**
 * Reductions: fewer states, the same verdicts. Each is off unless asked for, because figures then count something else.
 */

import { checksOf } from '../../src/model/checks.ts'
import { deadlockProperty, type Model, type Property } from '../../src/model/ir.ts'
import type { Parts } from '../../src/model/parts.ts'
import { problem, SpecError } from '../../src/model/problem.ts'
import type { Following } from '../compile/kernel-input.ts'
import { fuseLocal } from './fuse-local.ts'
import { interchangeableIn, overwrittenAtStart } from './interchange.ts'
import { interferenceOf } from './interference.ts'
import type { Reduction } from './names.ts'
import { resetDead } from './reset-dead.ts'

/** What is searched in place of a model. */
export interface Reduced {
  readonly model: Model
  readonly following: Following
}

/** The kinds of properties that a reduction cannot judge, and why. */
const refused: { readonly [R in Reduction]: { readonly [K in Property['kind']]?: string } } = {
  'dead-variables': {},
  'local-steps': {
    liveness: 'it leaves out steps, of which fairness speaks',
    measure: 'it leaves out states',
    step: 'it leaves out steps',
  },
  'partial-order': {
    liveness: 'it leaves out behaviours',
    measure: 'it leaves out states',
    step: 'it leaves out steps',
  },
  symmetry: {
    liveness: "a loop that it finds may end with members in each other's places, and fairness speaks of each by itself",
    measure: 'it counts one state for all that differ by swaps',
  },
}

/** Of the model that is searched in place of this one, to judge the properties with these indices. Throws `SpecError`: MC305, MC306. */
export function* reduce(model: Model, judged: readonly number[], reductions: readonly Reduction[]): Parts<Reduced> {
  const properties = judged.flatMap((index) => model.properties[index] ?? [])
  const observed = { ...model, properties }
  demandFit(observed, reductions)
  const isAsked = (reduction: Reduction): boolean => reductions.includes(reduction)
  // Before the others, so that a mistake is told in words of the model; then of what is searched.
  const members = isAsked('symmetry') ? yield* interchangeableIn(observed) : null
  const fused = isAsked('local-steps') ? fuseLocal(observed) : observed
  yield
  // What a variable is declared to start with may name one member, where `initially` overwrites it: no value to go back to.
  const left = members === null ? new Set<string>() : overwrittenAtStart(observed)
  const reset = isAsked('dead-variables') ? yield* resetDead(fused, left) : fused
  if (members !== null && reset !== observed) yield* interchangeableIn(reset)
  const interference = isAsked('partial-order') ? yield* interferenceOf(reset) : null
  const judgesSteps = properties.some(({ kind }) => kind === 'step' || kind === 'liveness')
  return {
    model: reset === observed ? model : { ...reset, properties: model.properties },
    following: { interference, members, omitsStuttering: interference === null && !judgesSteps },
  }
}

/**
 * Of the reductions that are asked for all of several models, those that each is searched with. One that calls nothing interchangeable has
 * no symmetry to lose, where another does; where none does, the question itself is mistaken, and `reduce` says so.
 */
export function applicable<T extends { readonly model: Model }>(
  reductions: readonly Reduction[],
  among: readonly T[],
): (one: T) => readonly Reduction[] {
  const isNamed = ({ model }: T): boolean => model.interchangeable.some((set) => set.length > 0)
  if (!among.some(isNamed)) return () => reductions
  const others = reductions.filter((one) => one !== 'symmetry')
  return (one) => (isNamed(one) ? reductions : others)
}

/** Every reduction can judge all properties of the model. */
function demandFit(model: Model, reductions: readonly Reduction[]): void {
  for (const reduction of reductions) {
    for (const { kind, name, source } of model.properties) {
      const reason = refused[reduction][kind]
      if (reason === undefined) continue
      const hint = `${judgeOthers(model, reductions)}, or leave ${reduction} out.`
      throw new SpecError(
        problem('MC305', `--reduce ${reduction} cannot judge '${name}' (${kind}): ${reason}`, hint, source),
      )
    }
  }
}

/** So many properties are spelled out. */
const mostNamed = 6

/** The options by which everything is judged that all of these can judge. */
function judgeOthers(model: Model, reductions: readonly Reduction[]): string {
  const fits = ({ kind }: Property): boolean => reductions.every((one) => refused[one][kind] === undefined)
  const names = [...model.properties.filter(fits).map(({ name }) => name), ...checksOf(model), deadlockProperty]
  if (names.length > mostNamed) return 'Judge other properties, by --property'
  return `Judge the others: ${names.map((name) => `--property ${/^[\w-]+$/.test(name) ? name : `'${name}'`}`).join(' ')}`
}

/** Whether the runs that a search with this reduction finds are the shortest. */
export function keepsLengths(reduction: Reduction): boolean {
  return reduction === 'dead-variables' || reduction === 'symmetry'
}
