/**
 * The words of a program: names, numbers, signs. White space and comments part them.
 */

export interface Tokens {
  /** The word that comes next; '' at the end. */
  peek(): string
  /** Takes the next word. */
  take(): string
  /** Takes the next word if it is this one. */
  accept(word: string): boolean
  /** Takes the next word, which has to be this one. */
  expect(word: string): void
}

const signs = [
  ...[
    '>>>=',
    '>>>',
    '>>=',
    '<<=',
    '===',
    '!==',
    '++',
    '--',
    '+=',
    '-=',
    '|=',
    '&=',
    '^=',
    '||',
    '&&',
    '<<',
    '>>',
    '<=',
    '>=',
  ],
  ...'-+*/&|^~!<>=?:;,(){}[]',
]

/** By their first character, longer ones first. */
const signsFrom: (readonly string[] | undefined)[] = []
for (const sign of signs) {
  const first = sign.charCodeAt(0)
  signsFrom[first] = [...(signsFrom[first] ?? []), sign]
}

const [newline, space, slash] = [10, 32, 47]

/** Letters, digits, `_`, and the point of `Math.imul`. */
const isOfWord = Array.from({ length: 128 }, (_, code) => /[\w.]/.test(String.fromCharCode(code)))

export function tokensOf(text: string): Tokens {
  let at = 0

  const skip = (): void => {
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === space || code === newline) at++
      else if (code === slash && text.charCodeAt(at + 1) === slash) {
        const end = text.indexOf('\n', at)
        at = end < 0 ? text.length : end
      } else return
    }
  }

  const read = (): string => {
    skip()
    if (at === text.length) return ''
    const start = at
    const code = text.charCodeAt(at)
    if (isOfWord[code] === true) {
      while (isOfWord[text.charCodeAt(at)] === true) at++
      return text.slice(start, at)
    }
    for (const sign of signsFrom[code] ?? []) {
      if (sign.length > 1 && !text.startsWith(sign, at)) continue
      at += sign.length
      return sign
    }
    throw new Error(`a kernel cannot have ${JSON.stringify(text.slice(at, at + 40))}`)
  }

  let next = read()
  const take = (): string => {
    const taken = next
    if (taken === '') throw new Error('a kernel ends too early')
    next = read()
    return taken
  }
  const accept = (wanted: string): boolean => {
    if (next !== wanted) return false
    take()
    return true
  }
  return {
    peek: () => next,
    take,
    accept,
    expect: (wanted) => {
      if (!accept(wanted))
        throw new Error(`a kernel has ${next} where ${wanted} is due, before ${text.slice(at, at + 60)}`)
    },
  }
}
