/**
 * Measures: least and greatest value over the reachable states, each with a shortest witness, and how often each occurs.
 */

import type { Property } from '../../src/model/ir.ts'
import { inSequence, type Parts } from '../../src/model/parts.ts'
import type { Target } from '../trace/rebuild.ts'
import { stateTarget } from '../trace/target.ts'
import { tell } from '../trace/tell.ts'
import { type Finding, isConclusive, type JudgeInput, nothingToShow, result, toShow } from './verdict.ts'

type Measure = Extract<Property, { kind: 'measure' }>

export async function judgeMeasure(input: JudgeInput, property: Measure, index: number): Promise<Finding> {
  const { exploration } = input
  const { counters } = exploration.compiled
  const position = counters.measures.findIndex((one) => one.property === index)
  const layout = counters.measures[position]
  const extreme = exploration.extremes[position]
  if (layout === undefined || extreme === undefined || extreme.minRaised === -1) {
    // The limits may have kept it away.
    const verdict = isConclusive(input) ? 'unreachable' : 'inconclusive'
    return nothingToShow(result(input, { name: property.name, kind: 'measure', verdict }))
  }
  const histogram = Object.fromEntries(
    Array.from(
      { length: layout.count },
      (_, i) => [String(layout.min + i), exploration.totals[layout.offset + i] ?? 0] as const,
    ).filter(([, n]) => n > 0),
  )
  const targetOf = (value: number, raised: number): Parts<Target> =>
    met(input, raised, layout.offset + value - layout.min)
  const isOnlyValue = extreme.min === extreme.max
  const measure = { min: extreme.min, max: extreme.max, histogram, minWitness: null, maxWitness: null }
  const verdict = isConclusive(input) ? 'measured' : 'inconclusive'
  return toShow(input, result(input, { name: property.name, kind: 'measure', verdict, measure }), {
    targets: inSequence([
      targetOf(extreme.min, extreme.minRaised),
      ...(isOnlyValue ? [] : [targetOf(extreme.max, extreme.maxRaised)]),
    ]),
    tell: function* (runs) {
      const values = [extreme.min, extreme.max]
      const traces = yield* inSequence(
        runs.map((run, i) => tell(input, run, { kind: 'property', property, value: values[i] ?? 0 })),
      )
      return { measure: { ...measure, minWitness: traces[0] ?? null, maxWitness: traces.at(-1) ?? null } }
    },
    untold: () => ({}),
  })
}

/** The states of the level after the one whose expansion first raised this counter that raise it when they are judged. */
function met({ exploration }: JudgeInput, raised: number, counter: number): Parts<Target> {
  const { kernel } = exploration.expander
  return stateTarget(exploration, raised + 1, (base) => {
    const before = kernel.counters[counter]
    kernel.judge(base)
    return kernel.counters[counter] !== before
  })
}
