/**
 * Which of the palette's hues a lane, a strip or a value has: always the same one for the same model.
 */

import type { PageModel, StripRow } from '../page-data.ts'

/** Number of hues `--hue-0` … in the style sheet. */
const hueCount = 12

export function laneHue(model: PageModel, lane: string | null): number {
  return Math.max(0, model.lanes.indexOf(lane)) % hueCount
}

export interface Ink {
  readonly hue: number
  /** 0: as good as absent, 1: full. */
  readonly strength: number
}

/** A value that names a lane has the lane's hue; the first label of a domain is the quiet one. */
export function inkOf(model: PageModel, row: StripRow, strip: number, value: boolean | number | string | null): Ink {
  const hue = (model.lanes.length + strip) % hueCount
  if (value === null) return { hue, strength: 0 }
  switch (row.scale.kind) {
    case 'flag':
      return { hue, strength: value === true ? 1 : 0 }
    case 'number': {
      const { min, max } = row.scale
      return { hue, strength: max === min ? 0 : (Number(value) - min) / (max - min) }
    }
    case 'label': {
      const label = String(value)
      if (model.lanes.includes(label)) return { hue: laneHue(model, label), strength: 0.8 }
      const index = row.scale.values.indexOf(label)
      return index === 0 ? { hue, strength: 0.12 } : { hue: (hue + index - 1) % hueCount, strength: 0.8 }
    }
    case 'text':
      return { hue: hashOf(String(value)) % hueCount, strength: value === '[]' ? 0.12 : 0.6 }
  }
}

function hashOf(text: string): number {
  let hash = 0
  for (const char of text) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 65_521
  return hash
}
