/**
 * Text that comes from a spec, made harmless for a terminal or a mail: one line, no control characters.
 */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced.
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

const names: { readonly [character: string]: string } = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** Line breaks, escapes and marks that turn the direction of text become visible. */
export function oneLine(text: string): string {
  return text.replace(control, (c) => names[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
