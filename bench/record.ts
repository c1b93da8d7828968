/**
 * What was measured of a model, and a file that keeps it: so the table can be measured in parts.
 */

import { existsSync, readFileSync } from 'node:fs'
import { writeOrThrow } from '../src/cli/write-file.ts'
import type { Result } from './compare.ts'
import type { BenchModel } from './tool.ts'

export interface Measured {
  readonly model: BenchModel
  /** When, and of which commit. */
  readonly at: string
  /** Ours with one worker first. */
  readonly results: readonly Result[]
  readonly notes: readonly string[]
}

/** All that the file has with this added, which takes the place of what it had of the same model in the same size. */
export function recordInto(file: string, measured: Measured): readonly Measured[] {
  const known: readonly Measured[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
  const isSame = ({ model }: Measured): boolean =>
    model.name === measured.model.name && model.size === measured.model.size
  const place = known.findIndex(isSame)
  const all = place < 0 ? [...known, measured] : known.map((one, i) => (i === place ? measured : one))
  writeOrThrow(file, JSON.stringify(all))
  return all
}
