/**
 * Figures and values as short text.
 */

export const grouped = (n: number): string => n.toLocaleString('en-US').replaceAll(',', '\u2009')

export function bytesText(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GiB`
  return `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB`
}

export const counted = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`

/** As much of a text as fits into so many characters. */
export function fitted(text: string, room: number): string {
  if (text.length <= room) return text
  return room < 3 ? '' : `${text.slice(0, room - 1)}…`
}
