/**
 * Rebuilds the runs that show what was found. Those of about the same length are rebuilt together, because nearly all of the work is to
 * expand the levels before their ends; the shorter ones come first, as there may be no time for the others.
 */

import type { StopReason } from '../explore/stop-reason.ts'
import type { PropertyResult } from '../result.ts'
import { type Run, rebuild } from '../trace/rebuild.ts'
import type { Finding, JudgeInput, Showing } from './verdict.ts'

/** Of the runs that are rebuilt together the shortest may have so much less to expand: all groups then cost a third more than the last. */
const mostUnlike = 4

/** States kept at most by all runs that are rebuilt together, at 12 bytes each where there are up to 32 lanes. */
const mostKept = 2 ** 25

/** The results, in the order of the findings. */
export async function showAll(input: JudgeInput, findings: readonly Finding[]): Promise<readonly PropertyResult[]> {
  const { exploration, pace } = input
  const results = findings.map(({ known }) => known)
  const shown = findings.flatMap(({ showing }, index) => {
    return showing === null ? [] : [{ index, showing, work: statesBefore(exploration.levels, showing) }]
  })
  for (const group of rebuiltTogether(shown)) {
    pace.begin('trace', namesOf(group.map(({ index }) => results[index]?.name ?? '')))
    const targets = group.flatMap(({ showing }) => showing.targets)
    const found = await pace.through<readonly Run[] | StopReason>(rebuild(input, targets), (reason) => reason)
    const runs = typeof found === 'string' ? [] : [...found]
    for (const { index, showing } of group) {
      const own = runs.splice(0, showing.targets.length)
      const more =
        typeof found === 'string' ? showing.untold(found) : await pace.through(showing.tell(own), showing.untold)
      results[index] = { ...(results[index] as PropertyResult), ...more }
    }
  }
  return results
}

/** How many states are expanded to rebuild its runs. */
function statesBefore(levels: readonly number[], { targets }: Showing): number {
  return levels[Math.max(...targets.map(({ level }) => level)) - 1] ?? 0
}

/** Those with less work first. */
export function rebuiltTogether<T extends { readonly work: number }>(all: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const one of [...all].sort((left, right) => right.work - left.work)) {
    const group = groups.at(-1)
    const most = group?.[0]?.work ?? 0
    if (group !== undefined && one.work * mostUnlike >= most && (group.length + 1) * most <= mostKept) group.push(one)
    else groups.push([one])
  }
  return groups.reverse()
}

function namesOf(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? '') : `${names[0]} and ${names.length - 1} more`
}
