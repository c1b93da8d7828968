/**
 * What may break in between any two steps, and what the hardware does then.
 *
 * Source: Arm ARM DDI 0487, D1.3: SPSR := PSTATE, then D=A=I=F=1; PMR is not touched. ERET: PSTATE := SPSR.
 */

import { all, type Arrival, arrival, type Labels, type Lines, not, type Predicate, set, step } from 'modelcheck'
import { fiqTaken } from './fiq.ts'
import { signalled } from './gic.ts'
import type { Kernel } from './kernel.ts'
import { framePopped, framePushed } from './mte.ts'
import { el0, isNoinstr } from './noinstr.ts'
import { masked, openMask } from './pstate.ts'

/** By the FIQ line, of a kernel that is bound to it. */
export const fiqArrival = (k: Kernel): Arrival => exception(k, 'FIQ', { when: fiqTaken(k), notAt: isEl0 }, k.code.el1_interrupt())

/** What breaks into kernel code. */
export function arrivals(k: Kernel): readonly Arrival[] {
  const { cpu, code } = k
  return [
    exception(k, 'IRQ', { when: all(not(cpu.daif.I), signalled(k)), notAt: isEl0 }, code.el1_interrupt()),
    // Synchronous: no mask holds it back. Entry code itself must not fault.
    exception(k, 'data abort', { when: true, notAt: isNoinstr }, code.el1_abort()),
    exception(k, 'SError', { when: not(cpu.daif.A), notAt: isEl0 }, code.el1_error()),
    exception(k, 'watchpoint', { when: not(cpu.daif.D), notAt: isEl0 }, code.el1_dbg()),
  ]
}

const isEl0 = (label: string): boolean => label === el0

type Taken = { readonly when: Predicate; readonly notAt: Labels }

export function exception(k: Kernel, name: string, taken: Taken, runs: Lines): Arrival {
  const { cpu, frame } = k
  return arrival(name, {
    ...taken,
    does: [
      set(frame.regs, { daif: cpu.daif, pmr: openMask.pmr }),
      set(frame.interrupted, { daif: cpu.daif, pmr: cpu.pmr }),
      set(cpu.daif, masked),
      framePushed(k),
    ],
    runs,
    returns: step('ERET', set(cpu.daif, frame.regs.daif), framePopped(k)),
  })
}
