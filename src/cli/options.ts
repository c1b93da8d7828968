/**
 * Values of options that yargs does not check itself.
 */

import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../model/problem.ts'

/** A size such as 512M or 8G, in bytes. */
export function parseSize(text: string): E.Either<Problem, number> {
  const found = /^(\d+(?:\.\d+)?)([KMGT]?)B?$/i.exec(text.trim())
  if (found === null) return E.left(problem('MC302', `--memory ${text} is no size`, 'Write it as 512M or 8G.'))
  const unit = ['', 'K', 'M', 'G', 'T'].indexOf((found[2] ?? '').toUpperCase())
  return E.right(Math.floor(Number(found[1]) * 1024 ** unit))
}

export function parseWorkers(text: string): E.Either<Problem, number | undefined> {
  if (text === 'auto') return E.right(undefined)
  if (/^[1-9]\d{0,2}$/.test(text)) return E.right(Number(text))
  return E.left(problem('MC302', `--workers ${text} is no number of threads`, 'Give a positive number or auto.'))
}

/** `--set name=value`, several times. */
export function parseSet(texts: readonly string[]): E.Either<Problem, { readonly [name: string]: string }> {
  const values: { [name: string]: string } = {}
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) return E.left(problem('MC302', `--set ${text} is not name=value`, 'Write it as --set processes=3.'))
    values[text.slice(0, at)] = text.slice(at + 1)
  }
  return E.right(values)
}

export function parseCount(name: string, value: number | undefined, least = 1): E.Either<Problem, number | undefined> {
  if (value === undefined || (Number.isFinite(value) && value >= least)) return E.right(value)
  return E.left(
    problem('MC302', `--${name} needs a number of at least ${least}`, `Write it as --${name} ${Math.max(least, 100)}.`),
  )
}

/** Names that match exactly or as a glob (`*` and `?`). `Left` for a pattern that matches nothing. */
export function selectNames(
  kind: string,
  known: readonly string[],
  patterns: readonly string[],
): E.Either<Problem, readonly string[]> {
  if (patterns.length === 0) return E.right(known)
  for (const pattern of patterns) {
    if (known.some((name) => matches(pattern, name))) continue
    const near = known.toSorted((a, b) => distance(pattern, a) - distance(pattern, b))[0]
    return E.left(
      problem(
        'MC301',
        `there is no ${kind} '${pattern}'`,
        near === undefined ? 'There are none.' : `Did you mean '${near}'? Known: ${known.join(', ')}.`,
      ),
    )
  }
  return E.right(known.filter((name) => patterns.some((pattern) => matches(pattern, name))))
}

function matches(pattern: string, name: string): boolean {
  if (pattern === name) return true
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}

/** Levenshtein. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, j) => j)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const same = left[i - 1] === right[j - 1] ? 0 : 1
      next.push(Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + same))
    }
    row = next
  }
  return row[right.length] ?? 0
}
