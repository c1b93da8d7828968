/**
 * Spin, twice: with everything off that changes counts (`-o1 -DNOREDUCE`), the table and the stack fitted to the model; and as it
 * comes, with partial-order and dead-variable reduction.
 */

import { measure, type Run, succeed } from '../measure.ts'
import type { BenchModel, Contender, LeftOut, Tool } from '../tool.ts'
import { numberIn, versionBy } from './output.ts'
import { promelaOf } from './promela.ts'
import { workFolder } from './sources.ts'

/** Far deeper than any of our models: depth-first search needs a stack that holds the longest path. */
export const deepestStack = '-m8000000'

/** Options for a stack that holds the longest path, and a table of twice as many slots as there are states. */
interface Fit {
  readonly depth: string
  readonly slots: string
}

/** By folder. */
const fitted = new Map<string, Fit>()

/** One run that is not measured shows what fits. */
async function fittedTo(folder: string): Promise<Fit | LeftOut> {
  const known = fitted.get(folder)
  if (known !== undefined) return known
  const { output } = await verify(folder, [deepestStack])
  if (/errors: [1-9]/.test(output)) return { why: 'it stops at the first violation: --property names one that holds' }
  const depth = Math.ceil(numberIn(output, /depth reached (\d+)/) * 1.1) + 100
  const slots = Math.ceil(Math.log2(numberIn(output, stored))) + 1
  const found = { depth: `-m${depth}`, slots: `-w${Math.max(slots, 10)}` }
  fitted.set(folder, found)
  return found
}

/** From a hundred millions on, counts have an exponent and eight digits. */
const stored = /([\d.e+]+) states, stored/

export const searchMsIn = (output: string): number => numberIn(output, /elapsed time ([\d.e+]+) seconds/) * 1000

export const spinVersion = (): Promise<string | null> => versionBy('spin', '-V')

interface Verifier {
  readonly file: string
  /** The constant `N` of the source. */
  readonly size: number
  /** Options of Spin. */
  readonly translate: readonly string[]
  /** Options of the compiler. */
  readonly compile: readonly string[]
}

/** Generates and compiles the verifier. Milliseconds. */
export async function buildVerifier(folder: string, { file, size, translate, compile }: Verifier): Promise<number> {
  const startedAt = performance.now()
  await succeed({ program: 'spin', arguments: ['-a', ...translate, `-DN=${size}`, file], folder })
  const megabytes = '-DMEMLIM=8000'
  await succeed({ program: 'gcc', arguments: ['-O2', ...compile, megabytes, '-o', 'pan', 'pan.c'], folder })
  return performance.now() - startedAt
}

/** Throws unless it came to a verdict. */
export async function verify(folder: string, options: readonly string[]): Promise<Run> {
  const run = await measure({ program: `${folder}/pan`, arguments: options, folder })
  if (!/errors: \d/.test(run.output) || /max search depth too small/.test(run.output)) {
    throw new Error(`Spin in ${folder}:\n${run.output.slice(0, 2000)}`)
  }
  return run
}

async function prepare(model: BenchModel, kind: string, isReduced: boolean): Promise<Contender | LeftOut> {
  const folder = workFolder(`${kind}-${model.name.replaceAll('/', '-')}-${model.size}`)
  const source = await promelaOf(model, folder)
  if ('why' in source) return source
  const preparedMs = await buildVerifier(folder, {
    file: source.file,
    size: model.size,
    translate: isReduced ? [] : source.unreduced,
    compile: isReduced ? ['-DSAFETY'] : ['-DSAFETY', '-DNOREDUCE'],
  })
  const fit = await fittedTo(folder)
  if ('why' in fit) return fit
  const options = isReduced ? [fit.depth] : [fit.depth, fit.slots]
  return {
    preparedMs,
    ...(source.isPrinted ? { note: 'its model is printed from ours' } : {}),
    run: async () => {
      const { output, wallMs, peakBytes } = await verify(folder, options)
      return {
        distinct: numberIn(output, stored),
        generated: numberIn(output, /([\d.e+]+) transitions/),
        wholeMs: wallMs,
        searchMs: searchMsIn(output),
        peakBytes,
      }
    },
  }
}

export const spin: Tool = {
  name: 'Spin -o1',
  version: spinVersion,
  prepare: (model) => prepare(model, 'spin', false),
}

export const spinByDefault: Tool = {
  name: 'Spin, defaults',
  version: spinVersion,
  isPreparedEachTime: true,
  isReduced: true,
  prepare: (model) => prepare(model, 'spin-defaults', true),
}
