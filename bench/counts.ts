/**
 * Every tool must count what we count, or differ by what is explained here and printed under the table.
 */

import type { Result } from './compare.ts'
import type { BenchModel } from './tool.ts'

interface Difference {
  readonly distinct: number
  readonly generated: number
  /** How many digits of a count the tool prints. */
  readonly digits: number
  readonly why: string
}

const none: Difference = { distinct: 0, generated: 0, digits: 15, why: '' }
const ofSpin: Difference = { ...none, digits: 8 }

/** Initial states of EWD 840: any set of active nodes, any of black ones, any place of the token. */
const initialStates = ({ name, size }: BenchModel): number => (name === 'ewd840' ? size * 4 ** size : 1)

/** By how much more a tool counts than we do. */
function explained(tool: string, model: BenchModel): Difference {
  if (tool === 'Rumur') {
    return { ...none, generated: -initialStates(model), why: 'initial states do not count as generated' }
  }
  if (!tool.startsWith('Spin')) return none
  if (model.name !== 'ewd840') return ofSpin
  return { ...ofSpin, distinct: 1, generated: 1, why: 'one state more, before the initial ones are chosen' }
}

export interface Verdict {
  readonly explanations: readonly string[]
  readonly mistakes: readonly string[]
}

/** What is to be said of the counts of a model, ours first among the results. */
export function judgeCounts(model: BenchModel, results: readonly Result[]): Verdict {
  const ours = results[0]?.sample
  const explanations: string[] = []
  const mistakes: string[] = []
  for (const { tool, isReduced, sample } of results) {
    if (ours?.generated == null) continue
    const { distinct, generated, digits, why } = explained(tool, model)
    const isSame = (its: number, expected: number): boolean => its.toPrecision(digits) === expected.toPrecision(digits)
    if (isReduced) {
      if (sample.distinct > ours.distinct + distinct) mistakes.push(`${tool} reduces and has more states than we have`)
    } else if (
      !isSame(sample.distinct, ours.distinct + distinct) ||
      (sample.generated !== null && !isSame(sample.generated, ours.generated + generated))
    ) {
      mistakes.push(
        `${tool} has ${sample.distinct} and ${sample.generated ?? 'no'}, we have ${ours.distinct} and ${ours.generated}`,
      )
    } else if (why !== '') explanations.push(`${tool}: ${why}.`)
  }
  return { explanations, mistakes }
}
