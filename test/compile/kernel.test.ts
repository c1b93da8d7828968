/**
 * Compiled code against the reference evaluator, on every state that random models reach: successors and their order,
 * failed checks, errors, held assumptions, verdicts and measured values, encoding and digest.
 */

import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'
import { compile } from '../../checker/compile/compile.ts'
import { validate } from '../../src/model/validate.ts'
import { Choices, draws } from '../support/choices.ts'
import { expectAgreement } from '../support/kernel-agreement.ts'
import { type Law, lawOf, lawTimeoutMs } from '../support/law.ts'
import { noteCode, noteErrors, noteModel, wantedOfModels, wantedOfThreads } from '../support/occurrences.ts'
import { randomModel } from '../support/random-model.ts'
import { randomThreads } from '../support/random-threads.ts'

const settings = (usualRuns: number): Law => lawOf(20_260_726, usualRuns)
const { seed } = settings(1)

it(
  `agrees with the reference evaluator on random models (seed ${seed})`,
  () => {
    const seen = new Set<string>()
    const law = fc.property(draws, (list) => {
      const model = randomModel(new Choices(list))
      expect(validate(model), 'the generator makes valid models').toEqual(E.right(model))
      const found = expectAgreement(model)
      noteModel(seen, model)
      noteErrors(seen, found)
      noteCode(seen, compile(model, [...model.properties.keys()]).compiled.source)
    })

    fc.assert(law, settings(200))

    expect(wantedOfModels.filter((kind) => !seen.has(kind))).toEqual([])
  },
  lawTimeoutMs,
)

it(
  `agrees with the reference evaluator on random threads (seed ${seed})`,
  () => {
    const seen = new Set<string>()
    const law = fc.property(draws, (list) => {
      const { model, forms } = randomThreads(new Choices(list))
      expect(validate(model)).toEqual(E.right(model))
      expectAgreement(model)
      for (const form of forms) seen.add(form)
    })

    fc.assert(law, settings(100))

    expect(wantedOfThreads.filter((form) => !seen.has(form))).toEqual([])
  },
  lawTimeoutMs,
)
