/**
 * Adds an effect to every line of code, tests included, for variants that measure. The lines stay what they are: as many steps, the same
 * order, the same choices.
 */

import type { Line, Lines, Statement } from 'modelcheck'

type Step = Extract<Line, { readonly kind: 'step' }>
type Condition = Step['guard'][number]
type Effect = readonly Statement[]

/** `first` happens before anything else that a line does. */
export function everyLine(lines: Lines, first: Effect): readonly Line[] {
  if (lines === false || lines === undefined) return []
  if (!('kind' in lines)) return lines.flatMap((line: Lines) => everyLine(line, first))
  const inside = (body: readonly Line[]): readonly Line[] => everyLine(body, first)
  const { source } = lines
  const leave: Line = { kind: 'leave', what: 'loop', source }
  switch (lines.kind) {
    case 'step':
      return [{ ...lines, effect: [...first.map(({ statement }) => statement), ...lines.effect] }]
    case 'branch':
      return [test(lines, first, inside(lines.then), inside(lines.otherwise))]
    case 'loop':
      return [{ kind: 'forever', body: [test(lines, first, inside(lines.body), [leave])], source }]
    case 'repeat':
      return [{ kind: 'forever', body: [...inside(lines.body), test(lines, first, [], [leave])], source }]
    case 'decide':
      return [{ ...lines, then: inside(lines.then), otherwise: inside(lines.otherwise) }]
    case 'either':
      return [{ ...lines, alternatives: lines.alternatives.map(inside) }]
    case 'forever':
    case 'call':
      return [{ ...lines, body: inside(lines.body) }]
    case 'leave':
      return [lines]
  }
}

interface Test {
  readonly label: string
  readonly condition: Condition
  readonly source: Step['source']
}

/** A test with an effect: two waits, of which one can go on. */
function test({ label, condition, source }: Test, first: Effect, then: readonly Line[], otherwise: readonly Line[]): Line {
  const effect = first.map(({ statement }) => statement)
  const way = (guard: Condition, rest: readonly Line[]): readonly Line[] =>
    [{ kind: 'step', label, guard: [guard], effect, isIdle: false, source }, ...rest]
  return { kind: 'either', alternatives: [way(condition, then), way({ kind: 'not', e: condition }, otherwise)], source }
}
