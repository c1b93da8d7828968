/**
 * Mistakes told once: what is said of each thread, item or model in turn is one mistake of the line that says it.
 */

import type { Problem } from './problem.ts'

/** Of the words in which messages differ, besides the first. */
const mostShown = 3

/** Among so many others of its place a message looks for one like it. */
const mostTried = 4

interface Group {
  readonly first: Problem
  readonly words: readonly string[]
  /** Where messages differ, if there are several, and what they have there. */
  at: number | null
  readonly also: string[]
}

/**
 * Problems with one code, hint and place in a spec whose messages are equal but for one and the same word become one, which has all of those
 * words. They come in the order of their files; what has no place comes first.
 */
export function toldOnce(problems: readonly Problem[]): readonly Problem[] {
  const known = new Map(inOrder(problems).map((one) => [JSON.stringify([one.code, one.message, one.source]), one]))
  const groups: Group[] = []
  const byPlace = new Map<string, Group[]>()
  for (const one of known.values()) {
    const words = one.message.split(' ')
    const key = JSON.stringify([one.code, one.hint, one.source, words.length])
    const others = byPlace.get(key) ?? []
    if (one.source !== null && others.some((group) => joins(group, words))) continue
    const group = { first: one, words, at: null, also: [] }
    groups.push(group)
    byPlace.set(key, [...others, group].slice(-mostTried))
  }
  return groups.map(merged)
}

/** Files in the order in which they are first mentioned, lines as they stand there. */
function inOrder(problems: readonly Problem[]): readonly Problem[] {
  const files = [...new Set(problems.flatMap(({ source }) => source?.file ?? []))]
  const rank = ({ source }: Problem): number => (source === null ? -1 : files.indexOf(source.file))
  return problems.toSorted(
    (one, other) => rank(one) - rank(other) || (one.source?.line ?? 0) - (other.source?.line ?? 0),
  )
}

/** Adds to the group what differs in one word only, where the others do. */
function joins(group: Group, words: readonly string[]): boolean {
  const [at, ...more] = words.flatMap((word, i) => (word === group.words[i] ? [] : [i]))
  if (at === undefined || more.length > 0 || (group.at !== null && group.at !== at)) return false
  group.at = at
  group.also.push(words[at] ?? '')
  return true
}

function merged({ first, words, at, also }: Group): Problem {
  if (at === null) return first
  const shown = also.slice(0, mostShown).join(', ')
  const all = also.length > mostShown ? `${shown} and ${also.length - mostShown} more` : shown
  return { ...first, message: words.map((word, i) => (i === at ? `${word} (and ${all})` : word)).join(' ') }
}
