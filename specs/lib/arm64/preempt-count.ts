/**
 * preempt_count, one for each task: separate counts for what the kernel packs into bits 0-7, 8-15, 16-19 and 20-23.
 *
 * Source: include/linux/preempt.h. arm64 keeps it in thread_info, so that it is switched with the task.
 */

import { type Expr, range, record, set, type Statements } from 'modelcheck'
import type { VarOf } from './pstate.ts'

export const preemptCount = record({ preempt: range(0, 7), softirq: range(0, 3), hardirq: range(0, 7), nmi: range(0, 3) })
export const preemptible = { preempt: 0, softirq: 0, hardirq: 0, nmi: 0 }
export type Count = VarOf<typeof preemptCount>
type Part = 'preempt' | 'softirq' | 'hardirq' | 'nmi'

export const plusOne = (count: Count, ...parts: readonly Part[]): Statements => parts.map((part) => set(count[part], count[part].plus(1)))
export const minusOne = (count: Count, ...parts: readonly Part[]): Statements => parts.map((part) => set(count[part], count[part].minus(1)))

/** in_interrupt(). */
export const isInInterrupt = (count: Count): Expr<boolean> =>
  count.softirq.plus(count.hardirq).plus(count.nmi).gt(0)
