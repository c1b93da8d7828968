/**
 * What lies around a state: the states that one and two steps lead to, as a small graph.
 */

import type { Model } from '../model/ir.ts'
import { successors } from '../model/step.ts'
import type { State } from '../model/trace.ts'
import { canonicalJson } from '../model/values.ts'
import type { Neighbourhood } from '../page/page-data.ts'

/** A picture of more states than these helps nobody. */
const mostNodes = 48
const radius = 2

interface Found {
  readonly node: number
  readonly state: State
}

export function neighbourhood(model: Model, centre: State): Neighbourhood {
  const numbers = new Map([[canonicalJson(centre), 0]])
  const nodes: { distance: number; picks: readonly number[] }[] = [{ distance: 0, picks: [] }]
  const links: Neighbourhood['links'][number][] = []
  let isCut = false
  let ring: readonly Found[] = [{ node: 0, state: centre }]
  for (let distance = 1; distance <= radius; distance++) {
    const next: Found[] = []
    for (const { node, state } of ring) {
      for (const [pick, way] of successors(model, state).entries()) {
        if ('error' in way) continue
        const key = canonicalJson(way.state)
        const known = numbers.get(key)
        if (known === undefined && nodes.length >= mostNodes) {
          isCut = true
          continue
        }
        const to = known ?? nodes.push({ distance, picks: [...(nodes[node]?.picks ?? []), pick] }) - 1
        if (known === undefined) {
          numbers.set(key, to)
          next.push({ node: to, state: way.state })
        }
        const instance = model.instances[way.instance]
        links.push({ from: node, to, lane: instance?.lane ?? null, label: instance?.label ?? '' })
      }
    }
    ring = next
  }
  return { nodes, links, isCut }
}
