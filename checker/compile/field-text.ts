/**
 * Texts that read a few bits of a word, as texts of generated code are written.
 */

/** `rest` makes a boolean or a number of the bits: ` !== 0`, ` + 1`. */
export interface FieldText {
  readonly word: string
  readonly shift: number
  /** Undefined: the bits up to the end of the word. */
  readonly mask: string | undefined
  readonly rest: string | undefined
}

const field = /^(\()?\((\w+)(?: >>> (\d+))?(?: & (\d+))?\)(?:( !== 0| \+ -?\d+)\))?$/

/** Null: it is no such text. */
export function fieldTextOf(text: string): FieldText | null {
  const match = field.exec(text)
  if (match === null) return null
  return { word: match[2] ?? '', shift: Number(match[3] ?? 0), mask: match[4], rest: match[5] }
}
