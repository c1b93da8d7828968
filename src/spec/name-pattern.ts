/**
 * Names as the command line selects them.
 */

/** Whether the name is the pattern itself, or what it says as a glob (`*` and `?`). */
export function matchesPattern(pattern: string, name: string): boolean {
  if (pattern === name) return true
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(name)
}
