/**
 * The measuring variant for waiting: over how many lines of code at a stretch a pseudo-NMI or an SError is pending and masked.
 *
 * Every line of the CPU counts, a test as much as a step; what the hardware does at an exception and at ERET counts as one. The counter
 * exists only here, and stops at a limit that no design reaches unless it masks for ever.
 */

import {
  all, always, type Arrival, bool, constant, type Expr, ifElse, measure, model, range, set, state, type Statement, threads, type Var,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { everyLine } from './every-line.ts'
import { hardware } from './hardware.ts'
import type { Design } from './kernel.ts'
import { raisedSErrors, raiseSError } from './liveness.ts'
import { frame, type Machine, machine, type Task } from './machine.ts'
import { kernel, ownProgram } from './program.ts'
import type { Mode } from './pstate.ts'

export type Pending = 'pseudo-NMI' | 'SError'

interface Waiting {
  readonly what: Pending
  readonly design: Design
  readonly mode: Mode
  readonly expectViolated?: readonly string[]
}

const limit = 63
export const bound = (what: Pending): string => `L-6: a pending ${what} is masked for fewer than ${limit} lines at a stretch`

const isMasked = (what: Pending, cpu: Machine, serrorPending: Var<boolean>): Expr<boolean> =>
  what === 'SError' ? all(serrorPending, cpu.daif.A) : all(cpu.nmiPending, cpu.daif.I)

export const heldBack = (name: string, { what, design, mode, expectViolated = [] }: Waiting) =>
  model(name, { depth: constant(range(1, 2), 1), aborts: constant(range(0, 2), 1) }, ({ depth, aborts }) => {
    const cpu = machine()
    const tasks = ['T1', 'T2'] as const satisfies readonly Task[]
    const { serrorPending, lines } = state({ serrorPending: bool.starts(false), lines: range(0, limit).starts(0) })
    const count: readonly Statement[] = [
      set(lines, ifElse(isMasked(what, cpu, serrorPending), lines.plus(1).min(limit), 0)),
    ]
    const counted = (one: Arrival): Arrival => {
      const [returns] = everyLine(one.returns, count)
      return { ...one, does: [count, one.does], runs: everyLine(one.runs, count), ...(returns === undefined ? {} : { returns }) }
    }
    const thread = threads(tasks, {
      locals: frame,
      depth,
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => {
        const every = arrivals(kernel(design, { mode, tasks, me, cpu, frame: locals })).filter(({ name: one }) => one !== 'watchpoint')
        return raisedSErrors(every, serrorPending)
          .map((one) => (one.name === 'data abort' ? { ...one, budget: aborts } : one))
          .map(counted)
      },
    }, (me, locals) => everyLine(ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals })), count))
    return {
      threads: thread,
      actions: [...hardware({ cpu, mode, tasks }), ...(what === 'SError' ? [raiseSError(serrorPending)] : [])],
      properties: {
        [bound(what)]: always(lines.lt(limit)),
        [`lines for which a pending ${what} is masked`]: measure(lines),
      },
      expectViolated,
    }
  })
