/**
 * How often each value of a measure occurs, the least value first.
 */

/** Of an object the keys below 0 would come last. */
export function byValue(histogram: { readonly [value: string]: number }): readonly (readonly [string, number])[] {
  return Object.entries(histogram).sort(([one], [other]) => Number(one) - Number(other))
}
