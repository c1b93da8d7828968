/**
 * A system of tasks on one CPU under a design of the entry code.
 */

import { type Arrival, constant, model, type Property, range, threads } from 'modelcheck'
import { arrivals, fiqArrival } from './exceptions.ts'
import { hardware } from './hardware.ts'
import type { Design } from './kernel.ts'
import { type Frame, frameOf, machine, type Part, type Task } from './machine.ts'
import { tagFaults } from './mte.ts'
import { kernel, ownProgram } from './program.ts'
import { bookkeepingProperties } from './properties/bookkeeping.ts'
import { maskProperties } from './properties/masks.ts'
import { el0Witnesses } from './properties/el0-witnesses.ts'
import { type Observed, seenTasks } from './properties/observed.ts'
import { partProperties } from './properties/parts.ts'
import { witnesses } from './properties/witnesses.ts'
import type { Mode } from './pstate.ts'
import { arrivalsFromEl0, fiqFromEl0 } from './user-tasks.ts'

export interface System {
  readonly design: Design
  readonly mode: Mode
  /** Default: two kernel threads and the idle task. */
  readonly tasks?: readonly Task[]
  /** Those of the tasks that have an EL0 half; the first task starts there. Default: none. */
  readonly users?: readonly Task[]
  /** What happens outside the CPU. Default: all that `hardware` has. */
  readonly outside?: typeof hardware
  /** Routines on whose exit a task may be preempted. */
  readonly preempts: readonly string[]
  readonly expectViolated?: readonly string[]
  /** What the machine has that most models leave out. */
  readonly having?: readonly Part[]
  /** How many exceptions of a kind may come in a run; default: any number. */
  readonly budgets?: { readonly [exception: string]: number }
  /** In place of all claims, and of states that must be reachable. */
  readonly claims?: (observed: Observed) => { readonly [name: string]: Property }
  /** How deep exceptions nest at most, unless set otherwise: in the first task, and in the others. */
  readonly nesting?: { readonly depth: number; readonly otherDepth: number }
}

const budgeted = (every: readonly Arrival[], budgets: NonNullable<System['budgets']>): readonly Arrival[] =>
  every.map((one) => {
    const budget = budgets[one.name]
    return budget === undefined ? one : { ...one, budget }
  })

const limits = ({ depth, otherDepth }: NonNullable<System['nesting']>) =>
  ({ depth: constant(range(1, 4), depth), otherDepth: constant(range(1, 4), otherDepth) })

export const system = (
  name: string,
  {
    design, mode, tasks = ['T1', 'T2', 'idle'], users = [], outside = hardware, preempts, expectViolated = [], having = [], budgets = {},
    nesting = { depth: 2, otherDepth: 1 }, claims,
  }: System,
) =>
  model(name, limits(nesting), ({ depth, otherDepth }) => {
    const cpu = machine(users.length > 0 ? [...having, 'EL0'] : having, users.includes('T1'))
    const frames: { [T in Task]?: Frame } = {}
    const thread = Object.assign({}, ...tasks.map((task) =>
      threads([task], {
        locals: frameOf(having),
        depth: task === 'T1' ? depth : otherDepth,
        fair: 'weak',
        runs: (me) => cpu.current.is(me),
        arrivals: (me, locals) => {
          const here = { mode, tasks, me, cpu, frame: locals }
          const k = kernel(design, here)
          const fromEl0 = users.includes(me) ? arrivalsFromEl0(k) : []
          const byLine = kernel(design, { ...here, line: 'FIQ' })
          const byFiq = cpu.fiqPending === undefined ? [] : [
            ...(users.includes(me) ? [fiqFromEl0(byLine)] : []), fiqArrival(byLine),
          ]
          return budgeted([...fromEl0, ...arrivals(k), ...byFiq], budgets)
        },
      }, (me, locals) => {
        frames[me] = locals
        return ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals }), users)
      })))
    const observed: Observed = { mode, tasks, users, cpu, thread, frames }
    return {
      threads: thread,
      actions: [...outside({ cpu, mode, tasks }), ...tagFaults(seenTasks(observed))],
      properties: claims?.(observed) ?? {
        ...maskProperties(observed),
        ...bookkeepingProperties(observed),
        ...partProperties(observed, depth),
        ...(users.length > 0 ? el0Witnesses(observed, preempts) : witnesses(observed, { preempts, depth, budgets })),
      },
      expectViolated,
      strips: {
        current: cpu.current,
        DAIF: cpu.daif,
        ...(mode === 'pNMI' ? { PMR: cpu.pmr } : {}),
        'IRQ pending': cpu.irqPending,
        'hardirqs, as told': cpu.hardirqs,
        'RCU watches': cpu.rcuWatching,
      },
    }
  })
