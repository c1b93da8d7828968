/**
 * Shortest runs, after a search that may have missed them: the same properties once more without the reductions that lose
 * lengths, no deeper than what was found. Where that is too large the run stays, and says that it may not be the shortest.
 */

import { keepsLengths } from './reduce/reduce.ts'
import type { CheckOptions, ModelResult, PropertyResult } from './result.ts'

/** Most states of the second search; or so many times those of the first, if that is more. */
const mostStates = 1_000_000
const timesStates = 10

type Search = (options: CheckOptions) => Promise<ModelResult>

export async function confirmLengths(found: ModelResult, options: CheckOptions, search: Search): Promise<ModelResult> {
  const lengths = found.properties.flatMap(({ trace }) => (trace === null ? [] : [trace.steps.length - 1]))
  if (lengths.length === 0) return found
  const { timeoutSeconds, maxStates = Number.POSITIVE_INFINITY, maxDepth = Number.POSITIVE_INFINITY } = options
  const whole = await search({
    ...options,
    reduce: found.reductions.filter(keepsLengths),
    // The last state of a run of n steps lies in level n + 1; whether it is stuck shows when that is expanded.
    maxDepth: Math.min(maxDepth, Math.max(...lengths) + 2),
    maxStates: Math.min(maxStates, Math.max(mostStates, timesStates * found.states.distinct)),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds: Math.max(0, timeoutSeconds - found.elapsedMs / 1000) }),
  })
  return {
    ...found,
    elapsedMs: found.elapsedMs + whole.elapsedMs,
    peakBytes: Math.max(found.peakBytes, whole.peakBytes),
    properties: found.properties.map((property) => confirmed(property, whole)),
  }
}

function confirmed(property: PropertyResult, whole: ModelResult): PropertyResult {
  const { trace } = property
  if (trace === null) return property
  const better = whole.properties.find(({ name, kind }) => name === property.name && kind === property.kind)
  if (better !== undefined && better.trace !== null) return { ...property, trace: better.trace, reason: better.reason }
  const isClosed = whole.reason === 'state limit' || whole.reason === 'depth limit'
  return { ...property, trace: { ...trace, shortest: isClosed && whole.levels.length >= trace.steps.length } }
}
