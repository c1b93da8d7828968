/**
 * Softirqs and the deferred timer: the verdicts, and that each claim can fail. The last mutant is a bug that a merge brought into
 * mainline: the arm64 exit, split in two, lost its call of hrtimer_rearm_deferred() (1f5ffc672165).
 */

import { describe, expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-softirq.ts'
import { patch1 } from '../../../specs/lib/arm64/designs/patch-1.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { acknowledge, isNmiPriority } from '../../../specs/lib/arm64/gic.ts'
import { gicUnmaskPnmis } from '../../../specs/lib/arm64/gic-masks.ts'
import { hrtimerRearmDeferred } from '../../../specs/lib/arm64/hrtimer.ts'
import { countOf, type Design } from '../../../specs/lib/arm64/kernel.ts'
import { traceHardirqsOn } from '../../../specs/lib/arm64/lockdep.ts'
import { minusOne } from '../../../specs/lib/arm64/preempt-count.ts'
import type { Mode } from '../../../specs/lib/arm64/pstate.ts'
import { type System, system } from '../../../specs/lib/arm64/system.ts'
import { branch, decide, step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

const interruptsOnly: Omit<System, 'design' | 'mode'> = {
  tasks: ['T1', 'T2'],
  preempts: [],
  budgets: { SError: 0, watchpoint: 0 },
}

interface Mutant {
  readonly id: string
  readonly what: string
  readonly mode: Mode
  readonly design: Design
  readonly depth: number
}

const mutants: readonly Mutant[] = [
  {
    id: 'SIRQ-1: a softirq runs with interrupts on, outside of handlers, one at a time',
    what: 'they run wherever a handler ends',
    mode: 'no-pNMI',
    depth: 2,
    design: {
      ...patch1,
      irq_exit_rcu: (k) => [
        step('irq_exit_rcu', minusOne(countOf(k), 'hardirq')),
        decide(k.cpu.softirqPending ?? false, k.code.handle_softirqs()),
      ],
    },
  },
  {
    // Before 614ab80c9647.
    id: 'SIRQ-1: a softirq runs with interrupts on, outside of handlers, one at a time',
    what: 'the driver leaves DAIF.I masked after a pseudo-NMI',
    mode: 'pNMI',
    depth: 2,
    design: {
      ...patch1,
      __gic_handle_irq_from_irqson: (k) => [
        step('gic_read_iar', acknowledge(k, k.frame.intid)),
        branch(
          'gic_rpr_is_nmi_prio',
          isNmiPriority(k),
          [k.code.nmi_enter(), k.code.__gic_handle_nmi(), k.code.nmi_exit()],
          [step('gic_unmask_pnmis', gicUnmaskPnmis(k)), k.code.__gic_handle_irq()],
        ),
      ],
    },
  },
  {
    id: 'TIMER-1: no interrupt or abort returns to interrupts on with the timer unprogrammed',
    what: 'the exit does not reprogram it',
    mode: 'no-pNMI',
    depth: 1,
    design: { ...rework, irqentry_exit: (k) => step('trace_hardirqs_on', traceHardirqsOn(k)) },
  },
]

describe('softirqs and the deferred timer', () => {
  it.each([spec.c1, spec.c4, spec.d])('judges $name as expected', async (builder) => {
    const { properties } = await checkSpec(builder, { set: { depth: 1 } })
    expect(properties.filter(({ asExpected, kind }) => kind !== 'reachable' && !asExpected)).toEqual([])
  })

  it.each(mutants)('$id: fails when $what', async ({ id, mode, depth, design }) => {
    const mutant = system('mutant', {
      ...interruptsOnly,
      design,
      mode,
      having: ['softirqs', 'timer'],
      nesting: { depth, otherDepth: 1 },
    })
    const result = await checkSpec(mutant, { properties: [id], stopAtFirst: true })
    expect(verdictsOf(result)[id]).toBe('violated')
  })

  it('TIMER-2 fails for the window in preempt_schedule_irq alone', async () => {
    const claim = 'TIMER-2: interrupts are never open with the timer unprogrammed'
    const rearmsFirst: Design = {
      ...rework,
      preempt_schedule_irq: (k) => [
        step('hrtimer_rearm_deferred', hrtimerRearmDeferred(k)),
        rework.preempt_schedule_irq(k),
      ],
    }
    const verdictOf = async (design: Design) => {
      const builder = system('timer', { ...interruptsOnly, design, mode: 'no-pNMI', having: ['timer'] })
      return verdictsOf(await checkSpec(builder, { properties: [claim] }))[claim]
    }

    expect(await verdictOf(rework)).toBe('violated')
    expect(await verdictOf(rearmsFirst)).toBe('holds')
  })
})
