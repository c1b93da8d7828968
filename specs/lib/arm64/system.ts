/**
 * A system of two tasks on one CPU under a design of the entry code.
 */

import {
  action, all, constant, either, forever, idle, type Lines, model, not, range, routines, set, step, threads,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import type { Design, Here } from './here.ts'
import { frame, type Frame, machine, type Mode, type Task, tasks } from './machine.ts'
import { localIrqDisable, localIrqEnable } from './masks.ts'
import { type Observed, safety, witnesses } from './properties.ts'

export interface System {
  readonly design: Design
  readonly mode: Mode
  /** Routines on whose exit a task may be preempted. */
  readonly preempts: readonly string[]
  readonly expectViolated?: readonly string[]
}

/** Exceptions nest so deep at most; every verdict is the same for one more. */
const nestingDepth = { depth: constant(range(1, 4), 2) }

export const system = (name: string, { design, mode, preempts, expectViolated = [] }: System) =>
  model(name, nestingDepth, ({ depth }) => {
    const cpu = machine()
    const frames: Partial<Record<Task, Frame>> = {}
    const kernel = (me: Task, locals: Frame) => {
      frames[me] = locals
      const here: Here = { mode, me, cpu, frame: locals }
      return { ...here, code: routines(design, here) }
    }

    const thread = threads(tasks, {
      locals: frame, depth,
      fair: 'weak',
      lane: (me) => me,
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => arrivals(kernel(me, locals)),
    }, (me, locals) => {
      const k = kernel(me, locals)
      const count = cpu.preemptCount[me]
      const work: Lines = forever(either(
        [idle('work'), step('local_irq_disable (own)', localIrqDisable(k)), step('local_irq_enable (own)', localIrqEnable(k))],
        [
          step('schedule: preempt_disable', set(count, count.plus(1))),
          k.code.__schedule(),
          step('schedule: sched_preempt_enable_no_resched', set(count, count.minus(1))),
        ],
      ))
      // The second task is new: it begins where a task comes back from a switch.
      return me === 'T1' ? work : [step('ret_from_fork: local_irq_enable', localIrqEnable(k)), work]
    })

    const hardware = [
      action('resched_curr', { task: tasks }, ({ task }) => ({
        lane: 'remote',
        when: all(cpu.current.is(task), not(cpu.needResched[task])),
        then: [set(cpu.needResched[task], true), set(cpu.irqPending, true)],
      })),
      action('SError is raised', {}, () => ({ lane: 'device', when: not(cpu.serrorPending), then: set(cpu.serrorPending, true) })),
      ...(mode === 'pNMI'
        ? [action('PMU overflows', {}, () => ({ lane: 'device', when: not(cpu.nmiPending), then: set(cpu.nmiPending, true) }))]
        : []),
    ]

    const [T1, T2] = [frames.T1, frames.T2]
    if (T1 === undefined || T2 === undefined) throw new Error('a task has no frame')
    const seen: Observed = { mode, cpu, thread, frames: { T1, T2 } }
    return {
      threads: thread,
      actions: hardware,
      properties: { ...safety(seen), ...witnesses(seen, preempts) },
      expectViolated,
      strips: {
        current: cpu.current,
        DAIF: cpu.daif,
        ...(mode === 'pNMI' ? { PMR: cpu.pmr } : {}),
        'IRQ pending': cpu.irqPending,
        'SError pending': cpu.serrorPending,
        'lockdep: on': cpu.hardirqsOn,
        'RCU NMI': cpu.rcuNmiNesting,
      },
    }
  })

