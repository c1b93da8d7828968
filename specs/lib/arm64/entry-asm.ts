/**
 * The assembly around the C handlers. Pushing and popping registers, reading and writing ELR and SPSR belong to the exception
 * and to ERET: everything is masked and nothing can fault, so that nobody can tell.
 *
 * Source: arch/arm64/kernel/entry.S (kernel_entry, kernel_exit).
 */

import { type Lines, set, step } from 'modelcheck'
import type { Kernel, Routines } from './kernel.ts'
import { masked } from './pstate.ts'

export const assembly: Pick<Routines, 'kernel_entry' | 'kernel_exit'> = {
  // Notes in PMR that DAIF.I is what masks now.
  kernel_entry: ({ mode, cpu, frame }) =>
    mode === 'pNMI' && step('PMR := PSR', set(frame.regs.pmr, cpu.pmr), set(cpu.pmr, 'PSR')),

  kernel_exit: (k) => [
    step('disable_daif', set(k.cpu.daif, masked)),
    restorePmr(k),
  ],
}

export const restorePmr = ({ mode, cpu, frame }: Kernel): Lines =>
  mode === 'pNMI' && step('PMR := regs->pmr', set(cpu.pmr, frame.regs.pmr))

/** Steps of the assembly, where nothing faults. */
export const assemblySteps = ['PMR := PSR', 'disable_daif', 'PMR := regs->pmr', 'ERET']
