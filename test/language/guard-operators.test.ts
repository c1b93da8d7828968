/**
 * Code that was rewritten to ask its operands computes what it did, and its places are found again.
 */

import { describe, expect, it } from 'vitest'
import { guardOperators, guards } from '../../src/spec/guard-operators.ts'

const run = (code: string): unknown => new Function(...Object.keys(guards), code)(...Object.values(guards))

/** Bodies of functions. */
const bodies = [
  'const f = () => { return [!0, !1 && 2, 0 || (3, 4), null ?? 5, 1 ? 2 : 3, 0 ? 2 : (4, 5)] }; globalThis.found = f()',
  'globalThis.found = [1 === 1, 1 !== 1, 1 == "1", null != undefined, (1) === (2) === false, NaN !== NaN]',
  'let s = 0; for (let i = 0; i < 5 && s !== 6; i++) { if (i === 3) continue; else s += i } globalThis.found = s',
  'let n = 3; while (n) n--; do { n += 2 } while (!(n >= 5)); globalThis.found = n',
  'for (;;) { globalThis.found = "once"; break }',
  'globalThis.found = ((a, b = !a) => a && b || [a ? 1 : 2])(true)',
  'class A { x = !1; get y() { return this.x ? 1 : 2 } } globalThis.found = new A().y',
  'globalThis.found = /!a && b === c/.test("!a && b === c") && "a !== b"',
]

describe('code that asks its operands', () => {
  it.each(bodies)('computes the same: %s', (code) => {
    run(code)
    const expected: unknown = Reflect.get(globalThis, 'found')
    Reflect.set(globalThis, 'found', null)
    const { code: guarded } = guardOperators(code)
    run(guarded)

    expect(Reflect.get(globalThis, 'found')).toEqual(expected)
  })

  it('has as many lines, and knows where each column was', () => {
    const code = 'let a = 1\nlet b = [!a, mark1, a === 2, mark2 ? mark3 : mark4]\nlet c = mark5'
    const { code: guarded, columnBefore } = guardOperators(code)
    const lines = guarded.split('\n')

    expect(lines).toHaveLength(3)
    for (const [line, text] of code.split('\n').entries()) {
      for (const { 0: mark, index } of text.matchAll(/mark\d/g)) {
        expect([mark, columnBefore(line, lines[line]?.indexOf(mark) ?? -1)]).toEqual([mark, index])
      }
    }
  })
})
