/**
 * Preemption on the way out of an exception, and the context switch.
 * Sources: kernel/sched/core.c (preempt_schedule_irq, __schedule, finish_task_switch), arch/arm64/kernel/process.c.
 */

import { choose, repeat, set, step } from 'modelcheck'
import type { Design } from './here.ts'
import { tasks } from './machine.ts'
import { localIrqDisable, localIrqEnable } from './masks.ts'

export const scheduler: Pick<Design, 'preempt_schedule_irq' | '__schedule'> = {
  preempt_schedule_irq: (k) => {
    const count = k.cpu.preemptCount[k.me]
    return repeat(
      [
        step('preempt_disable', set(count, count.plus(1))),
        step('local_irq_enable', localIrqEnable(k)),
        k.code.__schedule(),
        step('local_irq_disable', localIrqDisable(k)),
        step('sched_preempt_enable_no_resched', set(count, count.minus(1))),
      ],
      'need_resched?',
      k.cpu.needResched[k.me],
    )
  },

  // Neither DAIF nor PMR is switched: the next task goes on with the mask that this CPU has.
  __schedule: (k) => {
    const { cpu, me } = k
    return [
      step('local_irq_disable', localIrqDisable(k)),
      step('__switch_to',
        set(cpu.needResched[me], false),
        choose('next', tasks, (next) => next === me ? [] : [
          set(cpu.switchedOut[me], { away: true, daif: cpu.daif, pmr: cpu.pmr }),
          set(cpu.current, next),
        ])),
      step('finish_task_switch: local_irq_enable',
        set(cpu.switchedOut[me], { away: false, daif: { D: false, A: false, I: false, F: false }, pmr: 'ON' }),
        localIrqEnable(k)),
    ]
  },
}
