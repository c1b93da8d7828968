/**
 * How many columns of a terminal a text takes: letters of East Asia and emoji take two, marks that combine with a letter none.
 */

// What Unicode calls wide or fullwidth, in ranges that leave out what no font draws. Source: UAX #11, EastAsianWidth.
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u
const plain = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u22ff\u2717]*$/

// Made when first asked for: the data that it reads take as long as a small search.
let segmenter: Intl.Segmenter | undefined

/** What a reader takes for one letter. */
function lettersOf(text: string): readonly string[] {
  if (plain.test(text)) return [...text]
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length
  return lettersOf(text).reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0)
}

/** Filled up with blanks on the right. */
export function padRight(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)))
}

/** Filled up with blanks on the left. */
export function padLeft(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - columnsOf(text))) + text
}

/** The longest beginning that fits, but at least one letter. */
export function fitting(text: string, columns: number): string {
  if (plain.test(text)) return text.slice(0, Math.max(1, columns))
  let taken = ''
  let used = 0
  for (const letter of lettersOf(text)) {
    used += columnsOf(letter)
    if (used > columns && taken !== '') break
    taken += letter
  }
  return taken
}
