/**
 * Two CPUs: one runs two tasks under a design of the entry code, the other is a user of pseudo-NMI (or the PMU is) and interrupts it.
 *
 * The tasks may stay with interrupts off as long as they like. Fairness is that of liveness.ts: code goes on, and an interrupt is taken
 * if its way is open again and again. A request to reschedule, which is a regular interrupt, may come at any time.
 */

import {
  action, always, bool, constant, decide, either, eventually, forever, idle, implies, type Lines, model, not, range, set, state, step,
  taken, threads,
} from 'modelcheck'
import { arrivals } from './exceptions.ts'
import { whileActive } from './gic-driver.ts'
import { localIrqRestore, localIrqSave } from './irqflags.ts'
import type { Design, Kernel } from './kernel.ts'
import { fairArrivals } from './liveness.ts'
import { frame, type Frame, machine, type Task } from './machine.ts'
import type { Target, User, UserOf } from './nmi-users.ts'
import { kernel } from './program.ts'
import { type Mode, openMask } from './pstate.ts'
import { reschedCurr } from './scheduler.ts'

interface Interrupted {
  readonly user: UserOf
  readonly design: Design
  readonly mode: Mode
  readonly expectViolated?: readonly string[]
}

/** The handlers of the interrupt controller's driver come to those of the user. Of several regular interrupts the IPI is seen first. */
const withHandler = (design: Design, { ipi }: Target, { handler }: User): Design => ({
  ...design,
  __gic_handle_nmi: (k) => whileActive(k, [step('handle_nmi'), handler(k)]),
  __gic_handle_irq: (k) =>
    whileActive(k, decide(ipi, [step('handle_irq: IPI', set(ipi, false)), handler(k)], step('handle_irq'))),
})

/** It may stay in either kind of work. */
const program = (k: Kernel): Lines =>
  forever(either([idle('work')], [
    step('local_irq_save', localIrqSave(k, k.frame.saved)),
    idle('work with interrupts off'),
    step('local_irq_restore', localIrqRestore(k, k.frame.saved), set(k.frame.saved, openMask)),
  ]))

const limits = { depth: constant(range(1, 2), 2), aborts: constant(range(0, 2), 1) }

export const interrupted = (name: string, { user: userOf, design, mode, expectViolated = [] }: Interrupted) =>
  model(name, limits, ({ depth, aborts }) => {
    const cpu = machine()
    const target: Target = { mode, cpu, ...state({ ipi: bool.starts(false) }) }
    const user = userOf(target)
    const tasks = ['T1', 'T2'] as const satisfies readonly Task[]
    const frames: { [T in Task]?: Frame } = {}
    const bind = (me: Task, locals: Frame) =>
      kernel(withHandler(design, target, user), { mode, tasks, me, cpu, frame: locals })

    const thread = threads(tasks, {
      locals: frame,
      depth,
      fair: 'weak',
      runs: (me) => cpu.current.is(me),
      lane: (me) => `CPU 0: ${me}`,
      arrivals: (me, locals) => fairArrivals(arrivals(bind(me, locals)), aborts),
    }, (me, locals) => {
      frames[me] = locals
      const k = bind(me, locals)
      return me === 'T1' ? program(k) : [k.code.ret_from_fork(), program(k)]
    })
    const { sender } = threads(['sender'], { fair: 'weak', lane: () => 'CPU 1' }, () => user.sender)

    const requests = action('resched_curr', {}, () => ({
      lane: 'CPU 1',
      when: not(cpu.needResched.at(cpu.current)),
      then: reschedCurr({ cpu }),
    }))
    return {
      threads: [thread, sender],
      actions: requests,
      properties: user.properties({
        sender,
        whenSilent: (claim) => implies(eventually(always(not(taken(requests)))), claim),
        tasks: tasks.flatMap((me) => {
          const locals = frames[me]
          return locals === undefined ? [] : [{ me, thread: thread[me], frame: locals }]
        }),
      }),
      expectViolated,
    }
  })
