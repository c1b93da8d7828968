/**
 * Two CPUs and tasks that migrate: the state of machine.ts once for each CPU, and each task's view of the one that it is on.
 *
 * The routines of a design need not know: for them the CPU is the one that runs their task, before and after every line. `idle` stands
 * for whatever else a CPU runs. It takes the mask over from whom it follows and hands the same mask on: between the two it
 * enables and disables interrupts, which changes neither D nor A, and what it masks at the switch is what was masked before.
 * Sources: kernel/sched/core.c; arch/arm64/kernel/process.c (__switch_to).
 */

import {
  action, type ActionHandle, all, bool, choose, each, either, type Expr, forall, not, oneOf, range, set, state, step, until,
} from 'modelcheck'
import { lifeCycle } from './gic.ts'
import { localIrqDisable, localIrqEnable } from './irqflags.ts'
import type { Design } from './kernel.ts'
import { hardirqs } from './lockdep.ts'
import { type Machine, type Task, tasks } from './machine.ts'
import { preemptCount, preemptible } from './preempt-count.ts'
import { flags, mask, type Mode, noIrq, open, openMask, priority } from './pstate.ts'
import { finishTaskSwitch } from './scheduler.ts'

export const cpus = ['CPU 0', 'CPU 1'] as const
/** Tasks that are modelled line by line. */
export const migrating = ['T1', 'T2'] as const satisfies readonly Task[]

export function machines(mode: Mode) {
  return state({
    current: each(cpus, oneOf(tasks)).starts({ 'CPU 0': 'T1', 'CPU 1': 'idle' }),
    /** The CPU that a task runs on, or ran on last. */
    on: each(tasks, oneOf(cpus)).starts({ T1: 'CPU 0', T2: 'CPU 0', idle: 'CPU 1' }),
    daif: each(cpus, flags).starts({ 'CPU 0': open, 'CPU 1': mode === 'pNMI' ? open : noIrq }),
    pmr: each(cpus, priority).starts({ 'CPU 0': 'ON', 'CPU 1': mode === 'pNMI' ? 'OFF' : 'ON' }),
    irqPending: each(cpus, bool).starts(false),
    nmiPending: each(cpus, bool).starts(false),
    irq: each(cpus, lifeCycle).starts('inactive'),
    nmi: each(cpus, lifeCycle).starts('inactive'),
    hardirqs: each(cpus, hardirqs).starts({ 'CPU 0': { L: true, T: true }, 'CPU 1': { L: false, T: false } }),
    rcuWatching: each(cpus, bool).starts(true),
    nmiNesting: each(cpus, range(0, 15)).starts(0),
    needResched: each(tasks, bool).starts(false),
    preemptCount: each(tasks, preemptCount).starts(preemptible),
    asleep: each(tasks, bool).starts(false),
    switchedOut: each(tasks, mask).starts(openMask),
  })
}
export type Machines = ReturnType<typeof machines>

/** The CPU as the code of a task sees it. */
export function cpuOf(both: Machines, me: Task): Machine {
  const here = both.on[me]
  return {
    current: both.current.at(here),
    daif: both.daif.at(here),
    pmr: both.pmr.at(here),
    irqPending: both.irqPending.at(here),
    nmiPending: both.nmiPending.at(here),
    irq: both.irq.at(here),
    nmi: both.nmi.at(here),
    hardirqs: both.hardirqs.at(here),
    rcuWatching: both.rcuWatching.at(here),
    nmiNesting: both.nmiNesting.at(here),
    needResched: both.needResched,
    preemptCount: both.preemptCount,
    asleep: both.asleep,
    switchedOut: both.switchedOut,
  }
}

const runsNowhere = ({ current }: Machines, task: Task): Expr<boolean> => forall(cpus, (one) => current[one].isNot(task))

/** The design with a scheduler that gives a CPU to a task that runs nowhere, wherever that ran before. */
export const migratory = (design: Design, both: Machines): Design => ({
  ...design,
  __schedule: (k) => {
    const { cpu, me } = k
    const here = both.on[me]
    return [
      step('local_irq_disable', localIrqDisable(k)),
      either(
        [
          step('__switch_to',
            set(cpu.needResched[me], false),
            choose('next', tasks.filter((task) => task !== me), (next) => ({
              given: next === 'idle' || runsNowhere(both, next),
              then: [
                set(cpu.switchedOut[me], { daif: cpu.daif, pmr: cpu.pmr }),
                next !== 'idle' && set(both.on[next], here),
                set(cpu.current, next),
              ],
            }))),
          step(finishTaskSwitch, set(cpu.switchedOut[me], openMask), localIrqEnable(k)),
        ],
        [
          until('pick_next_task: prev', true, set(cpu.needResched[me], false)),
          step('rq_unlock_irq: local_irq_enable', localIrqEnable(k)),
        ],
      ),
    ]
  },
})

/** Requests to reschedule, pseudo-NMIs, and what else runs on a CPU giving way to a task. */
export function world(both: Machines, mode: Mode): readonly ActionHandle[] {
  const { current, on, needResched, irqPending, nmiPending } = both
  return [
    action('resched_curr', { task: migrating }, ({ task }) => ({
      lane: 'remote',
      when: all(not(runsNowhere(both, task)), not(needResched[task])),
      then: [set(needResched[task], true), set(irqPending.at(on[task]), true)],
    })),
    action('__switch_to', { cpu: cpus, next: migrating }, ({ cpu, next }) => ({
      lane: `${cpu}: others`,
      when: all(current[cpu].is('idle'), runsNowhere(both, next)),
      then: [set(on[next], cpu), set(current[cpu], next)],
    })),
    ...(mode === 'pNMI' ? [
      action('PMU overflows', { cpu: cpus }, ({ cpu }) => ({
        lane: 'device',
        when: all(not(nmiPending[cpu]), current[cpu].isNot('idle')),
        then: set(nmiPending[cpu], true),
      })),
    ] : []),
  ]
}
