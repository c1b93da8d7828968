/**
 * Colour, or none.
 */

export interface Paint {
  bold(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  dim(text: string): string
}

/** What the environment says of colour, where a variable that is empty says nothing; null where it is silent. */
export function colourByEnvironment({ FORCE_COLOR = '', NO_COLOR = '' }: NodeJS.ProcessEnv): boolean | null {
  if (FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  return NO_COLOR === '' ? null : false
}

const code =
  (number: number) =>
  (text: string): string =>
    `\u001b[${number}m${text}\u001b[0m`
const plain = (text: string): string => text

export function paintFor(hasColour: boolean): Paint {
  return hasColour
    ? { bold: code(1), red: code(31), green: code(32), yellow: code(33), dim: code(2) }
    : { bold: plain, red: plain, green: plain, yellow: plain, dim: plain }
}
