/**
 * What BEEM claims of each of its mutual exclusion protocols. Runs there are maximal: somebody moves as long as anybody can.
 * Source: Pelánek 2007, BEEM: Benchmarks for Explicit Model Checkers, doi:10.1007/978-3-540-73370-6_17.
 */

import { always, assuming, count, type Expr, eventually, type Fairness, leadsTo, never, not, type Selected, weak } from 'modelcheck'

/** `moving`: what keeps a run going; by default, that any process can move. */
export const mutexClaims = <P extends Selected>(
  processes: { readonly [name: string]: P },
  isInside: (process: P) => Expr<boolean>,
  isWaiting: (process: P) => Expr<boolean>,
  moving: readonly Fairness[] = [weak('somebody moves', Object.values(processes))],
) => {
  const all = Object.values(processes)
  const [first] = all
  if (first === undefined) throw new Error('there are no processes')
  return {
    'mutual exclusion': never(count(all, isInside).gt(1)),
    'who waits gets in': assuming(moving, leadsTo(isWaiting(first), isInside(first))),
    'p0 gets in again and again': assuming(moving, leadsTo(not(isInside(first)), isInside(first))),
    'somebody gets in again and again': assuming(moving, always(eventually(count(all, isInside).is(1)))),
  }
}
