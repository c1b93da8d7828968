/**
 * Three numbers that count up, in any order: as many states as arithmetic says, few transitions, one way to read each.
 */

import { action, type Declared, each, model, range, set, state } from '../../src/language/index.ts'
import type { Model } from '../../src/model/ir.ts'
import { buildModel } from './build.ts'

/** (most + 1)³ states. `unused`: variables that make them longer. */
export function grid(most: number, unused: { readonly [name: string]: Declared<unknown> } = {}): Model {
  return buildModel(
    model('grid', () => {
      const { x } = state({ x: each(3, range(0, most)).starts(0), ...unused })
      return {
        actions: action('move', { i: [0, 1, 2] }, ({ i }) => ({
          when: x.at(i).lt(most),
          then: set(x.at(i), x.at(i).plus(1)),
        })),
        terminal: true,
      }
    }),
  )
}
