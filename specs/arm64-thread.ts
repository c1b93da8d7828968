/**
 * Two claims of the thread of March 2026 about the order of lines, each with the ways around it.
 *
 * The check for tag faults on exit "needs to be done while RCU is watching, but needs other exceptions masked". In the proposed order
 * (d) it runs in a hook before everything is masked. Put after the mask, it comes when RCU has been told of the end: RCU watches there
 * only as long as no interrupt comes to an idle loop that RCU does not watch. And "before irqentry_enter(), unmask everything except
 * regular interrupts" cannot include pseudo-NMIs on an interrupt's own exception. docs/thread.md has the claims and the answers.
 */

import { all, always, at, constant, decide, implies, model, not, range, reachable, step, threads } from 'modelcheck'
import { afterTheFix as opensIrqsInIdle } from './bugs/arm64-idle-opens-irqs-too-early.ts'
import { localDaifInheritButIrqs, localDaifMask } from './lib/arm64/daifflags.ts'
import { merged } from './lib/arm64/designs/merged.ts'
import { proposal } from './lib/arm64/designs/proposal.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { arrivals } from './lib/arm64/exceptions.ts'
import { signalled } from './lib/arm64/gic.ts'
import { hardware } from './lib/arm64/hardware.ts'
import { type Design, regsIrqsEnabled } from './lib/arm64/kernel.ts'
import { frame, machine, type Task } from './lib/arm64/machine.ts'
import { kernel, ownProgram } from './lib/arm64/program.ts'
import { masked } from './lib/arm64/pstate.ts'

const whileWatching = 'TFSR-1: on exit, tag faults are looked for while RCU watches'
const whileMasked = 'TFSR-2: on exit, tag faults are looked for with everything masked'

/** A kernel thread and the idle task, in which RCU does not watch; interrupts and aborts, without pseudo-NMI. */
const looking = (name: string, design: Design, expectViolated: readonly string[] = []) =>
  model(name, { depth: constant(range(1, 2), 1) }, ({ depth }) => {
    const cpu = machine()
    const tasks = ['T1', 'idle'] as const satisfies readonly Task[]
    const thread = threads(tasks, {
      locals: frame,
      depth,
      runs: (me) => cpu.current.is(me),
      arrivals: (me, locals) => arrivals(kernel(design, { mode: 'no-pNMI', tasks, me, cpu, frame: locals }))
        .filter((one) => one.name === 'IRQ' || one.name === 'data abort'),
    }, (me, locals) => ownProgram(kernel(design, { mode: 'no-pNMI', tasks, me, cpu, frame: locals })))
    const looks = (me: (typeof tasks)[number]) => all(cpu.current.is(me), at(thread[me], 'mte_check_tfsr_exit'))
    return {
      threads: thread,
      actions: hardware({ cpu, mode: 'no-pNMI', tasks }),
      properties: {
        [whileWatching]: always(all(tasks.map((me) => implies(looks(me), cpu.rcuWatching)))),
        [whileMasked]: always(all(tasks.map((me) => implies(looks(me), cpu.daif.is(masked))))),
        'the exit of an exception from the idle task looks': reachable(looks('idle')),
      },
      expectViolated,
    }
  })

/** The other end of the same order: the check after everything has been masked, which is after irqentry_exit(). */
const looksLate: Design = {
  ...proposal,
  exit_to_kernel_mode: (k) => [
    decide(regsIrqsEnabled(k), decide(not(k.frame.state.exitRcu), k.code.irqentry_exit_cond_resched())),
    rework.irqentry_exit(k),
    step('local_daif_mask', localDaifMask(k)),
    step('mte_check_tfsr_exit'),
  ],
}

/** An idle loop as it was before 6e1d2bc675bd: it lets interrupts in before RCU watches again. */
const openIdle = (design: Design): Design => ({ ...design, cpu_do_idle: opensIrqsInIdle.cpu_do_idle })

/** On the way out of an interrupt, D and A are open. */
export const tfsrB = looking('tfsr-b', merged, [whileMasked])
export const tfsrC4 = looking('tfsr-c4', rework)
export const tfsrD = looking('tfsr-d', proposal, [whileMasked])
export const tfsrDLate = looking('tfsr-d-late', looksLate)
export const tfsrC4OpenIdle = looking('tfsr-c4-open-idle', openIdle(rework))
export const tfsrDLateOpenIdle = looking('tfsr-d-late-open-idle', openIdle(looksLate), [whileWatching])

const notAgain = 'ACK-1: between an interrupt and its acknowledgement, the CPU would take none'

/** Steps of the entry of an interrupt, up to the read of IAR. */
const unacknowledged = new Set([
  'PMR := PSR', 'write_sysreg(NOIRQ, daif)', 'local_daif_inherit (all but interrupts)', 'lockdep_hardirqs_off', 'trace_hardirqs_off_finish',
  'mte_check_tfsr_entry', 'irq_enter_rcu', '__nmi_enter', 'ct_nmi_enter', 'gic_pmr_mask_irqs', 'gic_read_iar',
])

/** Opens everything but regular interrupts, pseudo-NMIs included, on the exception of an interrupt too. */
const opensPnmi: Design = {
  ...proposal,
  el1_interrupt: (k) => [
    k.code.kernel_entry(),
    step('local_daif_inherit (all but interrupts)', localDaifInheritButIrqs(k, k.frame.regs)),
    decide(regsIrqsEnabled(k), k.code.__el1_irq(), k.code.__el1_pnmi()),
    k.code.kernel_exit(),
  ],
}

/** One kernel thread, and nothing but interrupts and pseudo-NMIs. */
const acknowledging = (name: string, design: Design, expectViolated: readonly string[] = []) =>
  model(name, () => {
    const cpu = machine()
    const tasks = ['T1'] as const satisfies readonly Task[]
    const { T1 } = threads(tasks, {
      locals: frame,
      depth: 1,
      arrivals: (me, locals) => arrivals(kernel(design, { mode: 'pNMI', tasks, me, cpu, frame: locals }))
        .filter((one) => one.name === 'IRQ'),
    }, (me, locals) => ownProgram(kernel(design, { mode: 'pNMI', tasks, me, cpu, frame: locals })))
    const wouldTake = all(not(cpu.daif.I), signalled({ mode: 'pNMI', cpu }))
    return {
      threads: T1,
      actions: hardware({ cpu, mode: 'pNMI', tasks }),
      properties: {
        [notAgain]: always(implies(at(T1, (label) => unacknowledged.has(label)), not(wouldTake))),
        'a pseudo-NMI is handled': reachable(at(T1, 'handle_nmi')),
      },
      expectViolated,
    }
  })

export const ackD = acknowledging('ack-d-pnmi', proposal)
export const ackOpensPnmi = acknowledging('ack-d-opens-pnmi', opensPnmi, [notAgain])
