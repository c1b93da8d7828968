/**
 * Whole numbers for people: 1,234,567. By hand, because the first call of `toLocaleString` takes as long as a tenth of a small run.
 */

export const grouped = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, ',')

/** `1 state`, `1,234 states`. */
export const counted = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`
