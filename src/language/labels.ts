/**
 * Labels that pick steps of a thread, and the names of what there is to pick.
 */

/** Labels of steps: some by name, each of which must exist, or all that a function picks. */
export type Labels = string | readonly string[] | ((label: string) => boolean)

export function picks(labels: Labels): (label: string) => boolean {
  if (typeof labels === 'function') return labels
  return typeof labels === 'string' ? (label) => label === labels : (label) => labels.includes(label)
}

/** A hint to what there is of a kind. */
export function thereAre(kind: 'label' | 'routine', names: readonly string[]): string {
  return names.length === 0 ? `It has no ${kind}s.` : `Its ${kind}s are: ${[...new Set(names)].join(', ')}.`
}
