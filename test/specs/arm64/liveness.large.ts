/**
 * Interrupts and SErrors get handled, requests to reschedule are met and whoever is awake runs: each claim can fail, and holds where
 * exceptions nest too. (The verdicts at the specs' own limits: arm64-two-cpus.large.ts.)
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-liveness.ts'
import { localDaifMask } from '../../../specs/lib/arm64/daifflags.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { dropPriority } from '../../../specs/lib/arm64/gic.ts'
import { bound, heldBack } from '../../../specs/lib/arm64/held-back.ts'
import { localIrqDisable, localIrqEnable } from '../../../specs/lib/arm64/irqflags.ts'
import type { Design } from '../../../specs/lib/arm64/kernel.ts'
import { liveness } from '../../../specs/lib/arm64/liveness.ts'
import type { Mode } from '../../../specs/lib/arm64/pstate.ts'
import { wakeups } from '../../../specs/lib/arm64/wakeups.ts'
import { step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

/** Masks before it decides about preemption. */
const preemptsMasked: Partial<Design> = {
  exit_to_kernel_mode: (k) => [
    step('local_daif_mask', localDaifMask(k)),
    k.code.irqentry_exit_cond_resched(),
    k.code.irqentry_exit(),
  ],
}

interface Mutant {
  readonly claim: string
  readonly what: string
  readonly mode: Mode
  readonly change: Partial<Design>
  readonly aborts?: number
}

const mutants: readonly Mutant[] = [
  {
    claim: 'L-1: a pending pseudo-NMI is handled',
    what: 'a pseudo-NMI is not deactivated',
    mode: 'pNMI',
    change: {
      __gic_handle_nmi: (k) => [step('gic_write_eoir', dropPriority(k, k.frame.intid)), step('handle_nmi')],
    },
    aborts: 0,
  },
  {
    claim: 'L-2: a pending interrupt is handled',
    what: 'an interrupt is not deactivated',
    mode: 'no-pNMI',
    change: {
      __gic_handle_irq: (k) => [step('gic_write_eoir', dropPriority(k, k.frame.intid)), step('handle_irq')],
    },
    aborts: 0,
  },
  {
    claim: 'L-3: a request to reschedule leads to the scheduler',
    what: 'no exception preempts',
    mode: 'no-pNMI',
    change: { irqentry_exit_cond_resched: () => step('irqentry_exit_cond_resched') },
    aborts: 0,
  },
  {
    claim: 'L-4: a pending SError is taken',
    what: 'an exit masks before it preempts',
    mode: 'no-pNMI',
    change: preemptsMasked,
  },
]

it.each(mutants)('violates $claim when $what', async ({ claim, mode, change, aborts = 1 }) => {
  const mutant = liveness('mutant', { design: { ...rework, ...change }, mode })
  const verdicts = verdictsOf(await checkSpec(mutant, { set: { aborts }, properties: [claim] }))
  expect(verdicts[claim]).toBe('violated')
})

it('violates L-5 when the idle loop opens interrupts after its last look at need_resched', async () => {
  const sleepsThrough: Design = {
    ...rework,
    default_idle_call: (k) => [
      step('local_irq_enable', localIrqEnable(k)),
      step('local_irq_disable', localIrqDisable(k)),
      rework.default_idle_call(k),
    ],
  }
  const mutant = wakeups('mutant', { design: sleepsThrough, mode: 'no-pNMI' })
  const verdicts = verdictsOf(await checkSpec(mutant, { set: { aborts: 0 } }))
  expect(verdicts['L-5: T1 runs in the end when it is awake']).toBe('violated')
})

it('violates L-6 when a pseudo-NMI can be masked for ever', async () => {
  const mutant = heldBack('mutant', { what: 'pseudo-NMI', design: { ...rework, ...preemptsMasked }, mode: 'pNMI' })
  const result = await checkSpec(mutant, { properties: [bound('pseudo-NMI')], stopAtFirst: true })
  expect(verdictsOf(result)[bound('pseudo-NMI')]).toBe('violated')
})

it('violates L-7 when the way to EL0 never looks for signals', async () => {
  const claim = 'L-7: a signal is delivered before its task returns to EL0, if it goes on'
  const looksForNothing: Design = { ...rework, exit_to_user_mode_loop: () => step('read_thread_flags') }
  const mutant = liveness('mutant', { design: looksForNothing, mode: 'no-pNMI', fromEl0: true })
  expect(verdictsOf(await checkSpec(mutant, { properties: [claim] }))[claim]).toBe('violated')
})

it.each([spec.mergedUser, spec.reworkUser])('judges $name as expected, with exceptions that nest', async (builder) => {
  const { properties } = await checkSpec(builder, { set: { depth: 2 } })
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})

it('finds the same with exceptions that nest', async () => {
  const verdicts = verdictsOf(await checkSpec(spec.reworkDesign, { set: { depth: 2, aborts: 0 } }))
  expect(verdicts['L-2: a pending interrupt is handled']).toBe('holds')
  expect(verdicts['L-3: a request to reschedule leads to the scheduler']).toBe('holds')
})
