/**
 * A model whose every name tries to run script, to end its element, or to reach a prototype.
 */

import { action, always, model, oneOf, reachable, set, state, step, threads } from '../../src/language/index.ts'

export const attack = '<script>globalThis.pwned = 1</script>'
export const breakOut = '</script><img src=x onerror="globalThis.pwned = 2">'
const quotes = `"'\`><svg onload=globalThis.pwned=3>`
export const lineEnd = '\u2028\u2029]]>-->{globalThis.pwned=4}'

export const hostile = model(attack, () => {
  const place = oneOf([attack, breakOut, quotes])
  const vars = state({
    ['__proto__']: oneOf(['constructor', '__proto__']).starts('constructor'),
    constructor: place.starts(attack),
    [breakOut]: oneOf([lineEnd, 'javascript:globalThis.pwned=5']).starts(lineEnd),
  })
  const { constructor: at } = vars
  const proto = Object.entries(vars).find(([name]) => name === '__proto__')?.[1]
  const end = vars[breakOut]
  if (proto === undefined || end === undefined) throw new Error('a variable is missing')
  return {
    threads: threads([quotes], { lane: () => lineEnd }, () => [
      step(attack, set(at, breakOut)),
      step(breakOut, set(end, 'javascript:globalThis.pwned=5')),
    ]),
    actions: [
      action(lineEnd, { [attack]: [breakOut, quotes] }, () => ({
        lane: '__proto__',
        when: at.is(breakOut),
        then: set(at, quotes),
      })),
    ],
    properties: {
      [breakOut]: always(at.isNot(quotes)),
      [quotes]: reachable(at.is(breakOut)),
      ['__proto__']: always(at.isNot(breakOut)),
    },
    expectViolated: [breakOut],
    strips: { [attack]: at, [quotes]: end, ['__proto__']: at.is(attack) },
  }
})
