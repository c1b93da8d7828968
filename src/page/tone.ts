/**
 * How a verdict looks on the page.
 */

import type { PropertyResult } from '../../checker/result.ts'
import type { PageRun } from './page-data.ts'

/** What is violated and meant to be is no alarm. */
export function toneOf({ verdict, asExpected }: Pick<PropertyResult, 'verdict' | 'asExpected'>): PageRun['tone'] {
  if (verdict === 'measured' || verdict === 'inconclusive') return 'neutral'
  if (!asExpected) return 'bad'
  return verdict === 'violated' || verdict === 'unreachable' ? 'expected' : 'good'
}
