/**
 * What happens outside this CPU: interrupts are raised, another CPU asks for a reschedule or wakes a task.
 */

import { action, type ActionHandle, all, not, set } from 'modelcheck'
import { raiseFiq } from './fiq.ts'
import { timerExpires } from './hrtimer.ts'
import type { Here } from './kernel.ts'
import { mayBeWoken, reschedCurr } from './scheduler.ts'

type Outside = Pick<Here, 'cpu' | 'mode' | 'tasks'>

export function hardware(k: Outside): readonly ActionHandle[] {
  const { cpu, mode, tasks } = k
  return [
    anotherCpuReschedules(k),
    ...(tasks.includes('idle') ? [
      action('try_to_wake_up', { task: tasks.filter((task) => task !== 'idle') }, ({ task }) => ({
        lane: 'remote',
        when: mayBeWoken(k, task),
        then: [set(cpu.asleep[task], false), reschedCurr(k)],
      })),
    ] : []),
    action('a device interrupts', {}, () => ({ lane: 'device', when: not(cpu.irqPending), then: set(cpu.irqPending, true) })),
    // Not while it may be the IPI of a request to reschedule, which nobody takes back.
    action('the interrupt is withdrawn', {}, () => ({
      lane: 'device',
      when: all(cpu.irqPending, not(cpu.needResched.at(cpu.current))),
      then: set(cpu.irqPending, false),
    })),
    ...raiseFiq(k),
    ...timerExpires(k),
    ...(mode === 'pNMI' ? [
      pmuOverflows(k),
      action('the overflow is withdrawn', {}, () => ({ lane: 'device', when: cpu.nmiPending, then: set(cpu.nmiPending, false) })),
    ] : []),
  ]
}

/** The least that brings every kind of interrupt: each regular one is another CPU's, which wants this one to reschedule. */
export const leastHardware = (k: Outside): readonly ActionHandle[] =>
  [anotherCpuReschedules(k), ...(k.mode === 'pNMI' ? [pmuOverflows(k)] : [])]

function anotherCpuReschedules(k: Outside): ActionHandle {
  const { cpu } = k
  return action('resched_curr', {}, () => ({
    lane: 'remote',
    when: all(not(cpu.needResched.at(cpu.current)), cpu.current.isNot('idle')),
    then: reschedCurr(k),
  }))
}

function pmuOverflows({ cpu }: Outside): ActionHandle {
  return action('PMU overflows', {}, () => ({ lane: 'device', when: not(cpu.nmiPending), then: set(cpu.nmiPending, true) }))
}
