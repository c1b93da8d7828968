/**
 * Measures: least and greatest value over the reachable states, each with a shortest witness, and how often each occurs.
 */

import type { Property } from '../src/model/ir.ts'
import type { Parts } from '../src/model/parts.ts'
import type { Trace } from '../src/model/trace.ts'
import type { MeasureResult, PropertyResult } from './result.ts'
import { rebuild } from './trace/rebuild.ts'
import { stateTarget } from './trace/target.ts'
import { tell } from './trace/tell.ts'
import { isConclusive, type JudgeInput, result } from './verdict.ts'

type Measure = Extract<Property, { kind: 'measure' }>

export async function judgeMeasure(input: JudgeInput, property: Measure, index: number): Promise<PropertyResult> {
  const { exploration } = input
  const { counters } = exploration.compiled
  const position = counters.measures.findIndex((one) => one.property === index)
  const layout = counters.measures[position]
  const extreme = exploration.extremes[position]
  if (layout === undefined || extreme === undefined || extreme.minRaised === -1) {
    // The limits may have kept it away.
    const verdict = isConclusive(input) ? 'unreachable' : 'inconclusive'
    return result(input, { name: property.name, kind: 'measure', verdict })
  }
  input.pace.begin('trace', property.name)
  const histogram = Object.fromEntries(
    Array.from(
      { length: layout.count },
      (_, i) => [String(layout.min + i), exploration.totals[layout.offset + i] ?? 0] as const,
    ).filter(([, n]) => n > 0),
  )
  const witnessOf = (value: number, raised: number): Parts<Trace> =>
    witness(input, property, { value, raised, counter: layout.offset + value - layout.min })
  const witnesses = function* (): Parts<Pick<MeasureResult, 'minWitness' | 'maxWitness'>> {
    const minWitness = yield* witnessOf(extreme.min, extreme.minRaised)
    const isOnlyValue = extreme.min === extreme.max
    return { minWitness, maxWitness: isOnlyValue ? minWitness : yield* witnessOf(extreme.max, extreme.maxRaised) }
  }
  return result(input, {
    name: property.name,
    kind: 'measure',
    verdict: isConclusive(input) ? 'measured' : 'inconclusive',
    measure: {
      min: extreme.min,
      max: extreme.max,
      histogram,
      ...(await input.pace.through(witnesses(), () => ({ minWitness: null, maxWitness: null }))),
    },
  })
}

/** A value, the expansion at which it was first met, and the counter that says how often. */
interface Met {
  readonly value: number
  readonly raised: number
  readonly counter: number
}

function* witness(input: JudgeInput, property: Measure, { value, raised, counter }: Met): Parts<Trace> {
  const { exploration } = input
  const { kernel } = exploration.expander
  const target = yield* stateTarget(exploration, raised + 1, (base) => {
    const before = kernel.counters[counter]
    kernel.judge(base)
    return kernel.counters[counter] !== before
  })
  return yield* tell(input, yield* rebuild(input, target), { kind: 'property', property, value })
}
