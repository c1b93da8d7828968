/**
 * What every visit must be.
 */

import { expect } from 'vitest'
import type { Visit } from './visit.ts'

/** No complaints, and nothing was asked of anybody but `server`, the explorer's address; null: of nobody. */
export function expectClean({ complaints, asked }: Visit, server: string | null = null): void {
  const strangers = asked.filter((address) => server === null || address !== `${server}ask`)
  expect({ complaints, strangers }).toEqual({ complaints: [], strangers: [] })
}
