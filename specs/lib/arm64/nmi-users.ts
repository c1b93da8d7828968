/**
 * The users of pseudo-NMI: who sends, who waits, and what the interrupted CPU does.
 *
 * All but the PMU are IPIs. ipi_should_be_nmi() makes backtrace, stop-by-NMI and round-up pseudo-NMIs where PMR is what masks
 * interrupts; elsewhere they are regular interrupts, which a CPU that keeps interrupts off does not answer. A sender that waits does
 * not give up here: 10 s for a backtrace and 1 s for a round-up are longer than any code that comes to its end. The plain
 * IPI of smp_send_stop() may be given up at any time, as what it does is to let a CPU finish.
 * Sources: arch/arm64/kernel/smp.c; lib/nmi_backtrace.c; kernel/debug/debug_core.c (kgdb_cpu_enter, kgdb_nmicallback).
 */

import {
  all, always, any, at, bool, branch, check, either, eventually, type Expr, forever, type Formula, idle, implies, leadsTo, type Lines,
  not, type Property, reachable, set, state, type Statements, step, type ThreadHandle, until, type Var,
} from 'modelcheck'
import { localDaifMask } from './daifflags.ts'
import { irqsDeliverable, regsIrqsDisabled } from './irqflags.ts'
import type { Kernel } from './kernel.ts'
import type { Frame, Machine, Task } from './machine.ts'
import type { Mode } from './pstate.ts'

export interface Target {
  readonly mode: Mode
  readonly cpu: Machine
  /** An IPI is among the pending regular interrupts. */
  readonly ipi: Var<boolean>
}

/** What properties look at: the tasks of the interrupted CPU, their frames, and the code of the other CPU. */
export interface Seen {
  readonly tasks: readonly { readonly me: Task; readonly thread: ThreadHandle; readonly frame: Frame }[]
  readonly sender: ThreadHandle
  /** The claim, of runs in which the requests to reschedule come to an end: with others a CPU may be kept busy for ever. */
  readonly whenSilent: (claim: Formula) => Formula
}

export interface User {
  /** Runs in the interrupted CPU while the interrupt is active. */
  readonly handler: (k: Kernel) => Lines
  /** Runs in the other CPU, or in the device. */
  readonly sender: Lines
  readonly properties: (seen: Seen) => { readonly [name: string]: Property }
}

export type UserOf = (target: Target) => User

const raise = ({ cpu, ipi, mode }: Target, as: 'NMI, if there is one' | 'plain IPI'): Statements =>
  mode === 'pNMI' && as !== 'plain IPI' ? set(cpu.nmiPending, true) : [set(ipi, true), set(cpu.irqPending, true)]

/** An answer comes; and comes at least from a CPU that opens interrupts again and again. */
function answered(target: Target, { whenSilent }: Seen, what: string, [asked, answer]: readonly [Expr<boolean>, Expr<boolean>]) {
  const isAnswered = leadsTo(asked, answer)
  return {
    [what]: whenSilent(isAnswered),
    [`${what}, unless it keeps interrupts off`]: whenSilent(implies(always(eventually(irqsDeliverable(target))), isAnswered)),
  }
}

const sample = 'armpmu->handle_irq: sample'

/** Waits for nothing; the sample is of the code that the interrupt breaks into. */
export const pmu: UserOf = (target) => {
  const { cpu, ipi, mode } = target
  const overflow = mode === 'pNMI' ? cpu.nmiPending : ipi
  return {
    handler: () => step(sample),
    sender: forever(idle('counts'), until('overflows', not(overflow), raise(target, 'NMI, if there is one'))),
    properties: (seen) => ({
      'PMU: a sample is taken with interrupts off': reachable(any(seen.tasks.map(({ me, thread, frame }) =>
        all(cpu.current.is(me), at(thread, sample), regsIrqsDisabled(target, frame.regs))))),
      // Counted twice in preempt_count: the handler of an interrupt, and the NMI in it.
      'PMU: a sample is taken in the handler of an interrupt': reachable(any(seen.tasks.map(({ me, thread }) =>
        all(cpu.current.is(me), at(thread, sample), cpu.preemptCount[me].hardirq.gt(1))))),
      'PMU: code with interrupts off can be sampled': always(all(seen.tasks.map(({ me, thread }) => implies(
        all(cpu.current.is(me), at(thread, 'work with interrupts off')),
        mode === 'pNMI' ? not(cpu.daif.I) : irqsDeliverable(target),
      )))),
      ...answered(target, seen, 'PMU: every overflow is sampled', [overflow, not(overflow)]),
    }),
  }
}

/** The CPU that asks has answered for itself before. A second request at the same time would be dropped. */
export const backtrace: UserOf = (target) => {
  const { mask } = state({ mask: bool.starts(false) })
  return {
    handler: () => branch('nmi_cpu_backtrace', mask, [
      step('show_regs'),
      step('cpumask_clear_cpu(backtrace_mask)', set(mask, false)),
    ]),
    sender: forever(
      idle('sysrq-l, or a lockup is found'),
      step('cpumask_copy(backtrace_mask)', set(mask, true)),
      step('arm64_backtrace_ipi', raise(target, 'NMI, if there is one')),
      until('cpumask_empty(backtrace_mask)', not(mask)),
    ),
    properties: (seen) => answered(target, seen, 'backtrace: every CPU answers', [mask, not(mask)]),
  }
}

const uninterrupted = 'stop: the registers are saved without interruption'

/**
 * panic() with a crash kernel: a plain IPI first, for 1 s, then a pseudo-NMI. That one has 10 ms, after which panic() goes on with
 * whoever has not stopped. `mask` is for the plain IPI, which the pseudo-NMI may overtake.
 */
export const crashStop = (mask: (k: Kernel) => Statements): UserOf => (target) => {
  const { mode } = target
  const { isOnline, isSaving } = state({ isOnline: bool.starts(true), isSaving: bool.starts(false) })
  return {
    handler: (k) => [
      step('ipi_cpu_crash_stop: local_daif_mask', mask(k)),
      step('crash_save_cpu', check(not(isSaving), uninterrupted), set(isSaving, true)),
      step('set_cpu_online(false)', set(isSaving, false), set(isOnline, false)),
      forever(idle('cpu_park_loop')),
    ],
    sender: [
      idle('panic'),
      step('smp_cross_call(IPI_CPU_STOP)', raise(target, 'plain IPI')),
      mode === 'pNMI' && either(
        [until('all have stopped within 1 s', not(isOnline))],
        [step('smp_cross_call(IPI_CPU_STOP_NMI)', raise(target, 'NMI, if there is one'))],
      ),
      until('num_other_online_cpus() == 0', not(isOnline)),
      forever(idle('the crash kernel boots')),
    ],
    properties: (seen) =>
      answered(target, seen, 'stop: every CPU is stopped', [at(seen.sender, 'num_other_online_cpus() == 0'), not(isOnline)]),
  }
}

export const stop = crashStop(localDaifMask)

/** The master keeps the others until the session is over. */
export const kgdb: UserOf = (target) => {
  const { masterLock, isIn } = state({ masterLock: bool.starts(false), isIn: bool.starts(false) })
  return {
    handler: () => branch('kgdb_nmicallback: dbg_master_lock is held', masterLock, [
      step('kgdb_cpu_enter: slaves_in_kgdb + 1', set(isIn, true)),
      until('spin until released', not(masterLock)),
      step('slaves_in_kgdb - 1', set(isIn, false)),
    ]),
    sender: forever(
      idle('breakpoint'),
      step('dbg_master_lock', set(masterLock, true)),
      step('kgdb_roundup_cpus', raise(target, 'NMI, if there is one')),
      until('slaves_in_kgdb == online_cpus', isIn),
      step('the debugger talks'),
      step('dbg_master_lock: release', set(masterLock, false)),
      until('slaves_in_kgdb == 0', not(isIn)),
    ),
    properties: (seen) => ({
      ...answered(target, seen, 'KGDB: the round-up completes', [at(seen.sender, 'slaves_in_kgdb == online_cpus'), isIn]),
      'KGDB: a CPU that was rounded up goes on': leadsTo(isIn, not(isIn)),
    }),
  }
}
