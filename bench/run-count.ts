/**
 * How often each tool runs: `--runs`, or as a table needs; once where it is only shown that the bench works.
 */

export function runCount(text: string | undefined, isSmall: boolean): number {
  if (text === undefined) return isSmall ? 1 : 5
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error(`--runs ${text} is no number of runs`)
  return Number(text)
}
