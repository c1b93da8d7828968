/**
 * A check is rehearsed on a model that is a model like any other.
 */

import * as E from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { rehearse } from '../../checker/rehearsal.ts'
import { rehearsalModel } from '../../checker/rehearsal-model.ts'
import { validate } from '../../src/model/validate.ts'

describe('a rehearsal', () => {
  it('searches all of a valid model, whose invariant holds', async () => {
    expect(E.isRight(validate(rehearsalModel))).toBe(true)
    const { states, properties } = await checkModel(rehearsalModel, { workers: 1, memoryBytes: 2 ** 24 })

    expect(properties[0]).toMatchObject({ name: 'one inside', verdict: 'holds' })
    expect(states.distinct).toBeGreaterThan(20)
    for (const workers of [1, 2]) expect(await rehearse(new AbortController().signal, workers)).toBe(states.distinct)
  })

  it('ends between two parts when what it waits for is there', async () => {
    let asked = 0
    const signal = {
      get aborted() {
        return ++asked === 3
      },
    }

    expect(await rehearse(signal, 1)).toBeNull()
    expect(asked).toBe(3)
  })
})
