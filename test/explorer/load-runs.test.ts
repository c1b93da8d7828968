/**
 * Which saved counterexamples the explorer begins with, and why it leaves others out.
 */

import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'
import { torn } from '../../specs/ticket-lock.ts'
import { loadRun } from '../../src/explorer/load-runs.ts'
import { textOfTrace } from '../../src/report/trace-file.ts'
import { buildModel } from '../support/build.ts'
import { savedIn } from '../support/committed-traces.ts'

const saved = savedIn('ticket-lock.ticket-lock-torn.mutual-exclusion.json')
const text = textOfTrace(saved)

it('loads a run of the model as it is', () => {
  const loaded = loadRun([buildModel(torn)], text, 'torn.json')

  expect(E.isRight(loaded) && loaded.right.run.steps).toHaveLength(saved.steps.length)
})

it('names the constants with which a run was found, where they are others', () => {
  expect(loadRun([buildModel(torn, { processes: 2 })], text, 'torn.json')).toEqual(
    E.left('torn.json is a run with other constants: --set processes=3'),
  )
})

it('says what else does not fit', () => {
  const forged = textOfTrace({ ...saved, steps: saved.steps.toSpliced(2, 1) })

  expect(loadRun([buildModel(torn)], forged, 'torn.json')).toEqual(
    E.left('torn.json no longer fits the model at step 2'),
  )
  expect(loadRun([], text, 'torn.json')).toEqual(
    E.left("torn.json is of the model 'ticket-lock-torn', which is not explored"),
  )
})
