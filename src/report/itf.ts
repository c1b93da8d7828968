/**
 * A trace in the Informal Trace Format, which Apalache, Quint and their viewers read.
 * Source: https://apalache-mc.org/docs/adr/015adr-trace.html.
 */

import type { Value } from '../model/ir.ts'
import { isListValue, isRecordValue } from '../model/values.ts'
import type { SavedTrace } from './saved-trace.ts'
import type { Shape } from './shape.ts'

export function toItf(saved: SavedTrace): unknown {
  const vars = Object.keys(saved.steps[0]?.state ?? {})
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: saved.spec,
      description: `${saved.model}: ${saved.property}`,
    },
    params: [],
    vars,
    ...(saved.loop === null ? {} : { loop: saved.loop }),
    states: saved.steps.map((step, i) => ({
      '#meta': { index: i, action: step.action ?? 'initial state', lane: step.lane ?? '' },
      ...Object.fromEntries(vars.map((name) => [name, itfValue(step.state[name] ?? false, name, saved.shape ?? {})])),
    })),
  }
}

/** Sets are not lists there, and lists begin at 0. */
function itfValue(value: Value, path: string, shape: Shape): unknown {
  if (typeof value === 'number') return integer(value)
  if (isListValue(value)) {
    const items = value.map((item) => itfValue(item, `${path}[]`, shape))
    const form = shape[path]
    if (form === 'set') return { '#set': items }
    return form === undefined ? items : { '#map': items.map((item, i) => [integer(form + i), item]) }
  }
  if (!isRecordValue(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, itfValue(part, `${path}.${name}`, shape)]),
  )
}

function integer(value: number): unknown {
  return { '#bigint': String(value) }
}
