/**
 * Sizes and names as short text.
 */

export function bytesText(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GiB`
  return `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB`
}

/** As much of a text as fits into so many characters. */
export function fitted(text: string, room: number): string {
  if (text.length <= room) return text
  return room < 3 ? '' : `${text.slice(0, room - 1)}…`
}
