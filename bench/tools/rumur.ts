/**
 * Rumur, one thread, without symmetry reduction.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { measure, succeed } from '../measure.ts'
import { noSource, type Tool } from '../tool.ts'
import { numberIn, versionBy } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

const options = ['--threads', '1', '--symmetry-reduction', 'off', '--deadlock-detection', 'off']

export const rumur: Tool = {
  name: 'Rumur',
  version: () => versionBy('rumur', '--version'),
  prepare: async ({ name, size }) => {
    const source = sourceOf(`rumur/${name}.m`)
    if (source === null) return noSource
    const folder = workFolder(`rumur-${name}-${size}`)
    writeFileSync(`${folder}/model.m`, readFileSync(source, 'utf8').replace(/N: \d+;/, `N: ${size};`))
    const startedAt = performance.now()
    await succeed({ program: 'rumur', arguments: [...options, '--output', 'model.c', 'model.m'], folder })
    const flags = ['-std=c11', '-O3', '-march=native', '-mcx16']
    await succeed({ program: 'gcc', arguments: [...flags, '-o', 'model', 'model.c', '-lpthread'], folder })
    return {
      preparedMs: performance.now() - startedAt,
      run: async () => {
        const { output, wallMs, peakBytes } = await measure({ program: `${folder}/model`, arguments: [], folder })
        return {
          distinct: numberIn(output, /\t(\d+) states, \d+ rules fired in/),
          generated: numberIn(output, /\t\d+ states, (\d+) rules fired in/),
          wholeMs: wallMs,
          searchMs: wallMs,
          peakBytes,
        }
      },
    }
  },
}
