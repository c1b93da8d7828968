/**
 * Peterson's filter lock for n processes: a process passes n-1 levels, and at each one process stays behind.
 * Source: Peterson 1981, doi:10.1016/0020-0190(81)90106-X; one step for each read or write of a shared variable.
 */

import {
  any, assuming, at, constant, count, each, forall, forever, idle, leadsTo, loop, model, range, set, state, step,
  threads, until, always, weak,
} from 'modelcheck'

export const filterLock = model('filter-lock', { processes: constant(range(2, 8), 4) }, ({ processes }) => {
  const ids = Array.from({ length: processes }, (_, i) => i)
  const { level, victim } = state({
    level: each(processes, range(0, processes - 1)).starts(0),
    victim: each(range(1, processes - 1), range(0, processes - 1)).starts(0),
  })

  const process = threads(
    ids.map((i) => `p${i}`),
    { locals: { l: range(0, processes).starts(0) } },
    (name, { l }) => {
      const me = Number(name.slice(1))
      const others = ids.filter((k) => k !== me)
      return forever(
        idle('start', set(l, 1)),
        loop('more levels?', l.lt(processes), [
          step('level[me] := l', set(level.at(me), l)),
          step('victim[l] := me', set(victim.at(l), me)),
          until('wait', any(victim.at(l).isNot(me), forall(others, (k) => level.at(k).lt(l)))),
          step('l := l + 1', set(l, l.plus(1))),
        ]),
        step('leave', set(level.at(me), 0)),
      )
    },
  )
  const all = Object.values(process)

  return {
    threads: process,
    properties: {
      'mutual exclusion': always(count(all, (p) => at(p, 'leave')).le(1)),
      'p0 gets in': assuming(
        all.map((p) => weak(p.selectionName, { ...p, drafts: p.fairDrafts })),
        leadsTo(at(all[0]!, 'wait'), at(all[0]!, 'leave')),
      ),
    },
  }
})
