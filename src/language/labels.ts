/**
 * Labels that pick steps of a thread.
 */

/** Labels of steps: some by name, each of which must exist, or all that a function picks. */
export type Labels = string | readonly string[] | ((label: string) => boolean)

export function picks(labels: Labels): (label: string) => boolean {
  if (typeof labels === 'function') return labels
  return typeof labels === 'string' ? (label) => label === labels : (label) => labels.includes(label)
}
