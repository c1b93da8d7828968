/**
 * What tools print: their versions and their figures.
 */

import { measure } from '../measure.ts'
import type { Sample } from '../tool.ts'

/** First line that a program prints when asked for its version; null when it is not installed. */
export async function versionBy(program: string, ...options: readonly string[]): Promise<string | null> {
  const { output, exitCode } = await measure({ program, arguments: options })
  return exitCode === notFound ? null : (output.trim().split('\n')[0] ?? null)
}

/** What `/usr/bin/time` ends with where there is no such program. */
const notFound = 127

/** The number that the first group of a pattern finds. Throws when a tool printed something else. */
export function numberIn(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)
  if (found === null) throw new Error(`nothing matches ${pattern} in:\n${output.slice(-2000)}`)
  return Number(found[1]?.replaceAll(',', ''))
}

/** Of programs of our own: they print `distinct N`, `generated N` and `seconds S`. */
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
