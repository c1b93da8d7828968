/**
 * The product in layers of equal distance from the initial states, made as far as they are asked for: only a violation asks.
 */

import type { Parts } from '../../src/model/parts.ts'
import { canLeave } from './letters.ts'
import { automatonStateOf, eachEdgeOf, letterOf, nodeAt, nodeCount, type Product, stateOf } from './product.ts'
import { groupSize } from './regenerated-edges.ts'
import type { StateGraph } from './state-graph.ts'

export interface Layers {
  /** Nodes at a distance, or null beyond the last. Implicit ones are not among them. */
  reach(distance: number): Parts<Int32Array | null>
  /** The same at a distance that was reached. */
  at(distance: number): Int32Array
  /** States of the implicit nodes at a distance from which a step leaves automaton state 0. */
  waitingAt(distance: number): Int32Array
}

type NumberOf = (item: number) => number

export function createLayers(graph: StateGraph, product: Product): Layers {
  const { letters, edges, isWaiting } = product
  /** By node, a bit each. */
  const entered = new Int32Array((nodeCount(product) >>> 5) + 1)
  const layers: Int32Array[] = []
  const group = new Int32Array(groupSize)
  let next: number[] = []

  const enter = (node: number): void => {
    if (node === -1) return
    const [word, bit] = [node >>> 5, 1 << (node & 31)]
    if (((entered[word] as number) & bit) !== 0) return
    entered[word] = (entered[word] as number) | bit
    next.push(node)
  }

  const expand = function* (items: Int32Array, stateAt: NumberOf, qAt: NumberOf): Parts<void> {
    for (let from = 0; from < items.length; from += groupSize) {
      yield
      const part = items.subarray(from, from + groupSize)
      for (const [i, item] of part.entries()) group[i] = stateAt(item)
      edges.prepare(group, part.length)
      for (const item of part) eachEdgeOf(product, stateAt(item), qAt(item), enter)
    }
  }

  const waitingAt = (distance: number): Int32Array => {
    const [from, to] = [graph.levels[distance] ?? 0, graph.levels[distance + 1] ?? 0]
    const states: number[] = []
    for (let state = from; isWaiting && state < to; state++) {
      if (canLeave(letters, letterOf(product, state))) states.push(state)
    }
    return Int32Array.from(states)
  }

  const extend = function* (): Parts<void> {
    const distance = layers.length
    next = []
    if (distance === 0) {
      for (let state = 0; state < (graph.levels[1] ?? 0); state++) enter(nodeAt(product, state, 0))
    } else {
      yield* expand(
        waitingAt(distance - 1),
        (state) => state,
        () => 0,
      )
      yield* expand(
        layers[distance - 1] ?? new Int32Array(0),
        (node) => stateOf(product, node),
        (node) => automatonStateOf(product, node),
      )
    }
    layers.push(Int32Array.from(next))
  }

  return {
    reach: function* (distance) {
      while (layers.length <= distance) {
        const isWaitingOn = isWaiting && layers.length < graph.levels.length
        if (layers.length > 0 && layers.at(-1)?.length === 0 && !isWaitingOn) return null
        yield* extend()
      }
      return layers[distance] ?? null
    },
    at: (distance) => layers[distance] ?? new Int32Array(0),
    waitingAt,
  }
}
