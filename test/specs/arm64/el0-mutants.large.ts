/**
 * Every claim about EL0 can fail: for each there is a small change of one routine of the rework that violates it. And what the
 * proposal violates at EL0 comes from the helpers that it masks and unmasks with, and from nothing else.
 */

import { expect, it } from 'vitest'
import { localDaifMask } from '../../../specs/lib/arm64/daifflags.ts'
import { proposal } from '../../../specs/lib/arm64/designs/proposal.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { userFault } from '../../../specs/lib/arm64/entry-user.ts'
import { workOf } from '../../../specs/lib/arm64/exit-to-user.ts'
import { tracingHelpers } from '../../../specs/lib/arm64/findings.ts'
import { raiseFiq } from '../../../specs/lib/arm64/fiq.ts'
import { leastHardware } from '../../../specs/lib/arm64/hardware.ts'
import { localIrqDisable, localIrqEnable } from '../../../specs/lib/arm64/irqflags.ts'
import { countOf, type Design, type Kernel } from '../../../specs/lib/arm64/kernel.ts'
import { plusOne } from '../../../specs/lib/arm64/preempt-count.ts'
import { errorContext, type Mode, masked, noIrq, open } from '../../../specs/lib/arm64/pstate.ts'
import { type System, system } from '../../../specs/lib/arm64/system.ts'
import { branch, type Lines, set, step } from '../../../src/language/index.ts'
import { buildModel, checkSpec, verdictsOf } from '../../support/build.ts'

interface Mutant {
  readonly id: string
  readonly what: string
  readonly mode?: Mode
  readonly change: Partial<Design>
}

/** The exit masks first, as it did once, but opens no more than interrupts for the work. */
const masksBeforeWork: Partial<Design> = {
  arm64_exit_to_user_mode: (k) => [
    step('local_daif_mask', localDaifMask(k)),
    k.code.exit_to_user_mode_loop(),
    k.code.exit_to_user_mode(),
  ],
}

const mutants: readonly Mutant[] = [
  { id: 'SW-1', what: 'masks before the work', change: masksBeforeWork },
  { id: 'SE-1', what: 'masks before the work', change: masksBeforeWork },
  { id: 'DBG-1', what: 'masks before the work', change: masksBeforeWork },
  { id: 'USR-1', what: 'the way out does not restore PMR', mode: 'pNMI', change: { ret_to_user: () => step('eret') } },
  { id: 'RET-1', what: 'the way out does not restore PMR', mode: 'pNMI', change: { ret_to_user: () => step('eret') } },
  {
    id: 'WORK-1',
    what: 'the thread flags are not read again after a turn',
    change: {
      exit_to_user_mode_loop: (k) =>
        branch('read_thread_flags', k.cpu.needResched[k.me], [
          step('local_irq_enable', localIrqEnable(k)),
          k.code.schedule(),
          step('arch_do_signal_or_restart', set(workOf(k).signalPending, false)),
          step('local_irq_disable', localIrqDisable(k)),
        ]),
    },
  },
  {
    id: 'PRE-1',
    what: 'a debug handler leaves preempt_count raised',
    change: {
      el0_watchpt: (k) => [step('preempt_disable', plusOne(countOf(k), 'preempt')), k.code.el0_svc()],
    },
  },
  {
    id: 'RCU-1',
    what: 'the way in does not tell RCU',
    change: { enter_from_user_mode: (k) => step('trace_hardirqs_off', set(k.cpu.hardirqs, { L: false, T: false })) },
  },
  {
    id: 'RCU-2',
    what: 'the way out does not tell RCU',
    change: { exit_to_user_mode: (k) => step('trace_hardirqs_on', set(k.cpu.hardirqs, { L: true, T: true })) },
  },
  {
    id: 'LKD-3',
    what: 'the way out does not tell lockdep',
    change: { exit_to_user_mode: (k) => step('user_enter_irqoff', set(k.cpu.rcuWatching, false)) },
  },
  {
    id: 'TRC-2',
    what: 'the way in tells the tracer before RCU',
    change: {
      enter_from_user_mode: (k) => [
        step('trace_hardirqs_off_finish', set(k.cpu.hardirqs, { L: false, T: false })),
        step('user_exit_irqoff', set(k.cpu.rcuWatching, true)),
      ],
    },
  },
]

const users = (design: Design, mode: Mode, parts: Partial<System> = {}) =>
  system('users', {
    design,
    mode,
    tasks: ['T1', 'T2'],
    users: ['T1', 'T2'],
    preempts: [],
    outside: leastHardware,
    nesting: { depth: 1, otherDepth: 1 },
    ...parts,
  })

const propertyOf = (builder: ReturnType<typeof users>, id: string): string =>
  buildModel(builder).properties.find(({ name }) => name.startsWith(`${id}:`))?.name ?? ''

it.each(mutants)('$id fails when $what', async ({ id, mode = 'no-pNMI', change }) => {
  const mutant = users({ ...rework, ...change }, mode)
  const property = propertyOf(mutant, id)

  const result = await checkSpec(mutant, { properties: [property], stopAtFirst: true })

  expect(verdictsOf(result)[property]).toBe('violated')
})

/** The way in leaves F open, as it did before f0098155d337. */
const leavesF: Partial<Design> = {
  el0_interrupt: (k) => [
    k.code.kernel_entry(),
    k.code.enter_from_user_mode(),
    step('write_sysreg(NOIRQ, daif)', set(k.cpu.daif, { D: false, A: false, I: true, F: false })),
    k.code.irq_enter_rcu(),
    k.code.gic_handle_irq(),
    k.code.irq_exit_rcu(),
    k.code.arm64_exit_to_user_mode(),
    k.code.ret_to_user(),
  ],
}

/** The way out does not look at TFSR. */
const looksAway: Partial<Design> = {
  arm64_exit_to_user_mode: (k) => [
    step('local_irq_disable', localIrqDisable(k)),
    k.code.exit_to_user_mode_loop(),
    step('local_daif_mask', localDaifMask(k)),
    k.code.exit_to_user_mode(),
  ],
}

it.each([
  { id: 'FIQ-1', having: 'FIQ', change: leavesF },
  { id: 'FIQ-2', having: 'FIQ', change: leavesF },
  { id: 'MTE-1', having: 'MTE', change: looksAway },
] as const)('$id fails at EL0 under a change of the way in or out ($having)', async ({ id, having, change }) => {
  const parts: Partial<System> = { having: [having], outside: (k) => [...leastHardware(k), ...raiseFiq(k)] }
  const verdictOf = async (design: Design) => {
    const builder = users(design, 'no-pNMI', { ...parts, budgets: { 'SError from EL0': 0, SError: 0 } })
    const property = propertyOf(builder, id)
    return verdictsOf(await checkSpec(builder, { set: { depth: 2 }, properties: [property] }))[property]
  }

  expect(await verdictOf({ ...rework, ...change })).toBe('violated')
  expect(await verdictOf(rework)).toBe('holds')
})

/** The proposal's way from and to EL0, with writes of the registers and nothing else. */
const rawMask = (k: Kernel): Lines =>
  step('disable_daif', set(k.cpu.daif, masked), k.mode === 'pNMI' && set(k.cpu.pmr, 'PSR'))
const rawNoIrq = (k: Kernel): Lines =>
  step(
    'write_sysreg(NOIRQ, daif)',
    k.mode === 'pNMI' && set(k.cpu.pmr, 'OFF'),
    set(k.cpu.daif, k.mode === 'pNMI' ? open : noIrq),
  )

const leave = (k: Kernel): Lines => [
  step('local_irq_disable', localIrqDisable(k)),
  k.code.exit_to_user_mode_loop(),
  k.code.exit_to_user_mode(),
  rawMask(k),
  k.code.ret_to_user(),
]
const enter = (k: Kernel): Lines => [
  k.code.kernel_entry(),
  rawNoIrq(k),
  k.code.enter_from_user_mode(),
  step('local_irq_enable', localIrqEnable(k)),
]
const rawHelpers: Partial<Design> = {
  el0_svc: (k) => [enter(k), step('do_el0_svc'), leave(k)],
  el0_da: (k) => [enter(k), userFault(k), leave(k)],
  el0_interrupt: (k) => [
    k.code.kernel_entry(),
    step('write_sysreg(NOIRQ, daif)', set(k.cpu.daif, noIrq)),
    k.code.enter_from_user_mode(),
    k.code.irq_enter_rcu(),
    k.code.gic_handle_irq(),
    k.code.irq_exit_rcu(),
    leave(k),
  ],
}
/** An SError opens D, and its handler must not tell the tracer either. */
const quietSError: Design['el1_error'] = (k) => [
  k.code.kernel_entry(),
  step('write_sysreg(NOIRQ, daif)', set(k.cpu.daif, errorContext)),
  k.code.irqentry_nmi_enter(),
  step('do_serror'),
  k.code.irqentry_nmi_exit(),
  k.code.kernel_exit(),
]

const judge = async (design: Design, mode: Mode, depth: number) =>
  verdictsOf(await checkSpec(users(design, mode), { set: { depth }, properties: tracingHelpers }))
const [lockdep = '', tracer = ''] = tracingHelpers

it.each(['no-pNMI', 'pNMI'] as const)('the proposal needs helpers that tell nobody (%s)', async (mode) => {
  expect(await judge(proposal, mode, 1)).toEqual({ [lockdep]: 'violated', [tracer]: 'violated' })
  expect(await judge({ ...proposal, ...rawHelpers }, mode, 1)).toEqual({ [lockdep]: 'holds', [tracer]: 'holds' })
})

it('the proposal lets SErrors and watchpoints into its bookkeeping, and plain writes do not help against either', async () => {
  const quiet = await judge({ ...proposal, ...rawHelpers, el1_error: quietSError }, 'no-pNMI', 2)
  // A watchpoint between the tracer's "on" and lockdep's finds lockdep off, and puts nothing back.
  expect(quiet).toEqual({ [lockdep]: 'violated', [tracer]: 'holds' })
  const telling = await judge({ ...proposal, ...rawHelpers }, 'no-pNMI', 2)
  expect(telling[tracer]).toBe('violated')
})
