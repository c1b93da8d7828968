/**
 * A place in a text that is being read: symbols, words, and complaints that say where.
 */

/** Thrown at the place where a text cannot be understood. */
export class Unreadable extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

export class Cursor {
  readonly text: string
  #at = 0

  constructor(text: string) {
    this.text = text
  }

  /** Offset of what comes next, spaces left out. */
  get at(): number {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++
    return this.#at
  }

  fail(message: string, at = this.#at): never {
    throw new Unreadable(message, at)
  }

  back(to: number): void {
    this.#at = to
  }

  /** True when the text goes on with this, without a space before it. */
  isNext(symbol: string): boolean {
    return this.text.startsWith(symbol, this.#at)
  }

  /** The first of the symbols that stands here, or null. A symbol that is a word must not go on as one. */
  take(...symbols: readonly string[]): string | null {
    const { at } = this
    const goesOn = (symbol: string): boolean => isWordy(symbol.at(-1)) && isWordy(this.text[at + symbol.length])
    const found = symbols.find((symbol) => symbol !== '' && this.text.startsWith(symbol, at) && !goesOn(symbol))
    if (found !== undefined) this.#at += found.length
    return found ?? null
  }

  want(symbol: string): void {
    if (this.take(symbol) === null) this.fail(`\`${symbol}\` is wanted here`)
  }

  number(): number | null {
    const found = /^-?\d{1,10}/.exec(this.text.slice(this.at, this.at + 11))
    if (found === null) return null
    this.#at += found[0].length
    return Number(found[0])
  }

  /** Text in quotes, or everything up to a sign that means something. */
  word(): string {
    const found = /^(?:'([^']*)'|"([^"]*)"|([^\s()[\],=!<>+&|'".]+))/.exec(this.text.slice(this.at))
    if (found === null) {
      return this.fail(this.#at >= this.text.length ? 'the condition ends too early' : 'a name is wanted here')
    }
    this.#at += found[0].length
    return found[1] ?? found[2] ?? found[3] ?? ''
  }

  end(): void {
    const { at } = this
    if (at < this.text.length) this.fail(`\`${this.text.slice(at, at + 12)}\` is not understood`, at)
  }
}

function isWordy(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character)
}
