/**
 * What all models together came to: the last lines of a check, which stay on the screen when its beginning has left it.
 */

import type { ModelResult } from '../../checker/result.ts'
import { oneLine } from './inert.ts'
import type { Paint } from './paint.ts'
import { wrap } from './wrap.ts'

export interface SummaryView {
  readonly paint: Paint
  /** Columns of a line. */
  readonly width: number
}

/** More would push the rest off the screen again. */
const mostNamed = 20

/** `unchecked`: how many models could not be checked. */
export function renderSummary(results: readonly ModelResult[], unchecked: number, view: SummaryView): string {
  const { paint } = view
  const verdicts = [verdictsText(results, paint), ...namesOfWrong(results, view)].join('\n')
  if (unchecked === 0) return verdicts
  const all = results.length + unchecked
  return `${verdicts}\n${paint.red(`${unchecked} of ${all} models ${unchecked === 1 ? 'is' : 'are'} not checked`)}`
}

function verdictsText(results: readonly ModelResult[], paint: Paint): string {
  const properties = results.flatMap((result) => result.properties)
  const wrong = properties.filter((property) => !property.asExpected)
  const inconclusive = wrong.filter((property) => property.verdict === 'inconclusive').length
  const bad = wrong.length - inconclusive
  if (properties.length === 0) return paint.yellow('nothing is claimed, and nothing was judged')
  const some = (count: number): string =>
    properties.length === 1
      ? 'the one verdict is'
      : `${count} of ${properties.length} verdicts ${count === 1 ? 'is' : 'are'}`
  if (bad > 0) return paint.red(`${some(bad)} not as expected`)
  if (inconclusive > 0) return paint.yellow(`${some(inconclusive)} inconclusive`)
  return paint.green(
    properties.length === 1 ? 'the one verdict is as expected' : `all ${properties.length} verdicts are as expected`,
  )
}

/** Of several models, which properties are not as expected: they may be far above. What is only inconclusive is not named. */
function namesOfWrong(results: readonly ModelResult[], { paint, width }: SummaryView): readonly string[] {
  if (results.length < 2) return []
  const wrong = results.flatMap(({ name, properties }) =>
    properties.flatMap((one) => (one.asExpected || one.verdict === 'inconclusive' ? [] : [`${name}: ${one.name}`])),
  )
  const lines = wrong.slice(0, mostNamed).flatMap((text) => wrap(`  ${oneLine(text)}`, width, '    '))
  const more = wrong.length > mostNamed ? [`  and ${wrong.length - mostNamed} more`] : []
  return [...lines, ...more].map((line) => paint.red(line))
}
