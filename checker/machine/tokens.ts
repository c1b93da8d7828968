/**
 * The words of a program: names, numbers, signs. White space and comments part them.
 *
 * Characters are read once, as numbers, and words are told apart by a number each: only names become strings.
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

const keywords: ReadonlyMap<string, Token> = new Map<string, Token>(
  Object.entries(token).filter(([word, code]) => code > token.number && /^[a-z]/.test(word)),
)

const operators = Object.entries(token).filter(([word, code]) => code > token.number && !keywords.has(word))

/** By token. */
const words: readonly string[] = Object.keys(token)

/** The operator, in the text. */
export function operatorOf(kind: Token): string {
  return words[kind] ?? ''
}

/** What a character is part of; those of a word come last. */
const part = { other: 0, space: 1, point: 2, digit: 3, letter: 4 } as const
const partOf = new Uint8Array(2 ** 16)
partOf.fill(part.space, 1, 33)
for (const [of, characters] of [
  [part.point, '.'],
  [part.digit, '0123456789'],
  [part.letter, '_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'],
] as const)
  for (const character of characters) partOf[character.charCodeAt(0)] = of

const codeOf = { zero: '0'.charCodeAt(0), slash: '/'.charCodeAt(0) } as const

/**
 * What has been read of an operator, by number, 0: nothing. The next character leads to another one, after[number * 128 + character], or to 0 where
 * no operator begins so; `operator`: the token, or 0.
 */
const prefixes: readonly string[] = [
  ...new Set(['', ...operators.flatMap(([word]) => Array.from(word, (_, i) => word.slice(0, i + 1)))]),
]
const after = new Uint8Array(prefixes.length * 128)
const operator = new Uint8Array(prefixes.length)
for (const [number, prefix] of prefixes.entries()) {
  if (number > 0) after[prefixes.indexOf(prefix.slice(0, -1)) * 128 + prefix.charCodeAt(prefix.length - 1)] = number
}
for (const [word, code] of operators) operator[prefixes.indexOf(word)] = code

export class Tokens {
  /** What comes next. */
  kind: Token = token.end
  /** If it is a name. */
  name = ''
  /** If it is a number. */
  value = 0
  private source = ''
  /** Its characters, and 0. */
  private codes: Uint16Array<ArrayBuffer> = new Uint16Array(1)
  /** Where it begins and ends. */
  private begin = 0
  private end = 0

  /** Begins with another text, where the one before has ended. */
  read(source: string): void {
    this.source = source
    this.begin = 0
    this.end = 0
    this.codes = new Uint16Array(source.length + 1)
    Buffer.from(this.codes.buffer).write(source, 'utf16le')
    this.advance()
  }

  /** Takes the next word, whatever it is. */
  skip(): void {
    if (this.kind === token.end) throw new Error('a program ends too early')
    this.advance()
  }

  takeName(): string {
    const { name } = this
    this.expect(token.name)
    return name
  }

  takeNumber(): number {
    const { value } = this
    this.expect(token.number)
    return value
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
    const { source, begin, end } = this
    throw new Error(
      `a program has ${this.text()} where ${words[wanted]} is due, before${source.slice(end, end + 80)}, at ${begin}`,
    )
  }

  /** In the source. */
  text(): string {
    return this.source.slice(this.begin, this.end)
  }

  private advance(): void {
    const { codes } = this
    let at = this.end
    for (;;) {
      while (partOf[codes[at] as number] === part.space) at++
      if (codes[at] !== codeOf.slash || codes[at + 1] !== codeOf.slash) break
      at = this.lineEnd(at)
    }
    this.begin = at
    const of = partOf[codes[at] as number]
    if (of === part.letter) this.readName(at)
    else if (of === part.digit) this.readNumber(at)
    else this.readOperator(at)
  }

  private lineEnd(from: number): number {
    const end = this.source.indexOf('\n', from)
    return end < 0 ? this.source.length : end
  }

  /** Letters, digits, and the point of `Math.imul`. */
  private wordEnd(from: number): number {
    const { codes } = this
    let at = from
    while ((partOf[codes[at] as number] as number) >= part.point) at++
    return at
  }

  private readName(from: number): void {
    this.end = this.wordEnd(from)
    this.name = this.source.slice(from, this.end)
    // Most names end with a digit, or are a letter: those are none of the language's.
    const mayBeWord = this.end > from + 1 && partOf[this.codes[this.end - 1] as number] === part.letter
    this.kind = mayBeWord ? (keywords.get(this.name) ?? token.name) : token.name
  }

  private readNumber(from: number): void {
    const { codes } = this
    let at = from
    let value = 0
    while (partOf[codes[at] as number] === part.digit) value = value * 10 + (codes[at++] as number) - codeOf.zero
    this.end = this.wordEnd(at)
    this.value = this.end === at ? value : Number(this.text())
    this.kind = token.number
  }

  /** As long a one as there is. */
  private readOperator(from: number): void {
    const { codes } = this
    let at = from
    let read = 0
    for (let code = codes[at] as number; code < 128; code = codes[++at] as number) {
      const next = after[read * 128 + code] as number
      if (next === 0) break
      read = next
    }
    this.end = at
    this.kind = operator[read] as Token
    if (this.kind === token.end && at < this.source.length)
      throw new Error(`a program cannot have ${this.source.charAt(at)}`)
  }
}
