/**
 * Spin, twice: with everything off that changes counts (`-o1 -DNOREDUCE`) and a table that fits, and as it comes.
 */

import { measure, succeed } from '../measure.ts'
import type { Tool } from '../tool.ts'
import { numberIn, sourceOf, versionBy, workFolder } from './sources.ts'

interface Flavour {
  readonly name: string
  readonly translate: readonly string[]
  readonly compile: readonly string[]
  readonly run: readonly string[]
}

function spinWith({ name, translate, compile, run }: Flavour): Tool {
  return {
    name,
    version: () => versionBy('spin', '-V'),
    prepare: async (model) => {
      const source = sourceOf(`spin/${model.name}.pml`)
      if (source === null) return null
      const folder = workFolder(`${name.replaceAll(/\W+/g, '-')}-${model.name}-${model.size}`)
      const startedAt = performance.now()
      await succeed({ program: 'spin', arguments: ['-a', ...translate, `-DN=${model.size}`, source], folder })
      await succeed({ program: 'gcc', arguments: ['-O2', ...compile, '-DMEMLIM=8000', '-o', 'pan', 'pan.c'], folder })
      return {
        preparedMs: performance.now() - startedAt,
        run: async () => {
          const { output, wallMs, peakBytes } = await measure({ program: `${folder}/pan`, arguments: run, folder })
          if (!/errors: 0/.test(output)) throw new Error(`${name} on ${model.name}:\n${output.slice(0, 2000)}`)
          return {
            distinct: numberIn(output, /(\d+) states, stored/),
            generated: numberIn(output, /(\d+) transitions/),
            wholeMs: wallMs,
            searchMs: numberIn(output, /elapsed time ([\d.e+]+) seconds/) * 1000,
            peakBytes,
          }
        },
      }
    },
  }
}

/** Depth-first search needs a stack that holds the longest path: `-m`. */
export const spin = spinWith({
  name: 'Spin -o1',
  translate: ['-o1'],
  compile: ['-DSAFETY', '-DNOREDUCE'],
  run: ['-m4000000', '-w22'],
})

/** With partial-order and dead-variable reduction: fewer states, the same verdict. */
export const spinByDefault = spinWith({
  name: 'Spin, defaults',
  translate: [],
  compile: ['-DSAFETY'],
  run: ['-m4000000'],
})
