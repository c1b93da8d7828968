/**
 * What a task runs under a design: its routines, bound to what it works on, and its own code.
 */

import { type Lines, routines } from 'modelcheck'
import type { Design, Here, Kernel } from './kernel.ts'
import type { Task } from './machine.ts'
import { idleTask, kernelThread } from './tasks.ts'
import { userTask } from './user-tasks.ts'

/** Binds the routines of a design to a task. */
export function kernel({ arch_irqentry_exit_need_resched, ...code }: Design, here: Here): Kernel {
  const within = { ...here, mayResched: arch_irqentry_exit_need_resched(here) }
  return { ...within, code: routines(code, within) }
}

/** The first task is running; the others are new, and begin where a switch to them ends. `users`: tasks with an EL0 half. */
export function ownProgram(k: Kernel, users: readonly Task[] = []): Lines {
  if (users.includes(k.me)) return userTask(k, k.me !== 'T1')
  const program = k.me === 'idle' ? idleTask(k) : kernelThread(k)
  return k.me === 'T1' ? program : [k.code.ret_from_fork(), program]
}
