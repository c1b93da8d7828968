/**
 * Peterson's filter lock for n processes: a process passes n-1 levels, and at each one process stays behind.
 * Two broken twins: without the victim, those at one level wait for each other; with a level too few, two get through.
 * Source: Peterson 1981, doi:10.1016/0020-0190(81)90106-X; one step for each read or write of a shared variable.
 */

import {
  always, any, at, constant, count, each, forall, forever, idle, leadsTo, loop, model, names, range, set, state, step,
  threads, until,
} from 'modelcheck'

interface Filter {
  readonly processes: number
  readonly levels: number
  /** Is a process let through when it is not the last that came to its level? */
  readonly hasVictim: boolean
}

const lock = ({ processes, levels, hasVictim }: Filter) => {
  const ids = Array.from({ length: processes }, (_, i) => i)
  const { level, victim } = state({
    level: each(processes, range(0, processes - 1)).starts(0),
    victim: each(range(1, processes - 1), range(0, processes - 1)).starts(0),
  })

  const process = threads(
    names('p', processes),
    { fair: 'weak', locals: { l: range(0, processes).starts(0) } },
    (_, { l }, me) => {
      const others = ids.filter((k) => k !== me)
      return forever(
        idle('start', set(l, 1)),
        loop('more levels?', l.le(levels), [
          step('level[me] := l', set(level.at(me), l)),
          step('victim[l] := me', set(victim.at(l), me)),
          until('wait', any(hasVictim && victim.at(l).isNot(me), forall(others, (k) => level.at(k).lt(l)))),
          step('l := l + 1', set(l, l.plus(1))),
        ]),
        step('leave', set(level.at(me), 0)),
      )
    },
  )

  return {
    threads: process,
    properties: {
      'mutual exclusion': always(count(Object.values(process), (p) => at(p, 'leave')).le(1)),
      ...Object.fromEntries(
        Object.entries(process).map(([name, p]) => [`${name} gets in`, leadsTo(at(p, 'wait'), at(p, 'leave'))]),
      ),
    },
  }
}

const waits = (processes: number): readonly string[] => names('p', processes).map((process) => `${process} gets in`)

export const filterLock = model('filter-lock', { processes: constant(range(2, 8), 4) }, ({ processes }) =>
  lock({ processes, levels: processes - 1, hasVictim: true }))

export const withoutVictim = model('filter-lock-without-victim', { processes: constant(range(2, 8), 3) }, ({ processes }) => ({
  ...lock({ processes, levels: processes - 1, hasVictim: false }),
  expectViolated: [...waits(processes), 'deadlock'],
}))

export const tooFewLevels = model('filter-lock-too-few-levels', { processes: constant(range(3, 8), 3) }, ({ processes }) => ({
  ...lock({ processes, levels: processes - 2, hasVictim: true }),
  expectViolated: ['mutual exclusion'],
}))
