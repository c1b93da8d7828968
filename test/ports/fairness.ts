/**
 * Verdicts under fairness: the same formulas judged under several sets of fairness conditions, in one model.
 */

import {
  always, type Assuming, assuming, eventually, type Fairness, type Formula, implies, not, type Selection, taken,
} from 'modelcheck'

/**
 * `formula | fairness` names the property that judges the formula under the fairness. Two more judge it for runs that
 * stop, and for runs that go on for ever: there may be counterexamples of both kinds.
 */
export const underEach = (
  everything: Selection,
  formulas: { readonly [name: string]: Formula },
  fairness: { readonly [name: string]: readonly Fairness[] },
): { readonly [property: string]: Assuming } => {
  const stops = eventually(always(not(taken(everything))))
  return Object.fromEntries(
    Object.entries(formulas).flatMap(([formula, claim]) =>
      Object.entries(fairness).flatMap(([name, conditions]) => [
        [`${formula} | ${name}`, assuming(conditions, claim)],
        [`${formula} | ${name} | stops`, assuming(conditions, implies(stops, claim))],
        [`${formula} | ${name} | lasso`, assuming(conditions, implies(not(stops), claim))],
      ]),
    ),
  )
}
