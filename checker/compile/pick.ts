/**
 * One of several texts by an ordinal that depends on the state. Elements at equal distances in one word are picked by a computed shift,
 * others by a chain of cases.
 */

import { formulaFunction } from './block.ts'
import { type FieldText, fieldTextOf } from './field-text.ts'

/** Texts from `first` on, to before `end`, and the text that picks one of them. */
interface Run {
  readonly first: number
  readonly end: number
  readonly by: (ordinal: string) => string
}

/** Up to this length an ordinal is written wherever it is compared. A longer one, of several indices in each other, would grow with each by the number of elements. */
const longOrdinal = 30

/** The text with this ordinal, which is known to be in range. */
export function pickText(texts: readonly string[], ordinal: string): string {
  const runs = runsOf(texts)
  const [only] = runs
  if (runs.length === 1 && only !== undefined) return only.by(ordinal)
  if (ordinal.length <= longOrdinal || !texts.every(isFormula)) return caseText(runs, ordinal)
  const formula = caseText(runs, 'i')
  const words = [...new Set(formula.match(/\b[a-z]\w*\b(?!\()/g))].filter((name) => name !== 'i')
  return `${formulaFunction(['i', ...words], formula)}(${[ordinal, ...words].join(', ')})`
}

/** Operators on words alone, whose value has 32 bits with a sign: so the translator puts the function in place. */
function isFormula(text: string): boolean {
  const plain = text.replace(/\bformula\d+\(/g, '(')
  return !/\w\(|\[|>>> 0\)|true|false/.test(plain)
}

function caseText(runs: readonly Run[], ordinal: string): string {
  const cases = runs.map(({ first, end, by }, r) => {
    if (r === runs.length - 1) return by(ordinal)
    const test = end === first + 1 ? `${ordinal} === ${first}` : `${ordinal} < ${end}`
    return `${test} ? ${by(ordinal)} : `
  })
  return `(${cases.join('')})`
}

/** A computed shift pays from so many elements on. */
const fewest = 3

function runsOf(texts: readonly string[]): readonly Run[] {
  const found = texts.map(fieldTextOf)
  const runs: Run[] = []
  let end = 0
  while (end < texts.length) {
    const run = regularRun(found, end) ?? caseOf(texts, end)
    runs.push(run)
    end = run.end
  }
  return runs
}

function caseOf(texts: readonly string[], first: number): Run {
  return { first, end: first + 1, by: () => texts[first] ?? '0' }
}

/** To before which element they lie in one word, at equal distances. */
function regularEnd(found: readonly (FieldText | null)[], first: number): number {
  const start = found[first]
  const stride = strideOf(found, first)
  if (start == null || stride <= 0) return first + 1
  let end = first + 1
  for (let one = found[end]; one != null; one = found[++end]) {
    const isNext = one.word === start.word && one.rest === start.rest
    if (!isNext || one.shift !== start.shift + (end - first) * stride) break
  }
  return end
}

function strideOf(found: readonly (FieldText | null)[], first: number): number {
  return (found[first + 1]?.shift ?? 0) - (found[first]?.shift ?? 0)
}

function regularRun(found: readonly (FieldText | null)[], first: number): Run | null {
  const end = regularEnd(found, first)
  if (end - first < fewest) return null
  const start = found[first]
  const mask = found.slice(first, end).find((one) => one?.mask !== undefined)?.mask
  if (start == null || mask === undefined) return null
  const stride = strideOf(found, first)
  // Distances of shifts count modulo 32.
  const offset = (start.shift - first * stride) & 31
  return {
    first,
    end,
    by: (ordinal) => {
      const value = `(${start.word} >>> ${ordinal} * ${stride}${offset === 0 ? '' : ` + ${offset}`} & ${mask})`
      return start.rest === undefined ? value : `(${value}${start.rest})`
    },
  }
}
