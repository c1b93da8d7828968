/**
 * What may break in between any two steps, and what the hardware does then.
 * Source: Arm ARM DDI 0487, D1.3: SPSR := PSTATE, then D=A=I=F=1; PMR is not touched.
 */

import {
  all, any, type Arrival, arrival, type Line, type Lines, not, type Predicate, set, type Statements, step,
} from 'modelcheck'
import type { Kernel } from './here.ts'
import { masked, type Mode } from './machine.ts'

export function arrivals(k: Kernel): readonly Arrival[] {
  const { cpu, mode } = k
  const irqSignalled = all(cpu.irqPending, mode === 'pNMI' ? cpu.pmr.isNot('OFF') : true, not(cpu.running.irq), not(cpu.running.nmi))
  const nmiSignalled = all(cpu.nmiPending, not(cpu.running.nmi))
  const signalled = mode === 'pNMI' ? any(irqSignalled, nmiSignalled) : irqSignalled
  return [
    exception(k, 'IRQ', { when: all(not(cpu.daif.I), signalled) }, k.code.el1_interrupt()),
    // Synchronous: no mask holds it back. The assembly around C code touches no memory that may fault.
    exception(k, 'data abort', { when: true, notAt: assembly(mode) }, k.code.el1_abort()),
    exception(k, 'SError', { when: all(cpu.serrorPending, not(cpu.daif.A)) }, k.code.el1_error(), set(cpu.serrorPending, false)),
    exception(k, 'watchpoint', { when: not(cpu.daif.D) }, k.code.el1_dbg()),
  ]
}

/** Steps of kernel_entry and kernel_exit in entry.S. */
const assembly = (mode: Mode): readonly string[] => [
  ...(mode === 'pNMI' ? ['PMR := PSR', 'PMR := regs->pmr'] : []),
  'disable_daif',
  'ERET',
]

type Taken = { readonly when: Predicate; readonly notAt?: readonly string[] }

function exception({ cpu, frame }: Kernel, name: string, taken: Taken, runs: Lines, consumes: Statements = []): Arrival {
  return arrival(name, {
    ...taken,
    does: [set(frame.regs.daif, cpu.daif), set(frame.pmrThen, cpu.pmr), set(cpu.daif, masked), consumes],
    runs,
    returns: eret({ cpu, frame }),
  })
}

function eret({ cpu, frame }: Pick<Kernel, 'cpu' | 'frame'>): Line {
  return step('ERET', set(cpu.daif, frame.regs.daif))
}
