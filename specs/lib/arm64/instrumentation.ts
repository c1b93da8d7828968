/**
 * Where code that must not be instrumented may call code that may be: from instrumentation_begin() to instrumentation_end(). There whatever
 * traces, probes or sanitises runs, and may fault.
 *
 * And KMSAN's view of the frame: assembly has written pt_regs without telling it, so that instrumented code must not read them before
 * kmsan_unpoison_entry_regs(). (arm64 has no KMSAN yet; the generic code calls it for all.) A part that few models have: the steps are many.
 * Sources: include/linux/instrumentation.h; kernel/entry/common.c and include/linux/irq-entry-common.h at 041aa7a85390. arm64's own
 * handlers have no such regions, and call what may be instrumented all the same. Before generic entry (a) nothing of arm64 had.
 */

import { bool, type Lines, set, step, type Variables } from 'modelcheck'
import type { Here } from './kernel.ts'

/** In every frame. */
export const instrumentationLocals = {
  isInstrumentable: bool.starts(false),
  isUnpoisoned: bool.starts(false),
}
export type InstrumentationLocals = Variables<typeof instrumentationLocals>

/** The lines, between instrumentation_begin() and instrumentation_end(). */
export const instrumented = ({ frame: { isInstrumentable } }: Here, ...lines: readonly Lines[]): Lines =>
  isInstrumentable === undefined ? lines : [
    step('instrumentation_begin', set(isInstrumentable, true)),
    lines,
    step('instrumentation_end', set(isInstrumentable, false)),
  ]

export const kmsanUnpoisonEntryRegs = ({ frame: { isUnpoisoned } }: Here): Lines =>
  isUnpoisoned !== undefined && step('kmsan_unpoison_entry_regs', set(isUnpoisoned, true))

/** It concerns the tick of nohz_full only; but it is a call that may be instrumented. */
export const rcuIrqEnterCheckTick = ({ frame: { isInstrumentable } }: Here): Lines =>
  isInstrumentable !== undefined && step('rcu_irq_enter_check_tick')
