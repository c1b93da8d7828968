/**
 * A trace as a Mermaid sequence diagram: a participant for each lane, handlers as activations, changes as notes.
 * Source: https://mermaid.js.org/syntax/sequenceDiagram.html.
 */

import { parametersText } from '../model/parameters.ts'
import { changesOf } from './changes.ts'
import { oneLine } from './inert.ts'
import type { SavedTrace } from './saved-trace.ts'

export function toMermaid(saved: SavedTrace): string {
  const lanes = [...new Set(saved.steps.slice(1).map((step) => step.lane ?? 'model'))]
  const alias = (lane: string): string => `lane${lanes.indexOf(lane)}`
  const hidden = new Set(saved.control)
  const depths = new Map<string, number>()
  const lines: string[] = []
  const hasLoop = saved.loop !== null && saved.loop < saved.steps.length - 1
  for (const [i, step] of saved.steps.entries()) {
    const before = saved.steps[i - 1]
    if (before === undefined) continue
    if (hasLoop && i === (saved.loop ?? 0) + 1) lines.push('  loop for ever')
    const lane = step.lane ?? 'model'
    const me = alias(lane)
    const told = `${[...step.path.slice(-1), step.label].join(': ')}${parametersText(step, step.choices)}`
    lines.push(`  ${me}->>${me}: ${inert(`${i} ${told}`)}`)
    const changes = changesOf(before.state, step.state, { hidden, shape: saved.shape })
    if (changes.length > 0) lines.push(`  Note over ${me}: ${inert(changes.join(', '))}`)
    if (step.kind !== 'action') {
      const [was, is] = [depths.get(lane) ?? 0, step.depth]
      for (let depth = was; depth < is; depth++) lines.push(`  activate ${me}`)
      for (let depth = was; depth > is; depth--) lines.push(`  deactivate ${me}`)
      depths.set(lane, is)
    }
  }
  return [
    'sequenceDiagram',
    ...lanes.map((lane) => `  participant ${alias(lane)} as ${inert(lane)}`),
    ...lines,
    ...(hasLoop ? ['  end'] : []),
    ...(lanes.length > 0 ? saved.reason.map((line) => `  Note over ${alias(lanes[0] ?? '')}: ${inert(line)}`) : []),
  ].join('\n')
}

/** Mermaid reads `#`, `;`, `<` and more inside text, and `end` as a keyword: all but letters, digits and some signs become numeric entities. */
function inert(text: string): string {
  const encoded = [...oneLine(text)]
    .map((c) => (/[\p{L}\p{N}_ .,()=/|'…-]/u.test(c) ? c : `#${c.codePointAt(0)};`))
    .join('')
  return encoded.replace(/\bend\b/gi, (word) => `#${word.charCodeAt(0)};${word.slice(1)}`).trim() || '#32;'
}
