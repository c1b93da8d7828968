/**
 * What tells one instance of an action from the others.
 */

import { describe, expect, it } from 'vitest'
import { parametersOf, parametersText } from '../../src/model/parameters.ts'

describe('the parameters of an instance', () => {
  it('are its binding and what it chose', () => {
    const bound = { binding: { from: 'p0', term: 2 }, kind: 'action' }

    expect(parametersOf(bound, [{ name: 'vote', value: true }])).toBe('from=p0, term=2, vote=true')
    expect(parametersText(bound)).toBe(' (from=p0, term=2)')
  })

  it('have no thread where it is told by the lane, and one where an action calls a parameter so', () => {
    expect(parametersText({ binding: { thread: 'T1' }, kind: 'step' })).toBe('')
    expect(parametersText({ binding: { thread: 'T1' }, kind: 'action' })).toBe(' (thread=T1)')
  })
})
