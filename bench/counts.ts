/**
 * Every tool must count what we count, or differ by what is explained here and printed under the table.
 */

import type { Result } from './compare.ts'
import type { BenchModel } from './tool.ts'

interface Difference {
  readonly distinct: number
  readonly generated: number
  readonly why: string
}

const none: Difference = { distinct: 0, generated: 0, why: '' }

/** Initial states of EWD 840: any set of active nodes, any of black ones, any place of the token. */
const initialStates = ({ name, size }: BenchModel): number => (name === 'ewd840' ? size * 4 ** size : 1)

/** By how much more a tool counts than we do. */
function explained(tool: string, model: BenchModel): Difference {
  if (tool === 'Rumur') {
    return { ...none, generated: -initialStates(model), why: 'initial states do not count as generated' }
  }
  if (tool.startsWith('Spin') && model.name === 'ewd840') {
    return { distinct: 1, generated: 1, why: 'one state more, before the initial ones are chosen' }
  }
  return none
}

export interface Verdict {
  readonly notes: readonly string[]
  readonly mistakes: readonly string[]
}

/** What is to be said of the counts of a model, ours first among the results. */
export function judgeCounts(model: BenchModel, results: readonly Result[]): Verdict {
  const ours = results[0]?.sample
  const notes: string[] = []
  const mistakes: string[] = []
  for (const { tool, isReduced, sample } of results) {
    if (ours === undefined) continue
    const { distinct, generated, why } = explained(tool, model)
    if (isReduced) {
      if (sample.distinct > ours.distinct + distinct) mistakes.push(`${tool} reduces and has more states than we have`)
    } else if (sample.distinct !== ours.distinct + distinct || sample.generated !== ours.generated + generated) {
      mistakes.push(
        `${tool} has ${sample.distinct} and ${sample.generated}, we have ${ours.distinct} and ${ours.generated}`,
      )
    } else if (why !== '') notes.push(`${tool}: ${why}.`)
  }
  return { notes, mistakes }
}
