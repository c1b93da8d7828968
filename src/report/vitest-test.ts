/**
 * A saved trace as a vitest test: it fails while the run still violates the property, and passes once it does not. Kept, it
 * says so for ever.
 */

import { changesOf } from './changes.ts'
import { counted } from './grouped.ts'
import { oneLine } from './inert.ts'
import type { SavedStep, SavedTrace } from './saved-trace.ts'

/** `specImport`: how the test imports the spec. */
export function toVitest(saved: SavedTrace, specImport: string): string {
  const hidden = new Set(saved.control)
  const steps = saved.steps.slice(1).map((step, i) => {
    const changes = changesOf(saved.steps[i]?.state ?? {}, step.state, { hidden, shape: saved.shape })
    const note = [...(step.lane === null ? [] : [step.lane]), ...(changes.length === 0 ? [] : [changes.join(', ')])]
    return `  ${stepText(step)},${note.length === 0 ? '' : ` // ${oneLine(note.join(': '))}`}`
  })
  const last = saved.steps.length - 1
  return [
    "import { type Run, replay } from 'modelcheck'",
    "import { expect, it } from 'vitest'",
    `import * as spec from ${text(specImport)}`,
    '',
    `const steps: Run['steps'] = [`,
    ...steps,
    ']',
    '',
    `it(${text(`${saved.model}: this run of ${counted(last, 'step')} does not violate '${saved.property}'`)}, () => {`,
    '  const run: Run = {',
    `    model: ${text(saved.model)},`,
    ...(Object.keys(saved.constants).length === 0 ? [] : [`    constants: ${text(saved.constants)},`]),
    `    property: ${text(saved.property)},`,
    '    steps,',
    ...(saved.loop === null ? [] : [`    loop: ${saved.loop},`]),
    '  }',
    '',
    "  expect(replay(spec, run).verdict).not.toBe('violated')",
    '})',
    '',
  ].join('\n')
}

function stepText(step: SavedStep): string {
  const choices = Object.fromEntries(step.choices.map(({ name, value }) => [name, value]))
  const parts = [step.action, step.binding, choices].map(text)
  const used = step.choices.length > 0 ? 3 : Object.keys(step.binding).length > 0 ? 2 : 1
  return `[${parts.slice(0, used).join(', ')}]`
}

/** JSON, with everything escaped that an editor or an older parser would take for a line break. */
function text(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}
