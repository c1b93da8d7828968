/**
 * Preemption on the way out of an exception, and the context switch.
 *
 * Neither DAIF nor PMR is switched: cpu_switch_to masks everything and restores what it read on this CPU, so that the next task
 * goes on with the mask that the previous one had. local_irq_enable() then opens I and F, or PMR, and nothing else.
 * Sources: kernel/sched/core.c (preempt_schedule_irq, __schedule, finish_task_switch, schedule_tail);
 * arch/arm64/kernel/process.c (__switch_to); arch/arm64/kernel/entry.S (cpu_switch_to, ret_from_fork).
 */

import { all, choose, either, type Expr, forall, implies, type Lines, not, repeat, set, type Statements, step, until } from 'modelcheck'
import { hasTimer, hrtickScheduleEnter, hrtickScheduleExit } from './hrtimer.ts'
import { localIrqDisable, localIrqEnable } from './irqflags.ts'
import { countOf, type Here, type Kernel, type Routines } from './kernel.ts'
import type { Task } from './machine.ts'
import { mteCheckTfsr } from './mte.ts'
import { minusOne, plusOne } from './preempt-count.ts'
import { openMask } from './pstate.ts'
import { cpuSwitchTo } from './stacks.ts'

export const finishTaskSwitch = 'finish_task_switch: local_irq_enable'

export const scheduler: Pick<Routines, 'preempt_schedule_irq' | '__schedule' | 'ret_from_fork'> = {
  preempt_schedule_irq: (k) =>
    repeat(
      [
        step('preempt_disable', plusOne(countOf(k), 'preempt')),
        step('local_irq_enable', localIrqEnable(k)),
        k.code.__schedule(),
        step('local_irq_disable', localIrqDisable(k)),
        step('sched_preempt_enable_no_resched', minusOne(countOf(k), 'preempt')),
      ],
      'need_resched',
      k.cpu.needResched[k.me],
    ),

  __schedule: (k) => {
    const { cpu, me, tasks } = k
    const others = tasks.filter((task) => task !== me)
    return [
      step('local_irq_disable', localIrqDisable(k)),
      hasTimer(k) && step('hrtick_schedule_enter', hrtickScheduleEnter(k)),
      either(
        [
          step('__switch_to',
            set(cpu.needResched[me], false),
            mteCheckTfsr(k),
            choose('next', others, (next) => ({
              given: isEligible(k, next),
              then: [set(cpu.switchedOut[me], { daif: cpu.daif, pmr: cpu.pmr }), set(cpu.switchTo ?? cpu.current, next)],
            }))),
          cpuSwitchTo(k),
          rearmed(k),
          step(finishTaskSwitch, set(cpu.switchedOut[me], openMask), localIrqEnable(k)),
        ],
        [
          until('pick_next_task: prev', isEligible(k, me), set(cpu.needResched[me], false)),
          rearmed(k),
          step('rq_unlock_irq: local_irq_enable', localIrqEnable(k)),
        ],
      ),
    ]
  },

  // A new task: schedule_tail() ends the switch for it.
  ret_from_fork: (k) => [rearmed(k), step(finishTaskSwitch, localIrqEnable(k))],
}

const rearmed = (k: Here): Lines => hasTimer(k) && step('hrtick_schedule_exit', hrtickScheduleExit(k))

/** schedule(); `before`: what its caller has set down before. */
export function scheduleLoop(k: Kernel, before?: Statements): Lines {
  return repeat([
    step('schedule: preempt_disable', plusOne(countOf(k), 'preempt'), before),
    k.code.__schedule(),
    step('schedule: sched_preempt_enable_no_resched', minusOne(countOf(k), 'preempt')),
  ], 'schedule: need_resched', k.cpu.needResched[k.me])
}

/** Awake; the idle task only when nobody else is. */
const isEligible = ({ cpu, tasks }: Here, task: Task): Expr<boolean> =>
  task === 'idle' ? forall(tasks, (other) => implies(other !== 'idle', cpu.asleep[other])) : not(cpu.asleep[task])

/** resched_curr() and the IPI that announces it, from another CPU. */
export const reschedCurr = ({ cpu }: Pick<Here, 'cpu'>): Statements => [
  set(cpu.needResched.at(cpu.current), true),
  set(cpu.irqPending, true),
]

/** Nobody but the running task may sleep. */
export const mayBeWoken = ({ cpu }: Pick<Here, 'cpu'>, task: Task): Expr<boolean> => all(cpu.asleep[task], cpu.current.isNot(task))
