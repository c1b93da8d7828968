/**
 * x86: exception entry and exit where one flag masks interrupts, and an NMI is an NMI.
 *
 * Interrupt gates clear IF, and IF is all there is: irqentry_enter() and irqentry_exit() run with IF clear, whatever the
 * exception, and a task switch on the way out happens with exactly interrupts masked. An NMI closes a latch that only IRET
 * opens. It is never routed through irqentry_exit(), so that no task is switched to with the latch closed. The second model
 * routes it there: the latch then does what D and A do on arm64, and lockdep's belief, which that exit does not put back, is
 * wrong. In the third the handler of a page fault opens interrupts and does not mask them again.
 * Sources: arch/x86/mm/fault.c (exc_page_fault), arch/x86/kernel/nmi.c (exc_nmi), kernel/entry/common.c, kernel/sched/core.c.
 * Not modelled: faults in the handler of an NMI, whose IRET opens the latch early; see specs/bugs/nested-nmi.ts.
 */

import {
  all, always, arrival, at, bool, type Calls, check, choose, decide, each, either, type Expr, forever, idle, implies, inside,
  type Lines, model, nesting, not, oneOf, range, reachable, record, routines, set, state, step, threads, type Variables,
} from 'modelcheck'

const tasks = ['T1', 'T2'] as const
const mask = record({ interruptsOff: bool, nmiBlocked: bool })
const open = { interruptsOff: false, nmiBlocked: false }
const noInterrupts = { interruptsOff: true, nmiBlocked: false }

const machine = () => state({
  current: oneOf(tasks).starts('T1'),
  /** EFLAGS.IF, inverted, and the latch. */
  cpu: mask.starts(open),
  needResched: bool.starts(false),
  lockdepOn: bool.starts(true),
  nmiCount: each(tasks, range(0, 1)).starts(0),
  /** Observer: the mask with which a task was switched out. */
  switchedOut: each(tasks, mask).starts(open),
})
const locals = { regs: mask.starts(open), lockdep: bool.starts(false) }

interface Here extends ReturnType<typeof machine> {
  readonly me: (typeof tasks)[number]
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name =
  | 'exc_interrupt' | 'exc_page_fault' | 'exc_nmi' | 'irqentry_enter' | 'irqentry_exit' | 'preempt_schedule_irq' | '__schedule'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const exitsMasked = 'irqentry_exit runs with interrupts off'

const localIrqEnable = ({ cpu, lockdepOn }: Here) =>
  step('local_irq_enable', set(lockdepOn, true), set(cpu.interruptsOff, false))
const localIrqDisable = ({ cpu, lockdepOn }: Here) =>
  step('local_irq_disable', set(cpu.interruptsOff, true), set(lockdepOn, false))
const finishTaskSwitch = ({ cpu, lockdepOn }: Here) =>
  step('finish_task_switch', set(lockdepOn, true), set(cpu.interruptsOff, false))
const hadInterrupts = ({ frame }: Here): Expr<boolean> => not(frame.regs.interruptsOff)

/** It may wake somebody, as may another CPU meanwhile. */
const faultIn = ({ needResched }: Here) =>
  step('do_user_addr_fault', choose('wakes somebody', [false, true], (wakes) => wakes && set(needResched, true)))

const x86: Design = {
  exc_interrupt: ({ code, needResched }) => [
    code.irqentry_enter(),
    step('handle the interrupt', set(needResched, true)),
    code.irqentry_exit(),
  ],
  exc_page_fault: (k) => [
    k.code.irqentry_enter(),
    decide(hadInterrupts(k), localIrqEnable(k), step('interrupts stay off')),
    faultIn(k),
    localIrqDisable(k),
    k.code.irqentry_exit(),
  ],
  exc_nmi: ({ me, frame, nmiCount, lockdepOn }) => [
    step('irqentry_nmi_enter', set(frame.lockdep, lockdepOn), set(lockdepOn, false), set(nmiCount[me], 1)),
    step('default_do_nmi'),
    step('irqentry_nmi_exit', set(nmiCount[me], 0), set(lockdepOn, frame.lockdep)),
  ],
  irqentry_enter: ({ lockdepOn }) => step('lockdep_hardirqs_off', set(lockdepOn, false)),
  irqentry_exit: (k) => [
    step('lockdep_assert_irqs_disabled', check(k.cpu.interruptsOff, exitsMasked)),
    decide(hadInterrupts(k), [
      decide(k.needResched, k.code.preempt_schedule_irq(), step('no preemption')),
      step('lockdep_hardirqs_on', set(k.lockdepOn, true)),
    ], step('interrupts were off')),
  ],
  preempt_schedule_irq: (k) => [localIrqEnable(k), k.code.__schedule(), localIrqDisable(k)],
  __schedule: (k) => [
    localIrqDisable(k),
    step('__switch_to', set(k.needResched, false), set(k.switchedOut[k.me], k.cpu),
      set(k.current, k.me === 'T1' ? 'T2' : 'T1')),
    finishTaskSwitch(k),
  ],
}

const nmiThroughIrqentry: Design = {
  ...x86,
  exc_nmi: ({ code, needResched }) => [
    code.irqentry_enter(),
    step('default_do_nmi', set(needResched, true)),
    code.irqentry_exit(),
  ],
}
const faultStaysOpen: Design = {
  ...x86,
  exc_page_fault: (k) => [
    k.code.irqentry_enter(),
    decide(hadInterrupts(k), localIrqEnable(k), step('interrupts stay off')),
    faultIn(k),
    k.code.irqentry_exit(),
  ],
}

const switchMask = 'SW-1: a task switch happens with exactly interrupts masked'
const sameMask = 'SW-2: a task finds the mask it was switched out with'
const nmisOpen = 'NMI-1: no task runs its own code with NMIs blocked'
const lockdepBelief = 'LKD-1: lockdep believes what the hardware does, where instrumentation may run'
const ownCode = ['work', 'local_irq_save', 'work with interrupts off']
const bodies = ['handle the interrupt', 'do_user_addr_fault', 'default_do_nmi']

const system = (design: Design) => {
  const k = machine()
  const { current, cpu, lockdepOn, nmiCount, switchedOut } = k
  const exception = (name: string, when: Expr<boolean> | true, here: Here, runs: Lines) => arrival(name, {
    when,
    limit: 1,
    notAt: (label) => name === 'page fault' && !ownCode.includes(label) && label !== 'handle the interrupt',
    does: [set(here.frame.regs, cpu), set(cpu.interruptsOff, true), name === 'NMI' && set(cpu.nmiBlocked, true)],
    runs,
    // Every IRET opens the latch.
    returns: step('iret', set(cpu.interruptsOff, here.frame.regs.interruptsOff), set(cpu.nmiBlocked, false)),
  })
  const bind = (me: Here['me'], frame: Here['frame']): Here => {
    const unbound = { ...k, me, frame }
    return { ...unbound, code: routines(design, unbound) }
  }
  const task = threads(tasks, {
    locals,
    runs: (me) => current.is(me),
    arrivals: (me, frame) => {
      const here = bind(me, frame)
      return [
        exception('interrupt', not(cpu.interruptsOff), here, here.code.exc_interrupt()),
        exception('page fault', true, here, here.code.exc_page_fault()),
        exception('NMI', not(cpu.nmiBlocked), here, here.code.exc_nmi()),
      ]
    },
  }, (me, frame) => {
    const here = bind(me, frame)
    return [
      me === 'T2' && finishTaskSwitch(here),
      forever(either(
        [idle('work')],
        [
          step('local_irq_save', set(cpu.interruptsOff, true), set(lockdepOn, false)),
          step('work with interrupts off'),
          step('local_irq_restore', set(lockdepOn, true), set(cpu.interruptsOff, false)),
        ],
      )),
    ]
  })
  const ofCurrent = (claim: (me: (typeof tasks)[number]) => Expr<boolean>) =>
    always(all(tasks.map((me) => implies(current.is(me), claim(me)))))

  return {
    threads: [task.T1, task.T2],
    properties: {
      [switchMask]: ofCurrent((me) => implies(at(task[me], '__switch_to'), cpu.is(noInterrupts))),
      [sameMask]: ofCurrent((me) =>
        implies(all(at(task[me], 'finish_task_switch'), inside(task[me], '__schedule')), switchedOut[me].is(cpu))),
      [nmisOpen]: ofCurrent((me) => implies(at(task[me], ownCode), not(cpu.nmiBlocked))),
      'RET-1: code that had interrupts on has them on again': ofCurrent((me) =>
        implies(at(task[me], ['work', 'local_irq_save']), not(cpu.interruptsOff))),
      'PRE-1: no task switch from an NMI': ofCurrent((me) => implies(at(task[me], '__switch_to'), nmiCount[me].is(0))),
      [lockdepBelief]: ofCurrent((me) =>
        implies(at(task[me], [...ownCode, ...bodies]), lockdepOn.is(not(cpu.interruptsOff)))),
      'a task is preempted on its way out of a page fault': reachable(
        all(current.is('T1'), inside(task.T1, 'exc_page_fault'), at(task.T1, '__switch_to'))),
      'three exceptions nest': reachable(nesting(task.T1).is(3)),
    },
  }
}

export const x86Entry = model('x86-entry', () => system(x86))
export const throughIrqentry = model('x86-entry-nmi-through-irqentry', () => ({
  ...system(nmiThroughIrqentry),
  expectViolated: [switchMask, sameMask, nmisOpen, lockdepBelief],
}))
export const staysOpen = model('x86-entry-fault-stays-open', () => ({ ...system(faultStaysOpen), expectViolated: [exitsMasked] }))
