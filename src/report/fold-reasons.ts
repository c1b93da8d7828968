/**
 * The reason of a lasso has a line for every fairness condition, which is long where there are many threads. For people,
 * conditions that say the same share a line.
 */

const condition = /^(weak|strong) fairness of (.+): (.+)$/

/** Names that a shared line shows. */
const shownNames = 3

/** Folds the conditions of one strength that say the same, where the first of them stands; other lines stay as they are. */
export function foldReasons(lines: readonly string[]): readonly string[] {
  const names = new Map<string, string[]>()
  const keys = lines.map((line) => {
    const [, strength, name, saying] = condition.exec(line) ?? []
    if (strength === undefined || name === undefined || saying === undefined) return null
    const key = `${strength}: ${saying}`
    names.set(key, [...(names.get(key) ?? []), name])
    return { key, strength, saying }
  })
  return lines.flatMap((line, i) => {
    const found = keys[i]
    if (found === null || found === undefined) return [line]
    if (keys.findIndex((other) => other?.key === found.key) < i) return []
    return [`${found.strength} fairness of ${listOf(names.get(found.key) ?? [])}: ${found.saying}`]
  })
}

function listOf(names: readonly string[]): string {
  if (names.length <= shownNames + 1) return names.join(', ')
  return `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more, ${names.length} in all`
}
