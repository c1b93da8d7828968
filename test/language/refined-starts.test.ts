/**
 * Initial states under a refinement, where there are many: generated code says of them what the definition says.
 */

import { expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { judgeAllStarts } from '../../checker/judge/refined-starts.ts'
import { selectedProperties } from '../../checker/judge/selection.ts'
import {
  action,
  all,
  arbitrary,
  bool,
  count,
  each,
  ifElse,
  type Mapping,
  type ModelBuilder,
  model,
  oneOf,
  range,
  refines,
  sequenceOf,
  set,
  state,
} from '../../src/language/index.ts'
import { finish } from '../../src/model/parts.ts'
import { refinesInitially } from '../../src/model/refinement.ts'
import { initialStates } from '../../src/model/step.ts'
import { buildModel, littleMemory, verdictsOf } from '../support/build.ts'

const places = Array.from({ length: 10 }, (_, i) => i)

const vars = () => state({ cells: each(10, bool).starts(false), queue: sequenceOf(bool, 1).starts([]) })
type Vars = ReturnType<typeof vars>

const stay = action('stay', {}, () => ({ when: false, then: [] }))

/** Its cells are any but those of which the last is set and the first is not, and the mode says whether the first is. */
const ordered = model('ordered', () => {
  const { mode, cells } = state({ mode: oneOf(['off', 'on']).starts('off'), cells: each(10, bool).starts(false) })
  const [first, last] = [cells.at(0), cells.at(9)]
  return {
    initially: [arbitrary(cells), set(last, all(first, last)), set(mode, ifElse(first, 'on', 'off'))],
    actions: stay,
    terminal: true,
  }
})

const small = model('small', () => {
  const { n } = state({ n: range(0, 9).starts(0) })
  return { initially: arbitrary(n), actions: stay, terminal: true }
})

const lit = model('lit', () => {
  const { isLit } = state({ isLit: bool.starts(false) })
  return { actions: stay, terminal: true, initially: arbitrary(isLit) }
})

const modeOf = ({ cells }: Vars) => ifElse(cells.at(0), 'on', 'off')
/** The last is set only where the first is. */
const tidied = ({ cells }: Vars) => places.map((i) => (i === 9 ? all(cells.at(0), cells.at(9)) : cells.at(i)))

it.each<readonly [what: string, abstract: ModelBuilder, mapping: (v: Vars) => Mapping, found: string, verdict: string]>(
  [
    ['start there', ordered, (v) => ({ mode: modeOf(v), cells: tidied(v) }), 'refined', 'holds'],
    ['do not all start there', ordered, (v) => ({ mode: modeOf(v), cells: v.cells }), 'not refined', 'violated'],
    ['have a number outside', small, ({ cells }) => ({ n: count(places, (i) => cells.at(i)) }), 'unknown', 'violated'],
    ['raise an error when they are mapped', lit, ({ queue }) => ({ isLit: queue.head }), 'unknown', 'inconclusive'],
  ],
)('many initial states that %s', async (_, abstract, mapping, found, verdict) => {
  const concrete = buildModel(
    model('concrete', () => {
      const v = vars()
      const properties = { claim: refines(abstract, mapping(v)) }
      return { initially: arbitrary(v.cells), actions: stay, terminal: true, properties }
    }),
  )
  const [claim] = concrete.properties
  const refinement = claim?.kind === 'step' ? claim.refines : undefined
  if (refinement === undefined) throw new Error('no refinement')
  const limit = { count: 2 ** 10, mostBytes: littleMemory.memoryBytes }

  const starts = finish(judgeAllStarts(concrete, selectedProperties(concrete, null), limit))
  const result = await checkModel(concrete, { workers: 1, ...littleMemory })

  expect(starts.get('claim')).toBe(found)
  expect(verdictsOf(result)['claim']).toBe(verdict)
  if (found === 'unknown') return
  const areRefined = initialStates(concrete).every((one) => refinesInitially(concrete, refinement, one))
  expect(areRefined).toBe(found === 'refined')
})
