/**
 * Treiber's stack, whose nodes are used again. To pop, a thread reads the top and what follows it, and then swaps the one for the other if
 * the top is still what it was. A node that went and came back passes for one that never went (ABA): what follows it may be another thread's
 * by now. A tag that counts the swaps tells the two apart, as long as it does not come round; load-linked and store-conditional, which notice
 * any store, always do. The stack is lock-free: somebody gets done, though a given thread may be overtaken for ever.
 * Source: Treiber 1986, Systems Programming: Coping with Parallelism, IBM RJ 5118.
 */

import {
  all, always, any, at, bool, choose, constant, decide, each, either, exists, forall, forever, idle, implies, leadsTo, leave, model, not, oneOf,
  range, reachable, record, set, state, step, type Statements, steps, taken, threads, until, type Var,
} from 'modelcheck'

const ids = ['t0', 't1'] as const
const nodes = ['a', 'b'] as const
const places = [...nodes, 'nil'] as const
type Node = (typeof places)[number]

/** `tags`: how many there are; one tells nothing. `hasEnough`: nothing is looked at beyond the last. */
const stack = (swap: 'compare and swap' | 'store conditional', tags: number, hasEnough = false) => {
  const tagged = record({ node: oneOf(places), tag: range(0, tags - 1) })
  const { top, next, owner, linked } = state({
    top: tagged.starts({ node: 'a', tag: 0 }),
    next: each(places, oneOf(places)).starts({ a: 'b', b: 'nil', nil: 'nil' }),
    owner: each(places, oneOf(['stack', ...ids])).starts('stack'),
    // Nobody has stored to the top since this thread loaded it.
    linked: each(ids, bool).starts(false),
  })
  const locals = {
    seen: tagged.starts({ node: 'nil', tag: 0 }),
    after: oneOf(places).starts('nil'),
    mine: oneOf(places).starts('nil'),
  }

  const thread = threads(ids, { fair: 'weak', locals }, (me, { seen, after, mine }) => {
    const load = (label: string) => step(label, set(seen, top), swap === 'store conditional' && set(linked[me], true))
    const forget = [set(seen, { node: 'nil', tag: 0 }), set(after, 'nil')]
    /** Leaves the loop when it succeeds. */
    const trySwap = (label: string, to: Var<Node>, then: Statements) => {
      const isSame = swap === 'store conditional' ? linked[me] : top.is(seen)
      const store = [set(top, { node: to, tag: top.tag.plus(1).mod(tags) }), ids.map((id) => set(linked[id], false))]
      return either([until(label, isSame, store, then, forget), leave('loop')], until(`${label} fails`, not(isSame), forget))
    }

    const pop = forever(
      load('load top'),
      decide(seen.node.is('nil'), [step('empty', set(linked[me], false)), leave('loop')]),
      step('load next', set(after, next.at(seen.node))),
      trySwap('pop', after, set(owner.at(seen.node), me)),
    )
    const push = [
      step('take', choose('node', nodes, (node) => ({ given: owner[node].is(me), then: set(mine, node) }))),
      forever(
        load('load old top'),
        step('link', set(next.at(mine), seen.node)),
        trySwap('push', mine, [set(owner.at(mine), 'stack'), set(mine, 'nil')]),
      ),
    ]
    return forever(idle('rest'), either(pop, push))
  })

  const { t0, t1 } = thread
  const done = [t0, t1].flatMap((t) => [steps(t, 'pop'), steps(t, 'empty'), steps(t, 'push')])
  return {
    threads: thread,
    within: hasEnough ? { 'the tag does not come round': top.tag.lt(tags - 1) } : {},
    interchangeable: [ids],
    properties: {
      'what is popped is on the stack': always(forall(nodes, (node) => implies(top.node.is(node), owner[node].is('stack')))),
      'what is on the stack can be popped': always(
        forall(nodes, (node) =>
          implies(owner[node].is('stack'), any(top.node.is(node), exists(nodes, (other) => all(top.node.is(other), next[other].is(node))))),
        ),
      ),
      'one has both': reachable(exists(ids, (id) => forall(nodes, (node) => owner[node].is(id)))),
      'somebody gets done': leadsTo(at(t0, ['load top', 'load old top']), taken(done)),
      't0 gets done': leadsTo(at(t0, 'load old top'), at(t0, 'rest')),
    },
  }
}

const unfair = ['t0 gets done']
const broken = [...unfair, 'what is popped is on the stack', 'what is on the stack can be popped']

export const untagged = model('treiber-stack', () => ({ ...stack('compare and swap', 1), expectViolated: broken }))
/** Where only so many swaps are looked at, nobody is overtaken for ever. */
export const tagged = model('treiber-stack-tagged', { tags: constant(range(2, 16), 8) }, ({ tags }) => stack('compare and swap', tags, true))
export const comesRound = model('treiber-stack-tag-comes-round', () => ({ ...stack('compare and swap', 2), expectViolated: broken }))
export const storeConditional = model('treiber-stack-ll-sc', () => ({ ...stack('store conditional', 1), expectViolated: unfair }))
