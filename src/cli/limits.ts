/**
 * The options that say how a search runs and when it stops, from the command line to the checker.
 */

import * as E from 'fp-ts/Either'
import { lackOfAddresses } from '../../checker/addresses.ts'
import { workersFor } from '../../checker/explore-options.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Problem } from '../model/problem.ts'
import { parseCount, parseSeconds, parseSize, parseWorkers } from './options.ts'

export interface LimitArguments {
  readonly workers: string
  readonly maxStates: number | undefined
  readonly maxDepth: number | undefined
  readonly timeout: number | undefined
  readonly memory: string | undefined
}

/** `Left`: MC302, or MC307 where the system limits what every check wants. */
export function limitOptions(args: LimitArguments): E.Either<Problem, CheckOptions> {
  const workers = parseWorkers(args.workers)
  if (E.isLeft(workers)) return workers
  const memory = args.memory === undefined ? E.right(undefined) : parseSize(args.memory)
  if (E.isLeft(memory)) return memory
  const counts = [
    parseCount('max-states', args.maxStates),
    parseCount('max-depth', args.maxDepth),
    parseSeconds('timeout', args.timeout),
  ]
  const wrong = counts.find(E.isLeft)
  if (wrong !== undefined) return wrong
  const lack = lackOfAddresses(workersFor(workers.right), memory.right)
  if (lack !== null) return E.left(lack)
  return E.right({
    ...(workers.right === undefined ? {} : { workers: workers.right }),
    ...(memory.right === undefined ? {} : { memoryBytes: memory.right }),
    ...(args.maxStates === undefined ? {} : { maxStates: args.maxStates }),
    ...(args.maxDepth === undefined ? {} : { maxDepth: args.maxDepth }),
    ...(args.timeout === undefined ? {} : { timeoutSeconds: args.timeout }),
  })
}
