/**
 * A trace in the Informal Trace Format, which Apalache, Quint and their viewers read.
 * Source: https://apalache-mc.org/docs/adr/015adr-trace.html.
 */

import type { Value } from '../model/ir.ts'
import { isListValue, isRecordValue } from '../model/values.ts'
import type { SavedTrace } from './saved-trace.ts'

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
      ...Object.fromEntries(vars.map((name) => [name, itfValue(step.state[name] ?? false)])),
    })),
  }
}

function itfValue(value: Value): unknown {
  if (typeof value === 'number') return { '#bigint': String(value) }
  if (isListValue(value)) return value.map(itfValue)
  if (isRecordValue(value)) return Object.fromEntries(Object.entries(value).map(([name, v]) => [name, itfValue(v)]))
  return value
}
