/**
 * The words of a program: names, numbers, signs. White space and comments part them.
 *
 * Most programs are translated once, by code that has not been optimised yet: the words of many lines are found by one regular expression, and
 * told apart by a number each.
 */

/** Names and numbers, and words that the language has. Operators come first, and those that bind closely last of them. */
export const token = {
  ...{ end: 0, name: 1, number: 2 },
  ...{ '||': 3, '&&': 4, '|': 5, '^': 6, '&': 7, '===': 8, '!==': 9, '<': 10, '<=': 11, '>': 12, '>=': 13 },
  ...{ '<<': 14, '>>': 15, '>>>': 16, '+': 17, '-': 18, '*': 19 },
  ...{ '=': 20, '+=': 21, '-=': 22, '|=': 23, '&=': 24, '^=': 25, '<<=': 26, '>>=': 27, '>>>=': 28 },
  ...{ '?': 29, '!': 30, '~': 31, '++': 32, '--': 33 },
  ...{ '(': 34, ')': 35, '[': 36, ']': 37, '{': 38, '}': 39, ',': 40, ';': 41, ':': 42 },
  ...{
    true: 43,
    false: 44,
    const: 45,
    let: 46,
    function: 47,
    new: 48,
    return: 49,
    if: 50,
    else: 51,
    for: 52,
    while: 53,
  },
  ...{ switch: 54, case: 55, default: 56, break: 57, continue: 58, try: 59, catch: 60 },
} as const

export type Token = (typeof token)[keyof typeof token]

/** Of words that the language has, and of the end, which is ''. */
const tokenOf: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['', token.end],
  ...Object.entries(token).filter(([, code]) => code > token.number),
])

/** Letters, digits, `_`, and the point of `Math.imul`; signs, longer ones first; whatever else there may be. */
const words = /[\w.]+|>>>=?|[<>]{2}=?|[=!]==|[-+|&^<>]=|\+\+|--|\|\||&&|\S/g

/** Characters whose words are found at once, at least; to the end of a line. */
const pieceLength = 4096

export class Tokens {
  /** What comes next. */
  kind: Token = token.end
  /** Its text. */
  text = ''
  private readonly source: string
  private found: readonly string[] = []
  private at = 0
  private end = 0

  constructor(source: string) {
    this.source = source
    this.advance()
  }

  /** Takes the next word. */
  take(): string {
    if (this.kind === token.end) throw new Error('a program ends too early')
    const { text } = this
    this.advance()
    return text
  }

  /** Takes the next word if it is this one. */
  accept(wanted: Token): boolean {
    if (this.kind !== wanted) return false
    this.advance()
    return true
  }

  /** Takes the next word, which has to be this one. */
  expect(wanted: Token): void {
    if (this.accept(wanted)) return
    const due = Object.entries(token).find(([, code]) => code === wanted)
    throw new Error(
      `a program has ${this.text} where ${due?.[0]} is due, before ${this.found.slice(this.at, this.at + 20).join(' ')}`,
    )
  }

  private advance(): void {
    while (this.at === this.found.length && this.end < this.source.length) this.readPiece()
    const text = this.found[this.at] ?? ''
    this.at++
    this.text = text
    this.kind = tokenOf.get(text) ?? kindOf(text)
  }

  private readPiece(): void {
    const lineEnd = this.source.indexOf('\n', this.end + pieceLength)
    const end = lineEnd < 0 ? this.source.length : lineEnd
    const piece = this.source.slice(this.end, end)
    this.found = (piece.includes('//') ? piece.replace(/\/\/.*/g, '') : piece).match(words) ?? []
    this.at = 0
    this.end = end
  }
}

/** Of what is no word of the language. */
function kindOf(text: string): Token {
  const code = text.charCodeAt(0)
  if (code >= 48 && code <= 57) return token.number
  if (code > 64) return token.name
  throw new Error(`a program cannot have ${text}`)
}
