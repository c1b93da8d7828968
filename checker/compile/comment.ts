/**
 * Names in generated code stand in comments only. A name may hold whatever a string can.
 */

/** A comment to the end of the line, whatever characters end lines in JavaScript. */
export function comment(text: string): string {
  return `// ${text.replace(/[\n\r\u2028\u2029]/g, ' ')}`
}
