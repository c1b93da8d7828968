/**
 * Every property can fail: for each that holds of the rework there is a small change of one routine that violates it. And the
 * known bugs come from the routines alone: nothing in the model knows what a design is called or what is claimed.
 */

import { expect, it } from 'vitest'
import * as designs from '../../../specs/arm64-designs.ts'
import { afterTheFix } from '../../../specs/bugs/arm64-serror-tells-too-early.ts'
import { ctNmiEnter } from '../../../specs/lib/arm64/context-tracking.ts'
import { localDaifMask, localDaifRestoreNoIrq } from '../../../specs/lib/arm64/daifflags.ts'
import { merged } from '../../../specs/lib/arm64/designs/merged.ts'
import { proposal } from '../../../specs/lib/arm64/designs/proposal.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { acknowledge, isNmiPriority } from '../../../specs/lib/arm64/gic.ts'
import { countOf, type Design, type Kernel, regsIrqsEnabled } from '../../../specs/lib/arm64/kernel.ts'
import { lockdepHardirqsOff, rememberLockdep, traceHardirqsOffFinish } from '../../../specs/lib/arm64/lockdep.ts'
import { minusOne, plusOne } from '../../../specs/lib/arm64/preempt-count.ts'
import { type Mode, masked } from '../../../specs/lib/arm64/pstate.ts'
import { system } from '../../../specs/lib/arm64/system.ts'
import { all, branch, decide, type Lines, not, type Predicate, set, step, when } from '../../../src/language/index.ts'
import type { ModelBuilder } from '../../../src/language/model.ts'
import { buildModel, checkSpec, verdictsOf } from '../../support/build.ts'

interface Mutant {
  readonly id: string
  readonly what: string
  readonly mode: Mode
  readonly change: Partial<Design>
  /** How deep exceptions nest; default: 1. */
  readonly depth?: number
}

/** Masks before it decides about preemption. */
const preemptsMasked: Partial<Design> = {
  exit_to_kernel_mode: (k) => [
    step('local_daif_mask', localDaifMask(k)),
    k.code.irqentry_exit_cond_resched(),
    k.code.irqentry_exit(),
  ],
}

/** Masks first, and opens all but interrupts where the task is to be preempted, whatever was masked where the exception broke in. */
const opensToPreempt: Partial<Design> = {
  exit_to_kernel_mode: (k) => [
    step('local_daif_mask', localDaifMask(k)),
    branch('need_resched', k.cpu.needResched[k.me], [
      step('local_daif_restore(PROCCTX_NOIRQ)', localDaifRestoreNoIrq(k)),
      decide(all(regsIrqsEnabled(k), not(k.frame.state.exitRcu)), k.code.irqentry_exit_cond_resched()),
      step('local_daif_mask', localDaifMask(k)),
    ]),
    k.code.irqentry_exit(),
  ],
}

const classify = (k: Kernel, isNmi: Predicate): Lines =>
  branch(
    'gic_rpr_is_nmi_prio',
    isNmi,
    [k.code.nmi_enter(), k.code.__gic_handle_nmi(), k.code.nmi_exit()],
    k.code.__gic_handle_irq(),
  )

/** An SError handler that enters as an NMI before it tells lockdep and the tracer. */
const mendedSError: Design['el1_error'] = afterTheFix.el1_error

const mutants: readonly Mutant[] = [
  { id: 'SE-1', what: 'masks before preempting', mode: 'no-pNMI', change: preemptsMasked },
  { id: 'DBG-1', what: 'masks before preempting', mode: 'no-pNMI', change: preemptsMasked },
  { id: 'SW-1', what: 'masks before preempting', mode: 'no-pNMI', change: preemptsMasked },
  { id: 'SW-2', what: 'masks before preempting', mode: 'no-pNMI', change: preemptsMasked },
  { id: 'SW-1', what: 'masks before preempting', mode: 'pNMI', change: preemptsMasked },
  { id: 'EN-1', what: 'masks before preempting', mode: 'pNMI', change: preemptsMasked },
  { id: 'NEST-1', what: 'opens A and D to preempt', mode: 'no-pNMI', change: opensToPreempt, depth: 2 },
  { id: 'NEST-1', what: 'opens A and D to preempt', mode: 'pNMI', change: opensToPreempt, depth: 2 },
  {
    id: 'RET-1',
    what: 'a debug handler leaves D set in SPSR',
    mode: 'no-pNMI',
    change: { el1_dbg: (k) => [rework.el1_dbg(k), step('single step', set(k.frame.regs.daif.D, true))] },
  },
  {
    id: 'RET-1',
    what: 'the assembly does not restore PMR',
    mode: 'pNMI',
    change: { kernel_exit: () => step('disable_daif') },
  },
  {
    id: 'EN-1',
    what: 'an entry does not note in PMR that DAIF.I masks',
    mode: 'pNMI',
    change: { kernel_entry: (k) => step('PMR := PSR', set(k.frame.regs.pmr, k.cpu.pmr)) },
  },
  {
    id: 'PMR-1',
    what: 'an entry adds the flag to whatever PMR holds',
    mode: 'pNMI',
    change: {
      kernel_entry: (k) =>
        step(
          'PMR := PSR',
          set(k.frame.regs.pmr, k.cpu.pmr),
          when(k.cpu.pmr.is('OFF'), set(k.cpu.pmr, 'OFF|PSR'), set(k.cpu.pmr, 'PSR')),
        ),
    },
  },
  {
    id: 'NMI-1',
    what: 'the driver does not open pseudo-NMIs',
    mode: 'pNMI',
    change: {
      __gic_handle_irq_from_irqson: (k) => [
        step('gic_read_iar', acknowledge(k, k.frame.intid)),
        classify(k, isNmiPriority(k)),
      ],
    },
  },
  {
    id: 'CLS-1',
    what: 'the driver reads the running priority the wrong way round',
    mode: 'pNMI',
    change: {
      __gic_handle_irq_from_irqson: (k) => [
        step('gic_read_iar', acknowledge(k, k.frame.intid)),
        classify(k, not(isNmiPriority(k))),
      ],
    },
  },
  {
    id: 'CLS-1',
    what: 'with interrupts off, PMR is not lowered around the acknowledge',
    mode: 'pNMI',
    change: {
      __gic_handle_irq_from_irqsoff: (k) => [
        step('gic_read_iar', acknowledge(k, k.frame.intid)),
        k.code.__gic_handle_nmi(),
      ],
    },
  },
  {
    id: 'CLS-1',
    what: 'the handler runs before preempt_count is told',
    mode: 'no-pNMI',
    change: {
      __el1_irq: (k) => [
        k.code.enter_from_kernel_mode(),
        k.code.gic_handle_irq(),
        k.code.irq_enter_rcu(),
        k.code.irq_exit_rcu(),
        k.code.exit_to_kernel_mode(),
      ],
    },
  },
  {
    id: 'PRE-1',
    what: 'preemption does not look at preempt_count',
    mode: 'no-pNMI',
    change: {
      irqentry_exit_cond_resched: (k) =>
        branch('irqentry_exit_cond_resched', k.cpu.needResched[k.me], k.code.preempt_schedule_irq()),
    },
  },
  {
    id: 'LKD-2',
    what: 'an NMI does not give lockdep its belief back',
    mode: 'no-pNMI',
    change: {
      el1_error: mendedSError,
      irqentry_nmi_exit: (k) => k.code.nmi_exit(),
    },
  },
  {
    id: 'TRC-1',
    what: 'an interrupt does not tell the tracer',
    mode: 'no-pNMI',
    change: { irqentry_enter: (k) => step('lockdep_hardirqs_off', set(k.cpu.hardirqs.L, false)) },
  },
  {
    id: 'TRC-1',
    what: 'a watchpoint in the idle loop does not tell the tracer',
    mode: 'no-pNMI',
    change: {
      arm64_enter_el1_dbg: (k) =>
        k.me === 'idle' ? step('ct_nmi_enter', ctNmiEnter(k)) : rework.arm64_enter_el1_dbg(k),
    },
  },
  {
    id: 'TRC-2',
    what: 'a watchpoint tells the tracer before RCU',
    mode: 'no-pNMI',
    change: {
      el1_error: mendedSError,
      arm64_enter_el1_dbg: (k) => [
        step('lockdep_hardirqs_off', rememberLockdep(k, k.frame.state.lockdep), lockdepHardirqsOff(k)),
        step('trace_hardirqs_off_finish', traceHardirqsOffFinish(k)),
        step('ct_nmi_enter', ctNmiEnter(k)),
      ],
    },
  },
  {
    id: 'RCU-1',
    what: 'an NMI does not tell RCU',
    mode: 'no-pNMI',
    change: {
      irqentry_nmi_enter: (k) => step('__nmi_enter', plusOne(countOf(k), 'nmi', 'hardirq')),
      irqentry_nmi_exit: (k) => step('__nmi_exit', minusOne(countOf(k), 'nmi', 'hardirq')),
    },
  },
  {
    id: 'LKD-1',
    what: 'an exit tells lockdep nothing',
    mode: 'no-pNMI',
    change: { el1_error: mendedSError, irqentry_exit: () => step('trace_hardirqs_on') },
  },
]

/** The full name of the property with this short name. */
function propertyOf(mutant: ModelBuilder, id: string): string {
  const found = buildModel(mutant).properties.find(({ name }) => name.startsWith(`${id}:`))
  if (found === undefined) throw new Error(`no property ${id}`)
  return found.name
}

it.each(mutants)('$id fails when $what ($mode)', async ({ id, mode, change, depth = 1 }) => {
  const mutant = system('mutant', { design: { ...rework, ...change }, mode, preempts: [] })
  const property = propertyOf(mutant, id)

  const result = await checkSpec(mutant, { set: { depth }, properties: [property], stopAtFirst: true })

  expect(verdictsOf(result)[property]).toBe('violated')
})

it.each([
  { name: 'rework', design: rework, mode: 'no-pNMI' },
  { name: 'rework', design: rework, mode: 'pNMI' },
  { name: 'merged', design: merged, mode: 'no-pNMI' },
] as const)('LKD-1 and TRC-2 have no other cause than the SError handler: $name, $mode', async ({ design, mode }) => {
  const mended = system('mended', { design: { ...design, el1_error: mendedSError }, mode, preempts: [] })
  const properties = ['LKD-1', 'TRC-2'].map((id) => propertyOf(mended, id))

  const result = await checkSpec(mended, { set: { depth: design === merged ? 1 : 2 }, properties })

  expect(properties.map((property) => verdictsOf(result)[property])).toEqual(['holds', 'holds'])
})

/** The proposal's last step as a plain write. */
const masksQuietly: Partial<Design> = {
  exit_to_kernel_mode: (k) => [k.code.irqentry_exit(), step('disable_daif', set(k.cpu.daif, masked))],
}

it.each([
  { what: 'the mask that it ends with', change: {}, verdict: 'violated' },
  { what: 'none, where that is a plain write', change: masksQuietly, verdict: 'holds' },
])('LKD-1 has a second cause in the proposal: $what', async ({ change, verdict }) => {
  const design = { ...proposal, el1_error: mendedSError, ...change }
  const mended = system('mended', { design, mode: 'no-pNMI', preempts: [] })
  const property = propertyOf(mended, 'LKD-1')

  const result = await checkSpec(mended, { set: { depth: 1 }, properties: [property] })

  expect(verdictsOf(result)[property]).toBe(verdict)
})

it('changes, from the merged design to the rework, what the kernel patches change', () => {
  const changed = (Object.keys(merged) as (keyof Design)[]).filter((name) => merged[name] !== rework[name])
  expect(changed.sort()).toEqual([
    'arch_irqentry_exit_need_resched',
    'el1_abort',
    'exit_to_kernel_mode',
    'irqentry_exit',
  ])
})

it.each(Object.values(designs))('knows neither its name nor its properties: $name', (builder) => {
  const { properties, instances, variables } = buildModel(builder)
  const shortNames = properties.map(({ name }) => name.split(':')[0]?.replace('-', '').toLowerCase() ?? '')
  expect(variables.map(({ name }) => name.toLowerCase()).filter((name) => shortNames.includes(name))).toEqual([])
  const text = JSON.stringify(instances.map(({ guard, effect }) => [guard, effect]))
  const mentions = properties.filter(({ name }) => text.includes(name) && !name.startsWith('WARN'))
  expect(mentions).toEqual([])
})
