/**
 * Claims about the FIQ line.
 */

import { all, always, implies, inside, not, type Property, reachable } from 'modelcheck'
import { type Observed, ofCurrent } from './observed.ts'

export function fiqProperties(observed: Observed): { readonly [name: string]: Property } {
  const { cpu, thread: { T1 } } = observed
  if (cpu.fiqPending === undefined) return {}
  return {
    'FIQ-1: no FIQ is taken where interrupts are disabled': always(
      ofCurrent(observed, ({ at, frame }) => implies(at('handle_fiq'), not(frame.interrupted.daif.I))),
    ),
    'FIQ-2: F masks where I does': always(cpu.daif.F.is(cpu.daif.I)),
    'a FIQ is handled': reachable(ofCurrent(observed, ({ at }) => at('handle_fiq'))),
    ...(observed.users?.includes('T1') === true && T1 !== undefined ? {
      'a FIQ takes a task from EL0': reachable(all(cpu.current.is('T1'), inside(T1, 'el0_interrupt'), inside(T1, 'handle_arch_fiq'))),
    } : {}),
  }
}
