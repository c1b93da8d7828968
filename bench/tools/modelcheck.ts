/**
 * Ourselves: the built command, as a user starts it, with one or more threads. Properties over behaviours are left out,
 * because the peers are asked for safety only.
 */

import * as E from 'fp-ts/Either'
import { type Report, reportCodec } from '../../src/report/report.ts'
import { measure } from '../measure.ts'
import type { BenchModel, Sample, Tool } from '../tool.ts'
import { root, workFolder } from './sources.ts'

export const specOf = ({ name }: BenchModel): string => (name.endsWith('.ts') ? name : `specs/${name}.ts`)

/** Arguments of our command for a model. */
function argumentsOf(model: BenchModel, options: readonly string[]): readonly string[] {
  const size = model.constant === null ? [] : ['--set', `${model.constant}=${model.size}`]
  const out = ['--json', '--quiet', '--out', workFolder('counterexamples')]
  return [`${root}dist/cli.cjs`, specOf(model), ...size, ...model.options, ...options, ...out]
}

export const workers = (count: number): readonly string[] => ['--workers', String(count)]

/** Throws where something else was printed: a mistake in the bench, or a bug of ours. */
function reportIn(output: string): Report {
  try {
    const decoded = reportCodec.decode(JSON.parse(output))
    if (E.isRight(decoded)) return decoded.right
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw new Error(`modelcheck printed no report:\n${output.slice(0, 2000)}`)
}

/** Of our own command: it did not search. */
class Refused extends Error {
  readonly codes: readonly string[]

  constructor(model: BenchModel, { errors }: Report) {
    const words = errors.map(({ code, message, hint }) => `${code}: ${message}\n${hint}`)
    super(`modelcheck failed on ${model.name}:\n${words.join('\n')}`)
    this.codes = errors.map(({ code }) => code)
  }
}

/** Throws `Refused`. */
export async function runOurs(model: BenchModel, options: readonly string[]): Promise<Sample> {
  const run = await measure({ program: process.execPath, arguments: argumentsOf(model, options), folder: root })
  const report = reportIn(run.output)
  if (run.exitCode > 1) throw new Refused(model, report)
  const { models } = report
  const sum = (of: (one: (typeof models)[number]) => number): number => models.reduce((all, one) => all + of(one), 0)
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
      if (!(error instanceof Refused && error.codes.includes('MC305'))) throw error
      return { why: 'a property is judged that these reductions do not keep' }
    }
    return { preparedMs: 0, run: () => runOurs(model, reductions) }
  },
}
