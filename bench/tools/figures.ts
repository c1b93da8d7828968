/**
 * Programs of our own, which print their figures as `distinct N`, `generated N` and `seconds S`.
 */

import { measure } from '../measure.ts'
import type { Sample } from '../tool.ts'
import { numberIn } from './sources.ts'

export async function figuresOf(program: string, parameters: readonly string[]): Promise<Sample> {
  const { output, wallMs, peakBytes } = await measure({ program, arguments: parameters })
  return {
    distinct: numberIn(output, /distinct (\d+)/),
    generated: numberIn(output, /generated (\d+)/),
    wholeMs: wallMs,
    searchMs: numberIn(output, /seconds ([\d.]+)/) * 1000,
    peakBytes,
  }
}
