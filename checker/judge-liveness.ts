/**
 * Liveness properties, judged on the complete graph.
 */

import type { Property } from '../src/model/ir.ts'
import { type JudgeInput, result } from './judge.ts'
import type { PropertyResult } from './result.ts'

export function judgeLiveness(
  input: JudgeInput,
  property: Extract<Property, { kind: 'liveness' }>,
  _index: number,
): PropertyResult {
  return result(input, { name: property.name, kind: 'liveness', verdict: 'inconclusive' })
}
