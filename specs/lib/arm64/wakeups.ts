/**
 * Tasks that sleep and are woken, on one CPU with its idle task, under a design of the entry code: does whoever is awake run?
 *
 * Fairness is that of liveness.ts, and two assumptions make the scheduler fair: a tick asks it again and again, unless the idle task runs; and
 * it prefers a task that waits to the one that asks. Devices fall silent in the end.
 */

import {
  all, always, any, assuming, constant, eventually, implies, leadsTo, model, not, range, steps, taken, type ThreadHandle, threads, weak,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { hardware } from './hardware.ts'
import type { Design } from './kernel.ts'
import { fairArrivals } from './liveness.ts'
import { frame, machine, tasks } from './machine.ts'
import { kernel, ownProgram } from './program.ts'
import type { Mode } from './pstate.ts'

interface Sleeping {
  readonly design: Design
  readonly mode: Mode
  readonly expectViolated?: readonly string[]
}

export const wakeups = (name: string, { design, mode, expectViolated = [] }: Sleeping) =>
  model(name, { depth: constant(range(1, 2), 1), aborts: constant(range(0, 2), 1) }, ({ depth, aborts }) => {
    const cpu = machine()
    const thread = threads(tasks, {
      locals: frame,
      depth,
      fair: 'weak',
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => fairArrivals(arrivals(kernel(design, { mode, tasks, me, cpu, frame: locals })), aborts),
    }, (me, locals) => ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals })))
    const world = hardware({ cpu, mode, tasks })
    const named = (...names: readonly string[]) => world.filter(({ selectionName }) => names.includes(selectionName))
    const sleepers = ['T1', 'T2'] as const

    const devicesFallSilent = eventually(always(not(taken(named('a device interrupts', 'PMU overflows')))))
    const prefersOthers = always(all(sleepers.map((task) => {
      const handle: ThreadHandle = thread[task]
      const waiting = any(sleepers.map((other) => other !== task && not(cpu.asleep[other])))
      return not(all(taken(steps(handle, 'pick_next_task: prev')), waiting))
    })))
    return {
      threads: thread,
      actions: world,
      properties: Object.fromEntries(sleepers.map((task) => [
        `L-5: ${task} runs in the end when it is awake`,
        assuming(weak('tick', ...named('resched_curr')), implies(
          all(devicesFallSilent, prefersOthers), leadsTo(not(cpu.asleep[task]), cpu.current.is(task)),
        )),
      ])),
      expectViolated,
    }
  })
