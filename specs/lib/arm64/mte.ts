/**
 * MTE's asynchronous tag faults: an access with a wrong tag is only noted, in TFSR_EL1, and the access goes on. Entry and exit code read
 * the register, report what they find, and clear it. The report goes to whoever the check takes for the maker: an entry blames the
 * context that was interrupted, an exit the handler that ends, a switch the task that leaves.
 *
 * The hardware has completed what it notes by the time of an exception; on the way out a DSB comes first. So a noted fault is visible
 * to each check. Sources: arch/arm64/include/asm/mte.h; arch/arm64/kernel/mte.c (mte_check_tfsr_el1, mte_thread_switch).
 */

import { action, type ActionHandle, all, bool, type Expr, not, range, record, set, type Statements, type Variables, when } from 'modelcheck'
import { isInstrumentable } from './noinstr.ts'
import type { Seen } from './properties/observed.ts'

const noted = record({ TF1: bool, up: range(-1, 3) })
const clear = { TF1: false, up: 0 }

export const mteRegisters = {
  /** `up`, an observer: how many frames above the running one its maker is; -1: the maker's frame has ended. */
  tfsr: noted.starts(clear),
}

/** A machine with MTE, or without. */
export interface WithMte {
  readonly cpu: Partial<Variables<typeof mteRegisters>>
}

export const isTagFaultNoted = ({ cpu: { tfsr } }: WithMte): Expr<boolean> => (tfsr === undefined ? all(false) : tfsr.TF1.is(true))

/** Wherever instrumentation may run, an access may have a wrong tag. */

export const tagFaults = (tasks: readonly Seen[]): readonly ActionHandle[] =>
  tasks.flatMap(({ me, at, cpu: { current, tfsr } }) =>
    tfsr === undefined ? [] : [
      action(`tag fault of ${me}`, {}, () => ({
        lane: me,
        when: all(current.is(me), not(tfsr.TF1), at(isInstrumentable)),
        then: set(tfsr, { TF1: true, up: 0 }),
      })),
    ])

/** mte_check_tfsr_el1(): reports and clears. */
export const mteCheckTfsr = ({ cpu: { tfsr } }: WithMte): Statements => tfsr !== undefined && set(tfsr, clear)

/** An exception is taken: the maker is one frame further up. */
export const framePushed = ({ cpu: { tfsr } }: WithMte): Statements =>
  tfsr !== undefined && when(all(tfsr.TF1, tfsr.up.ge(0)), set(tfsr.up, tfsr.up.plus(1)))

/** An exception returns. */
export const framePopped = ({ cpu: { tfsr } }: WithMte): Statements =>
  tfsr !== undefined && when(all(tfsr.TF1, tfsr.up.ge(0)), set(tfsr.up, tfsr.up.minus(1)))
