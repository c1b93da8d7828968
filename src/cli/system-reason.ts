/**
 * What the system says when it refuses something, in words.
 */

/** As in `no space left on device (ENOSPC)`. */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error && 'code' in error)) return String(error)
  // Node's message: the code, the words, and the call that failed, which may come first.
  const words = /^(?:\w+ )?(E\w+): ([^,]+)/.exec(error.message)
  return words?.[1] === error.code ? `${words?.[2]} (${error.code})` : String(error.code)
}
