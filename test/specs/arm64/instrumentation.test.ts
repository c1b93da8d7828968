/**
 * The regions of entry code in which instrumentation may run: the steps, in the kernel's order; that each claim can fail; and that the two that
 * fail in every design hold where the code is as they want it.
 */

import { describe, expect, it } from 'vitest'
import { ctNmiEnter } from '../../../specs/lib/arm64/context-tracking.ts'
import { merged } from '../../../specs/lib/arm64/designs/merged.ts'
import { proposal } from '../../../specs/lib/arm64/designs/proposal.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { instrumented, kmsanUnpoisonEntryRegs } from '../../../specs/lib/arm64/instrumentation.ts'
import { toIrqsOff, toIrqsOn, toIrqsOnOfIdle } from '../../../specs/lib/arm64/irqentry.ts'
import { countOf, type Design, regsIrqsEnabled } from '../../../specs/lib/arm64/kernel.ts'
import {
  lockdepHardirqsOff,
  rememberLockdep,
  traceHardirqsOffFinish,
  traceHardirqsOn,
} from '../../../specs/lib/arm64/lockdep.ts'
import { mteCheckTfsr } from '../../../specs/lib/arm64/mte.ts'
import { plusOne } from '../../../specs/lib/arm64/preempt-count.ts'
import { system } from '../../../specs/lib/arm64/system.ts'
import { decide, set, step } from '../../../src/language/index.ts'
import { buildModel, checkSpec, verdictsOf } from '../../support/build.ts'
import { handlerPath } from './single-path.ts'

const flat = { depth: 1, otherDepth: 1 }
const instrumentedSystem = (design: Design) =>
  system('instrumented', {
    design,
    mode: 'no-pNMI',
    preempts: [],
    tasks: ['T1', 'idle'],
    having: ['instrumentation'],
    nesting: flat,
  })

async function verdict(design: Design, id: string): Promise<string | undefined> {
  const spec = instrumentedSystem(design)
  const property = buildModel(spec).properties.find(({ name }) => name.startsWith(`${id}:`))?.name ?? ''
  return verdictsOf(await checkSpec(spec, { properties: [property], stopAtFirst: true }))[property]
}

describe('the steps of a region', () => {
  const told = 'instrumentation_begin kmsan_unpoison_entry_regs rcu_irq_enter_check_tick trace_hardirqs_off_finish'
  it.each([
    {
      what: 'an interrupt, as merged',
      design: merged,
      prefix: ['a device interrupts', 'IRQ'],
      steps: `IRQ write_sysreg(NOIRQ, daif) lockdep_hardirqs_off ${told} instrumentation_end mte_check_tfsr_entry irq_enter_rcu gic_read_iar gic_write_eoir handle_irq gic_write_dir irq_exit_rcu mte_check_tfsr_exit instrumentation_begin irqentry_exit_cond_resched trace_hardirqs_on instrumentation_end disable_daif ERET`,
    },
    {
      what: 'an abort, in the rework',
      design: rework,
      prefix: ['data abort'],
      steps: `data abort lockdep_hardirqs_off ${told} instrumentation_end mte_check_tfsr_entry local_daif_inherit do_mem_abort local_irq_disable irqentry_exit_cond_resched local_daif_mask mte_check_tfsr_exit instrumentation_begin trace_hardirqs_on instrumentation_end disable_daif ERET`,
    },
    {
      what: 'an abort, as proposed',
      design: proposal,
      prefix: ['data abort'],
      steps: `data abort local_daif_inherit (all but interrupts) lockdep_hardirqs_off ${told} mte_check_tfsr_entry instrumentation_end local_irq_enable do_mem_abort local_irq_disable instrumentation_begin irqentry_exit_cond_resched mte_check_tfsr_exit trace_hardirqs_on instrumentation_end local_daif_mask ERET`,
    },
    {
      what: 'an SError',
      design: merged,
      prefix: ['SError'],
      steps:
        'SError local_daif_restore(ERRCTX) __nmi_enter lockdep_hardirqs_off ct_nmi_enter instrumentation_begin kmsan_unpoison_entry_regs trace_hardirqs_off_finish instrumentation_end do_serror instrumentation_begin instrumentation_end ct_nmi_exit __nmi_exit disable_daif ERET',
    },
  ])('$what', ({ design, prefix, steps }) => {
    const path = handlerPath(buildModel(instrumentedSystem(design)), prefix)
    expect(path.map(({ label }) => label).join(' ')).toBe(steps)
  })
})

const mutants: readonly { readonly id: string; readonly what: string; readonly design: Design }[] = [
  {
    id: 'NOI-1',
    what: 'the region begins before RCU is told',
    design: {
      ...rework,
      irqentry_nmi_enter: (k) => [
        step('__nmi_enter', rememberLockdep(k, k.frame.state.lockdep), plusOne(countOf(k), 'nmi', 'hardirq')),
        step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
        instrumented(
          k,
          step('ct_nmi_enter', ctNmiEnter(k)),
          kmsanUnpoisonEntryRegs(k),
          step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k)),
        ),
      ],
    },
  },
  {
    id: 'NOI-2',
    what: 'lockdep is told after the region',
    design: {
      ...rework,
      irqentry_enter: (k) => [
        instrumented(k, step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k))),
        step('lockdep_hardirqs_off', lockdepHardirqsOff(k)),
      ],
    },
  },
  {
    id: 'NOI-3',
    what: 'the region is left open',
    design: {
      ...rework,
      irqentry_exit: (k) => [
        k.frame.isInstrumentable !== undefined && step('instrumentation_begin', set(k.frame.isInstrumentable, true)),
        step('trace_hardirqs_on', traceHardirqsOn(k)),
      ],
    },
  },
]

describe('what instrumentation finds', () => {
  it.each(mutants)('$id fails when $what', async ({ id, design }) => {
    expect(await verdict(design, id)).toBe('violated')
    expect(await verdict(rework, id)).toBe('holds')
  })

  it('the proposal looks for tag faults outside of regions on its third exit branch only', async () => {
    const allInside: Design = {
      ...proposal,
      irqentry_exit: (k) => {
        const hook = step('mte_check_tfsr_exit', mteCheckTfsr(k))
        return decide(
          regsIrqsEnabled(k),
          decide(
            k.frame.state.exitRcu,
            toIrqsOnOfIdle(k, hook),
            toIrqsOn(k, k.code.irqentry_exit_cond_resched(), hook),
          ),
          [instrumented(k, hook), toIrqsOff(k)],
        )
      },
    }

    expect(await verdict(proposal, 'NOI-4')).toBe('violated')
    expect(await verdict(allInside, 'NOI-4')).toBe('holds')
  })

  it('only debug exceptions do not tell KMSAN', async () => {
    const told: Design = {
      ...rework,
      arm64_enter_el1_dbg: (k) => [
        step('lockdep_hardirqs_off', rememberLockdep(k, k.frame.state.lockdep), lockdepHardirqsOff(k)),
        step('ct_nmi_enter', ctNmiEnter(k)),
        instrumented(k, kmsanUnpoisonEntryRegs(k), step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k))),
      ],
    }

    expect(await verdict(rework, 'KMSAN-1')).toBe('violated')
    expect(await verdict(told, 'KMSAN-1')).toBe('holds')
  })
})
