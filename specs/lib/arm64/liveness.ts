/**
 * A system of two tasks on one CPU under a design of the entry code, with claims about what must happen.
 *
 * Every step of the kernel is taken in the end, and so is an interrupt or an SError that can be taken again and again (strong
 * fairness): the hardware does not overlook for ever a window that recurs. Device and remote CPU may fall silent.
 */

import {
  action, type ActionHandle, all, always, type Arrival, bool, constant, eventually, type Formula, implies, leadsTo, model, not, range, set, state, taken,
  threads, type Var,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { hardware, leastHardware } from './hardware.ts'
import type { Design } from './kernel.ts'
import { frame, machine, type Task } from './machine.ts'
import { kernel, ownProgram } from './program.ts'
import type { Mode } from './pstate.ts'
import { arrivalsFromEl0 } from './user-tasks.ts'

interface Live {
  readonly design: Design
  readonly mode: Mode
  readonly expectViolated?: readonly string[]
  /** The tasks have an EL0 half, and take exceptions from there; no SErrors, and no interrupts but those that ask for a reschedule. */
  readonly fromEl0?: true
}

/** Interrupts, fairly, and a few aborts and system calls: a task that faults for ever gets nowhere in any design. */
export function fairArrivals(every: readonly Arrival[], aborts: number): readonly Arrival[] {
  return every.flatMap((one): readonly Arrival[] => {
    if (one.name === 'IRQ' || one.name === 'IRQ from EL0') return [{ ...one, fair: 'strong' }]
    return ['data abort', 'data abort from EL0', 'SVC'].includes(one.name) ? [{ ...one, budget: aborts }] : []
  })
}

/** The arrivals, where an SError comes only when one has been raised. */
export const raisedSErrors = (every: readonly Arrival[], pending: Var<boolean>): readonly Arrival[] =>
  every.map((one) => one.name === 'SError' ? { ...one, when: all(pending, one.when), does: [one.does, set(pending, false)] } : one)

export const raiseSError = (pending: Var<boolean>): ActionHandle =>
  action('RAS error', {}, () => ({ lane: 'device', when: not(pending), then: set(pending, true) }))

export const liveness = (name: string, { design, mode, expectViolated = [], fromEl0 }: Live) =>
  model(name, { depth: constant(range(1, 2), 1), aborts: constant(range(0, 3), 1) }, ({ depth, aborts }) => {
    const cpu = fromEl0 ? machine(['EL0'], true) : machine()
    const { serrorPending } = state({ serrorPending: bool.starts(false) })
    const tasks = ['T1', 'T2'] as const satisfies readonly Task[]
    const thread = threads(tasks, {
      locals: frame,
      depth,
      fair: 'weak',
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => {
        const k = kernel(design, { mode, tasks, me, cpu, frame: locals })
        const every = [...(fromEl0 ? arrivalsFromEl0(k) : []), ...arrivals(k)]
        const serrors = every.filter(({ name: one }) => one === 'SError').map((one): Arrival => ({ ...one, fair: 'strong' }))
        return [...fairArrivals(every, aborts), ...(fromEl0 ? [] : raisedSErrors(serrors, serrorPending))]
      },
    }, (me, locals) => ownProgram(kernel(design, { mode, tasks, me, cpu, frame: locals }), fromEl0 ? tasks : []))
    const outside = { cpu, mode, tasks }
    const world = fromEl0 ? leastHardware(outside) : [...hardware(outside), raiseSError(serrorPending)]
    // While devices and other CPUs keep interrupting, a task need not get anywhere.
    const fallsSilent = eventually(always(not(taken(world))))
    const whenSilent = (claim: Formula): Formula => implies(fallsSilent, claim)
    return {
      threads: thread,
      actions: world,
      properties: {
        ...(mode === 'pNMI' ? {
          'L-1: a pending pseudo-NMI is handled': whenSilent(leadsTo(cpu.nmiPending, not(cpu.nmiPending))),
        } : {}),
        'L-2: a pending interrupt is handled': whenSilent(leadsTo(cpu.irqPending, not(cpu.irqPending))),
        'L-3: a request to reschedule leads to the scheduler': whenSilent(
          all(tasks.map((task) => leadsTo(cpu.needResched[task], not(cpu.needResched[task])))),
        ),
        ...(cpu.signalPending === undefined ? {
          'L-4: a pending SError is taken': whenSilent(leadsTo(serrorPending, not(serrorPending))),
        } : {
          'L-7: a signal is delivered before its task returns to EL0, if it goes on': whenSilent(implies(
            always(eventually(cpu.current.is('T1'))), leadsTo(cpu.signalPending.T1, not(cpu.signalPending.T1)),
          )),
        }),
      },
      expectViolated,
    }
  })
