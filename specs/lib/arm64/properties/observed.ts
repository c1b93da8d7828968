/**
 * What properties look at: the registers and views of the CPU, where each task is, and what its frame remembers.
 */

import { at, type Expr, forall, implies, type Labels, type Predicate, type ThreadHandle } from 'modelcheck'
import type { Here } from '../kernel.ts'
import type { Frame, Machine, Task } from '../machine.ts'
import type { Mode } from '../pstate.ts'

export interface Observed {
  readonly mode: Mode
  readonly tasks: readonly Task[]
  /** Those with an EL0 half. */
  readonly users?: readonly Task[]
  readonly cpu: Machine
  readonly thread: { readonly [T in Task]?: ThreadHandle }
  readonly frames: { readonly [T in Task]?: Frame }
}

/** A task as a property sees it. */
export interface Seen extends Here {
  /** It is about to run the step with this label. */
  readonly at: (label: Labels) => Expr<boolean>
  readonly thread: ThreadHandle
  readonly isUser: boolean
}

/** The claim, of whichever task runs. */
export function ofCurrent(observed: Observed, claim: (k: Seen) => Predicate): Expr<boolean> {
  return forall(seenTasks(observed), (k) => implies(observed.cpu.current.is(k.me), claim(k)))
}

export function seenTasks({ mode, tasks, users = [], cpu, thread, frames }: Observed): readonly Seen[] {
  return tasks.flatMap((me) => {
    const [handle, frame] = [thread[me], frames[me]]
    if (handle === undefined || frame === undefined) return []
    const seen = { thread: handle, isUser: users.includes(me), at: (label: Labels) => at(handle, label) }
    return [{ mode, tasks, cpu, me, frame, ...seen }]
  })
}
