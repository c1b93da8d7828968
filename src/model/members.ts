/**
 * Members of interchangeable sets, and the names that mention them. A name mentions a member where the member's own name
 * stands in it as a word: `p0.pc` and `prepared p0` mention p0, `p01` does not. Swapping members swaps them in all names.
 */

/** Members of all sets are numbered through. */
export interface Members {
  readonly names: readonly string[]
  /** Members first … first + count - 1 are interchangeable. */
  readonly sets: readonly { readonly first: number; readonly count: number }[]
  mentionsIn(name: string): Mentions
}

/** A name without the members that it mentions, and those, from left to right. */
export interface Mentions {
  /** Where a member of the set with index i stands, NUL and i. */
  readonly template: string
  readonly members: readonly number[]
}

export function membersOf(interchangeable: readonly (readonly string[])[]): Members {
  const names = interchangeable.flat()
  const numbers = new Map(names.map((name, i) => [name, i]))
  const setOf = interchangeable.flatMap((set, i) => set.map(() => i))
  const longestFirst = [...names].sort((left, right) => right.length - left.length).map(escaped)
  const word = '[\\p{L}\\p{N}_]'
  const pattern = new RegExp(`(?<!${word})(?:${longestFirst.join('|')})(?!${word})`, 'gu')
  let first = 0
  return {
    names,
    sets: interchangeable.map((set) => {
      first += set.length
      return { first: first - set.length, count: set.length }
    }),
    mentionsIn: (name) => {
      const members: number[] = []
      if (names.length === 0) return { template: name, members }
      const template = name.replace(pattern, (found) => {
        const member = numbers.get(found) ?? 0
        members.push(member)
        return `\u0000${setOf[member]}`
      })
      return { template, members }
    },
  }
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** The name that mentions, in place of each member m, the member `to[m]`. */
export function renamed(name: string, members: Members, to: readonly number[]): string {
  const mentions = members.mentionsIn(name)
  let next = 0
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL cannot stand in a name of a spec
  return mentions.template.replace(/\u0000\d+/g, () => members.names[to[mentions.members[next++] ?? 0] ?? 0] ?? '')
}
