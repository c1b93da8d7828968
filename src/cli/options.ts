/**
 * Values of options that yargs does not check itself.
 */

import * as E from 'fp-ts/Either'
import { type Reduction, reductionNames } from '../../checker/reduce/names.ts'
import { nearest } from '../model/nearest.ts'
import { type Problem, problem } from '../model/problem.ts'
import { matchesPattern } from '../spec/name-pattern.ts'

/** Less holds no tables. */
const leastBytes = 2 ** 20

/** A size such as 512M or 8G, in bytes. */
export function parseSize(text: string): E.Either<Problem, number> {
  const found = /^(\d+(?:\.\d+)?)([KMGT]?)B?$/i.exec(text.trim())
  if (found === null) return E.left(problem('MC302', `--memory ${text} is no size`, 'Write it as 512M or 8G.'))
  const unit = ['', 'K', 'M', 'G', 'T'].indexOf((found[2] ?? '').toUpperCase())
  const bytes = Math.floor(Number(found[1]) * 1024 ** unit)
  if (bytes >= leastBytes) return E.right(bytes)
  return E.left(
    problem('MC302', `--memory ${text} is too little`, 'Give at least 1M; without a letter it counts bytes.'),
  )
}

export function parseWorkers(text: string): E.Either<Problem, number | undefined> {
  if (text === 'auto') return E.right(undefined)
  if (/^[1-9]\d{0,2}$/.test(text)) return E.right(Number(text))
  return E.left(
    problem('MC302', `--workers ${text} is no number of threads`, 'Give a positive number or auto; no more than 999.'),
  )
}

/** `--set name=value`, several times. */
export function parseSet(texts: readonly string[]): E.Either<Problem, { readonly [name: string]: string }> {
  const values = new Map<string, string>()
  for (const text of texts) {
    const at = text.indexOf('=')
    if (at < 1) return E.left(problem('MC302', `--set ${text} is not name=value`, 'Write it as --set processes=3.'))
    const name = text.slice(0, at)
    if (values.has(name)) return E.left(problem('MC302', `--set ${name} is given twice`, 'Leave one of them out.'))
    values.set(name, text.slice(at + 1))
  }
  return E.right(Object.fromEntries(values))
}

/** `--reduce one,another`, several times. */
export function parseReductions(texts: readonly string[]): E.Either<Problem, readonly Reduction[]> {
  const wanted = texts.flatMap((text) => text.split(',').map((name) => name.trim()))
  const known = reductionNames.filter((name) => wanted.includes(name))
  const wrong = wanted.find((text) => !known.some((name) => name === text))
  if (wrong === undefined) return E.right(known)
  const near = nearest(wrong, reductionNames)
  const hint = `${near === null ? '' : `Did you mean '${near}'? `}Known: ${reductionNames.join(', ')}.`
  return E.left(problem('MC302', `'${wrong}' is no reduction`, hint))
}

/** A whole number of at least 1. */
export function parseCount(name: string, value: number | undefined): E.Either<Problem, number | undefined> {
  if (value === undefined || (Number.isSafeInteger(value) && value >= 1)) return E.right(value)
  return E.left(problem('MC302', `--${name} needs a whole number of at least 1`, `Write it as --${name} 100.`))
}

export function parseSeed(value: number): E.Either<Problem, number> {
  if (Number.isSafeInteger(value)) return E.right(value)
  return E.left(problem('MC302', '--seed needs a whole number', 'Write it as --seed 1.'))
}

/** Not necessarily whole. */
export function parseSeconds(name: string, value: number | undefined): E.Either<Problem, number | undefined> {
  if (value === undefined || (Number.isFinite(value) && value >= 0)) return E.right(value)
  return E.left(problem('MC302', `--${name} needs a number of seconds`, `Write it as --${name} 60.`))
}

export function parsePort(value: number): E.Either<Problem, number> {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 16) return E.right(value)
  return E.left(
    problem('MC302', '--port needs a whole number below 65536', 'Write it as --port 8080, or leave it out.'),
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
    if (known.some((name) => matchesPattern(pattern, name))) continue
    const near = nearest(pattern, known)
    const hint = `${near === null ? '' : `Did you mean '${near}'? `}Known: ${known.join(', ') || 'none'}.`
    return E.left(problem('MC301', `there is no ${kind} '${pattern}'`, hint))
  }
  return E.right(known.filter((name) => patterns.some((pattern) => matchesPattern(pattern, name))))
}
