/**
 * Numbers for plain data, to compare what may use the same parts many times: it takes no longer than there are different parts, where
 * JSON of it would have no end.
 */

/** Equal data, whatever the order of its keys, has equal numbers, and only that. Nothing that was numbered may change. */
export function createNumbering(): (value: unknown) => number {
  const numbers = new Map<string, number>()
  const known = new Map<object, number>()
  const isKnown = (value: unknown): boolean => typeof value !== 'object' || value === null || known.has(value)
  const numberOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return numbered(JSON.stringify(value) ?? 'undefined')
    return known.get(value) as number
  }
  // Parts first, and without calls within each other: what is thousands deep would need a large stack.
  const numberAll = (value: unknown): number => {
    for (const open = [value]; open.length > 0; ) {
      const last = open.at(-1)
      const unknown = isKnown(last) ? [] : Object.values(last as object).filter((part) => !isKnown(part))
      for (const part of unknown) open.push(part)
      if (unknown.length > 0) continue
      if (!isKnown(last)) known.set(last as object, numbered(textOf(last as object)))
      open.pop()
    }
    return numberOf(value)
  }
  const numbered = (text: string): number => {
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    return number
  }
  const textOf = (value: object): string => {
    if (Array.isArray(value)) return `[${value.map((one) => numberOf(one)).join()}]`
    const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
    return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${numberOf(part)}`).join()}}`
  }
  return numberAll
}
