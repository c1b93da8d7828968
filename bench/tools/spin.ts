/**
 * Spin, twice: with everything off that changes counts (`-o1 -DNOREDUCE`), the table and the stack fitted to the model; and as it
 * comes, with partial-order and dead-variable reduction.
 */

import { measure, type Run, succeed } from '../measure.ts'
import type { BenchModel, Contender, Tool } from '../tool.ts'
import { promelaOf } from './promela.ts'
import { numberIn, versionBy, workFolder } from './sources.ts'

/** Far deeper than any of our models: depth-first search needs a stack that holds the longest path. */
const deepest = 8_000_000

/** Options for a stack that holds the longest path, and a table of twice as many slots as there are states; by folder. */
const fitted = new Map<string, { readonly depth: string; readonly slots: string }>()

/** One run that is not measured shows what fits. */
async function fittedTo(folder: string): Promise<{ readonly depth: string; readonly slots: string }> {
  const known = fitted.get(folder)
  if (known !== undefined) return known
  const { output } = await verify(folder, [`-m${deepest}`])
  const depth = Math.ceil(numberIn(output, /depth reached (\d+)/) * 1.1) + 100
  const slots = Math.ceil(Math.log2(numberIn(output, stored))) + 1
  const found = { depth: `-m${depth}`, slots: `-w${Math.max(slots, 10)}` }
  fitted.set(folder, found)
  return found
}

/** From a hundred millions on, counts have an exponent and eight digits. */
const stored = /([\d.e+]+) states, stored/

const version = (): Promise<string | null> => versionBy('spin', '-V')

/** Generates and compiles the verifier; null when there is no source. */
async function build(model: BenchModel, folder: string, isReduced: boolean): Promise<number | null> {
  const source = await promelaOf(model, folder)
  if (source === null) return null
  const translate = isReduced ? [] : source.unreduced
  const compile = isReduced ? [] : ['-DNOREDUCE']
  const startedAt = performance.now()
  await succeed({ program: 'spin', arguments: ['-a', ...translate, `-DN=${model.size}`, source.file], folder })
  await succeed({
    program: 'gcc',
    arguments: ['-O2', '-DSAFETY', ...compile, '-DMEMLIM=8000', '-o', 'pan', 'pan.c'],
    folder,
  })
  return performance.now() - startedAt
}

async function verify(folder: string, options: readonly string[]): Promise<Run> {
  const run = await measure({ program: `${folder}/pan`, arguments: options, folder })
  if (!/errors: 0/.test(run.output) || /max search depth too small/.test(run.output)) {
    throw new Error(`Spin in ${folder}:\n${run.output.slice(0, 2000)}`)
  }
  return run
}

function contender(preparedMs: number, folder: string, options: readonly string[]): Contender {
  return {
    preparedMs,
    run: async () => {
      const { output, wallMs, peakBytes } = await verify(folder, options)
      return {
        distinct: numberIn(output, stored),
        generated: numberIn(output, /([\d.e+]+) transitions/),
        wholeMs: wallMs,
        searchMs: numberIn(output, /elapsed time ([\d.e+]+) seconds/) * 1000,
        peakBytes,
      }
    },
  }
}

export const spin: Tool = {
  name: 'Spin -o1',
  version,
  prepare: async (model) => {
    const folder = workFolder(`spin-${model.name.replaceAll('/', '-')}-${model.size}`)
    const preparedMs = await build(model, folder, false)
    if (preparedMs === null) return null
    const { depth, slots } = await fittedTo(folder)
    return contender(preparedMs, folder, [depth, slots])
  },
}

export const spinByDefault: Tool = {
  name: 'Spin, defaults',
  version,
  isPreparedEachTime: true,
  isReduced: true,
  prepare: async (model) => {
    const folder = workFolder(`spin-defaults-${model.name.replaceAll('/', '-')}-${model.size}`)
    const preparedMs = await build(model, folder, true)
    return preparedMs === null ? null : contender(preparedMs, folder, [(await fittedTo(folder)).depth])
  },
}
