/**
 * Ourselves: the built command, as a user starts it, with one or more threads. Properties over behaviours are left out,
 * because the peers are asked for safety only.
 */

import { fileURLToPath } from 'node:url'
import { measure } from '../measure.ts'
import type { BenchModel, Sample, Tool } from '../tool.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

interface Report {
  readonly errors: readonly { readonly code: string; readonly message: string; readonly hint: string }[]
  readonly models: readonly {
    readonly states: { readonly distinct: number; readonly generated: number }
    readonly elapsedMs: number
  }[]
}

export const specOf = ({ name }: BenchModel): string => (name.endsWith('.ts') ? name : `specs/${name}.ts`)

/** Arguments of our command for a model. */
function argumentsOf(model: BenchModel, options: readonly string[]): readonly string[] {
  const size = model.constant === null ? [] : ['--set', `${model.constant}=${model.size}`]
  const out = ['--json', '--quiet', '--out', '/tmp/modelcheck-bench']
  return [`${root}dist/cli.cjs`, specOf(model), ...size, ...model.options, ...options, ...out]
}

export const workers = (count: number): readonly string[] => ['--workers', String(count)]

/** What a report says was wrong, or what was printed in its place. */
function wordsOf(output: string): string {
  try {
    const { errors }: Report = JSON.parse(output)
    return errors.map(({ code, message, hint }) => `${code}: ${message}\n${hint}`).join('\n')
  } catch {
    return output.slice(0, 2000)
  }
}

export async function runOurs(model: BenchModel, options: readonly string[]): Promise<Sample> {
  const run = await measure({ program: process.execPath, arguments: argumentsOf(model, options), folder: root })
  if (run.exitCode > 1) throw new Error(`modelcheck failed on ${model.name}:\n${wordsOf(run.output)}`)
  const { models }: Report = JSON.parse(run.output)
  const sum = (of: (one: Report['models'][number]) => number): number => models.reduce((all, one) => all + of(one), 0)
  return {
    distinct: sum(({ states }) => states.distinct),
    generated: sum(({ states }) => states.generated),
    wholeMs: run.wallMs,
    searchMs: sum(({ elapsedMs }) => elapsedMs),
    peakBytes: run.peakBytes,
  }
}

const ours = (name: string, options: readonly string[]): Tool => ({
  name,
  version: async () => `Node ${process.versions.node}`,
  prepare: async (model) => ({ preparedMs: 0, run: () => runOurs(model, options) }),
})

export const oneWorker = ours('modelcheck', workers(1))
export const twoWorkers = ours('modelcheck, 2 workers', workers(2))

/**
 * The ceiling of two workers: two independent copies with one worker each, run at the same moment. They share the memory bus and
 * the cache, but no states, so that nothing with two workers can be faster. Times are those of the slower one.
 */
export const twoCopies: Tool = {
  ...oneWorker,
  name: 'modelcheck, two copies at once',
  prepare: async (model) => ({
    preparedMs: 0,
    run: async () => {
      const [first, second] = await Promise.all([runOurs(model, workers(1)), runOurs(model, workers(1))])
      return {
        ...first,
        wholeMs: Math.max(first.wholeMs, second.wholeMs),
        searchMs: Math.max(first.searchMs, second.searchMs),
        peakBytes: Math.max(first.peakBytes, second.peakBytes),
      }
    },
  }),
}

export const byDefault = ours('modelcheck, defaults', [])

const reductions = ['--reduce', 'local-steps,dead-variables']

/** The reductions that cost next to nothing; partial order pays in memory rather than in time. */
export const reduced: Tool = {
  ...ours('modelcheck, reduced', reductions),
  isReduced: true,
  prepare: async (model) => {
    try {
      await runOurs(model, reductions)
    } catch (error) {
      // Refused: a property to be judged is none that the reductions keep.
      if (String(error).includes('MC305')) return { why: 'a property is judged that these reductions do not keep' }
      throw error
    }
    return { preparedMs: 0, run: () => runOurs(model, reductions) }
  },
}
