/**
 * A task that is preempted inside an exception on one CPU and goes on on another: two CPUs, two tasks, a design of the entry code.
 *
 * Nothing of an exception may belong to a CPU while its task is away: not the saved mask, which is that of the interrupted context; no
 * active interrupt; no count of RCU. The properties of one CPU are claimed of each task on whichever CPU it is.
 */

import {
  all, always, any, type Arrival, at, constant, either, forever, idle, implies, inside, type Lines, model, not, oneOf, type Property, range,
  reachable, set, step, threads, type ThreadHandle, type Variables,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { localIrqRestore, localIrqSave } from './irqflags.ts'
import type { Design, Kernel } from './kernel.ts'
import { frame } from './machine.ts'
import { kernel } from './program.ts'
import { maskProperties } from './properties/masks.ts'
import { type Mode, openMask } from './pstate.ts'
import { finishTaskSwitch } from './scheduler.ts'
import { cpuOf, cpus, type Machines, machines, migrating, migratory, world } from './two-cpus.ts'

interface Migration {
  readonly design: Design
  readonly mode: Mode
  readonly expectViolated?: readonly string[]
}

type Moving = (typeof migrating)[number]

/** `takenOn` is an observer: where the exception was taken. */
const locals = { ...frame, takenOn: oneOf(cpus).starts('CPU 0') }
type Locals = Variables<typeof locals>

const program = (k: Kernel): Lines =>
  forever(either([idle('work')], [
    step('local_irq_save', localIrqSave(k, k.frame.saved)),
    step('local_irq_restore', localIrqRestore(k, k.frame.saved), set(k.frame.saved, openMask)),
  ]))

interface Seen {
  readonly both: Machines
  readonly mode: Mode
  readonly me: Moving
  readonly thread: ThreadHandle
  readonly locals: Locals
}

const migrated = ({ both, me, locals: { takenOn } }: Seen) => takenOn.isNot(both.on[me])

function properties(seen: Seen): { readonly [name: string]: Property } {
  const { both, mode, me, thread } = seen
  const cpu = cpuOf(both, me)
  const runs = cpu.current.is(me)
  const masks = maskProperties({ mode, tasks: [me], cpu, thread: { [me]: thread }, frames: { [me]: seen.locals } })
  return {
    ...Object.fromEntries(Object.entries(masks).map(([name, property]) => [`${name} (${me})`, property])),
    [`MIG-1: nothing of an exception is left on the CPU that its task leaves (${me})`]: always(implies(
      all(runs, at(thread, '__switch_to')), all(cpu.irq.is('inactive'), cpu.nmi.is('inactive'), cpu.nmiNesting.is(0)),
    )),
    [`MIG-2: an exception that began on another CPU brings no SError or debug mask from there (${me})`]: always(implies(
      all(runs, at(thread, 'ERET'), migrated(seen)), not(any(seen.locals.regs.daif.D, seen.locals.regs.daif.A)),
    )),
    [`an exception begins on one CPU and returns on the other (${me})`]: reachable(all(runs, at(thread, 'ERET'), migrated(seen))),
    [`a task that was preempted in an exception goes on on the other CPU (${me})`]: reachable(
      all(runs, inside(thread, 'preempt_schedule_irq'), at(thread, finishTaskSwitch), migrated(seen)),
    ),
  }
}

const limits = { depth: constant(range(1, 2), 1), aborts: constant(range(0, 3), 1), interrupts: constant(range(0, 4), 2) }

export const migration = (name: string, { design, mode, expectViolated = [] }: Migration) =>
  model(name, limits, ({ depth, aborts, interrupts }) => {
    const both = machines(mode)
    const frames: { [T in Moving]?: Locals } = {}
    const bind = (me: Moving, own: Locals): Kernel =>
      kernel(migratory(design, both), { mode, tasks: migrating, me, cpu: cpuOf(both, me), frame: own })
    const limited = (one: Arrival, own: Locals, me: Moving): readonly Arrival[] => {
      const budget = { 'data abort': aborts, IRQ: interrupts }[one.name]
      return budget === undefined ? [] : [{ ...one, budget, does: [one.does, set(own.takenOn, both.on[me])] }]
    }
    const thread = threads(migrating, {
      locals,
      depth,
      runs: (me) => cpuOf(both, me).current.is(me),
      arrivals: (me, own) => arrivals(bind(me, own)).flatMap((one) => limited(one, own, me)),
    }, (me, own) => {
      frames[me] = own
      const k = bind(me, own)
      return me === 'T1' ? program(k) : [k.code.ret_from_fork(), program(k)]
    })
    return {
      threads: thread,
      actions: world(both, mode),
      properties: Object.assign({}, ...migrating.map((me) => {
        const own = frames[me]
        return own === undefined ? {} : properties({ both, mode, me, thread: thread[me], locals: own })
      }), { 'both CPUs run a task': reachable(all(cpus.map((one) => both.current[one].isNot('idle')))) }),
      expectViolated,
    }
  })
