/**
 * The limit: the same search and the same model written in C by hand, batched and prefetching.
 */

import { join } from 'node:path'
import { succeed } from '../measure.ts'
import { noSource, type Tool } from '../tool.ts'
import { figuresOf, versionBy } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

export const handwritten: Tool = {
  name: 'C by hand',
  version: () => versionBy('gcc', '--version'),
  prepare: async ({ name, size }) => {
    const source = sourceOf(`c/${name}.c`)
    if (source === null) return noSource
    const program = join(workFolder('c'), `${name}-${size}`)
    const startedAt = performance.now()
    await succeed({
      program: 'gcc',
      arguments: ['-O3', '-march=native', `-DN=${size}`, '-o', program, source],
    })
    return {
      preparedMs: performance.now() - startedAt,
      run: () => figuresOf(program, []),
    }
  },
}
