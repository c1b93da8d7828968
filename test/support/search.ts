/**
 * A search without judging, with options that only the search has.
 */

import { compile } from '../../checker/compile/compile.ts'
import type { ThreadInput } from '../../checker/explore/expander.ts'
import type { Exploration, ExploreOptions } from '../../checker/explore/exploration.ts'
import { explore } from '../../checker/explore/search.ts'
import type { Threads } from '../../checker/explore/threads.ts'
import type { Model } from '../../src/model/ir.ts'
import { withCrew } from './crew.ts'

const usual: Omit<ExploreOptions, 'threads'> = {
  workers: 1,
  maxStates: Number.POSITIVE_INFINITY,
  maxDepth: Number.POSITIVE_INFINITY,
  timeoutMs: Number.POSITIVE_INFINITY,
  memoryBytes: 2 ** 28,
  nearBytes: Number.POSITIVE_INFINITY,
  edgeBytes: 0,
  earlierBytes: 0,
  foldBytes: Number.POSITIVE_INFINITY,
  signal: null,
  onProgress: null,
  onLevel: null,
  threadThreshold: 16,
  areThreadsEager: true,
  awaitsThreads: true,
  hasWeakHash: false,
  hasFarEdges: false,
  jitterMicroseconds: 20,
}

/** Threads, where asked for, join early and arrive at random. */
export function search(
  model: Model,
  options: Partial<ExploreOptions>,
  judged: readonly number[] = [],
): Promise<Exploration> {
  const { compiled } = compile(model, judged)
  const exploreBy = (threads: Threads | null): Promise<Exploration> =>
    explore(compiled, { ...usual, threads, ...options })
  const { workers = 1 } = options
  return workers > 1 ? withCrew(workers - 1, exploreBy) : exploreBy(null)
}

/** The same threads; `hear` is told what a search gives them. */
export function overheard(threads: Threads, hear: (input: ThreadInput) => void): Threads {
  return {
    count: threads.count,
    running: () => threads.running(),
    getReady: () => threads.getReady(),
    takePart: (input, failed) => {
      hear(input)
      return threads.takePart(input, failed)
    },
  }
}
