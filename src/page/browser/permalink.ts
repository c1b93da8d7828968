/**
 * Where the reader is, as the fragment of the address: it survives a reload and can be sent to somebody who has the same file.
 * Names are percent-encoded; nothing in an address is ever more than a name to look up or a number.
 */

/** The views, in the order of the header; the key that leads to each. */
export const tabs = [
  { tab: 'verdicts', title: 'Verdicts', key: 'v' },
  { tab: 'run', title: 'Run', key: 'r' },
  { tab: 'coverage', title: 'Coverage', key: 'c' },
  { tab: 'space', title: 'State space', key: 's' },
] as const

export type Tab = (typeof tabs)[number]['tab']

export interface Place {
  readonly tab: Tab
  readonly model: string
  /** Title of a run. */
  readonly run: string
  readonly step: number
  /** For a run that was taken by hand: the initial state and the ways taken from there. */
  readonly picks: readonly number[] | null
}

export function formatPlace({ tab, model, run, step, picks }: Place): string {
  const parts = tab === 'run' ? [tab, model, picks === null ? run : `~${picks.join('.')}`, String(step)] : [tab, model]
  return `#${parts.map(encodeURIComponent).join('/')}`
}

/** Whether two places differ by the step at most; a run that is taken by hand stays one while it grows. */
export function isSameView(one: Place, other: Place): boolean {
  if (one.tab !== other.tab || one.model !== other.model) return false
  return (
    one.tab !== 'run' || (one.picks === null ? one.run === other.run && other.picks === null : other.picks !== null)
  )
}

/** Null for a fragment that names no place. */
export function parsePlace(fragment: string): Place | null {
  const [first = '', model = '', run = '', number = '0'] = fragment.replace(/^#/, '').split('/').map(decode)
  const tab = tabs.find((one) => one.tab === first)?.tab
  if (tab === undefined) return null
  const picks = /^~\d+(\.\d+)*$/.test(run) ? run.slice(1).split('.').map(Number) : null
  return { tab, model, run, step: /^\d{1,7}$/.test(number) ? Number(number) : 0, picks }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
