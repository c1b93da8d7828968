/**
 * Saved traces made by hand, and one in which every name is an attack on the format that shows it.
 */

import type { Value } from '../../src/model/ir.ts'
import { initialStep, type SavedStep, type SavedTrace } from '../../src/report/saved-trace.ts'

type State = { readonly [name: string]: Value }

interface Told {
  readonly lane: string
  readonly label: string
  readonly state: State
}

export function traceOf(steps: readonly Told[], initial: State = { x: 0 }): SavedTrace {
  return {
    spec: 'specs/example.ts',
    model: 'example',
    constants: {},
    modelHash: '',
    property: 'claim',
    kind: 'invariant',
    shortest: true,
    loop: null,
    control: [],
    reason: [],
    steps: [
      { ...initialStep, state: initial },
      ...steps.map(
        ({ lane, label, state }): SavedStep => ({
          ...initialStep,
          action: label,
          binding: { thread: lane },
          lane,
          kind: 'step',
          label,
          state,
        }),
      ),
    ],
  }
}

/** Quotes of every kind, markup, ends of CDATA and of comments, line breaks, escapes, directions, placeholders. */
export const hostileName = `"'\`</script><script>alert(1)</script><!-- --> ]]> \r\n\u001b[31m \u2028\u202e\\ \${x} {{x}} %s ::error::x | # ; \n\n---\u0000`

export const hostileTrace: SavedTrace = {
  ...traceOf([]),
  spec: hostileName,
  model: hostileName,
  property: hostileName,
  kind: hostileName,
  control: [],
  reason: [hostileName],
  loop: 0,
  constants: { [hostileName]: hostileName },
  steps: [
    { ...initialStep, state: { [hostileName]: hostileName, list: [hostileName] } },
    ...(['step', 'arrival', 'action'] as const).map(
      (kind, i): SavedStep => ({
        action: hostileName,
        binding: { [hostileName]: hostileName },
        lane: `${hostileName}${i}`,
        kind,
        path: [hostileName, hostileName],
        label: hostileName,
        choices: [{ name: hostileName, value: hostileName }],
        depth: i,
        state: { [hostileName]: `${hostileName}${i}`, list: [hostileName, i] },
      }),
    ),
  ],
}
