/**
 * Memory that the system refuses is a problem of the user's, with a hint, and no bug.
 */

import { expect, it } from 'vitest'
import { isRefused, reserveBuffer } from '../../checker/machine/reserve.ts'
import type { SpecError } from '../../src/model/problem.ts'

it('memory that the system refuses is told of (MC307)', () => {
  const petabytes = 2 ** 52
  let refused: unknown = null
  try {
    reserveBuffer(petabytes)
  } catch (error) {
    refused = error
  }

  expect(isRefused(refused)).toBe(true)
  const { message, hint } = (refused as SpecError).problem
  expect(message).toBe('the system refuses to reserve 4294967296.0 MiB of memory')
  expect(hint).toMatch(/^Ask for less with --memory/)
})
