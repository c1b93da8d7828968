/**
 * trace_hardirqs_on() store by store. In the other models it is one step; on the machine the irqsoff tracer is told first and lockdep second,
 * and whatever enters as an NMI does may come in between: it finds lockdep at "off", so that its exit puts nothing back, but its entry has
 * told the tracer "off". lockdep is then told "on", and the tracer believes interrupts off until the next local_irq_enable().
 *
 * A task that disables and enables interrupts; watchpoints, and pseudo-NMIs. In the other order the claim holds, which shows the cause.
 * docs/arm64-entry.md says what comes of it. Source: kernel/trace/trace_preemptirq.c (trace_hardirqs_on).
 */

import { always, at, forever, idle, implies, type Lines, model, reachable, step, threads } from 'modelcheck'
import { linux73 } from './lib/arm64/designs/linux-7-3.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { arrivals } from './lib/arm64/exceptions.ts'
import { tracerNotTold } from './lib/arm64/findings.ts'
import { hardware } from './lib/arm64/hardware.ts'
import { localIrqDisable, rawLocalIrqEnable } from './lib/arm64/irqflags.ts'
import type { Design, Kernel } from './lib/arm64/kernel.ts'
import { lockdepHardirqsOn, traceHardirqsOnPrepare } from './lib/arm64/lockdep.ts'
import { frame, machine, type Task } from './lib/arm64/machine.ts'
import { kernel } from './lib/arm64/program.ts'
import type { Mode } from './lib/arm64/pstate.ts'

const [believesTheSame = ''] = tracerNotTold

type Order = (k: Kernel) => Lines
const tracerFirst: Order = (k) => [
  step('tracer_hardirqs_on', traceHardirqsOnPrepare(k)),
  step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
]
const lockdepFirst: Order = (k) => [
  step('lockdep_hardirqs_on', lockdepHardirqsOn(k)),
  step('tracer_hardirqs_on', traceHardirqsOnPrepare(k)),
]

const enabling = (name: string, design: Design, mode: Mode, order: Order, expectViolated: readonly string[]) =>
  model(name, () => {
    const cpu = machine()
    const tasks = ['T1'] as const satisfies readonly Task[]
    const { T1 } = threads(tasks, {
      locals: frame,
      depth: 1,
      arrivals: (me, locals) => arrivals(kernel(design, { mode, tasks, me, cpu, frame: locals }))
        .filter((one) => one.name === 'IRQ' || one.name === 'watchpoint'),
    }, (me, locals) => {
      const k = kernel(design, { mode, tasks, me, cpu, frame: locals })
      return forever(
        idle('work'),
        step('local_irq_disable', localIrqDisable(k)),
        order(k),
        step('raw_local_irq_enable', rawLocalIrqEnable(k)),
      )
    })
    return {
      threads: T1,
      actions: hardware({ cpu, mode, tasks }),
      properties: {
        [believesTheSame]: always(implies(at(T1, 'work'), cpu.hardirqs.T.is(cpu.hardirqs.L))),
        'a watchpoint is handled': reachable(at(T1, 'do_watchpoint')),
        ...(mode === 'pNMI' ? { 'a pseudo-NMI is handled': reachable(at(T1, 'handle_nmi')) } : {}),
      },
      expectViolated,
    }
  })

export const b = enabling('b', merged, 'no-pNMI', tracerFirst, tracerNotTold)
export const c4 = enabling('c4', rework, 'no-pNMI', tracerFirst, tracerNotTold)
export const c4Pnmi = enabling('c4-pnmi', rework, 'pNMI', tracerFirst, tracerNotTold)
export const c5Pnmi = enabling('c5-pnmi', linux73, 'pNMI', tracerFirst, tracerNotTold)
export const c4LockdepFirst = enabling('c4-lockdep-first', rework, 'no-pNMI', lockdepFirst, [])
export const c4LockdepFirstPnmi = enabling('c4-lockdep-first-pnmi', rework, 'pNMI', lockdepFirst, [])
