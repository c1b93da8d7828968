/**
 * x86: a machine check could leave its NMI count behind, and the task scheduled with it.
 *
 * A machine check is entered like an NMI. When it hit user code and the page can be given up, the rest is left to task work,
 * which runs on the way to user mode and sleeps. On that path the handler returned without the exit that belongs to its
 * entry. With the fix it leaves like everywhere else.
 * Source: a vendor's fix, deepin kernel pull request 454; arch/x86/kernel/cpu/mce/core.c. No upstream commit is confirmed, and
 * which call was missing is our reading.
 */

import {
  all, always, arrival, at, bool, type Calls, check, decide, either, forever, idle, implies, leave, type Lines, model, not, range,
  reachable, routines, set, state, step, threads,
} from 'modelcheck'

const machine = () => state({ interruptsOn: bool.starts(true), nmiCount: range(0, 2).starts(0), taskWork: bool.starts(false) })

interface Here extends ReturnType<typeof machine> {
  readonly code: Calls<keyof Design>
}
type Name = 'exc_machine_check_user' | 'do_machine_check' | 'nmi_enter' | 'nmi_exit' | 'exit_to_user_mode_loop' | 'memory_failure'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const whileAtomic = 'PRE-1: nobody schedules with the NMI count raised'

const unbalanced: Design = {
  exc_machine_check_user: ({ code }) => [code.do_machine_check(), code.exit_to_user_mode_loop()],
  nmi_enter: ({ nmiCount }) => step('preempt_count += NMI', set(nmiCount, nmiCount.plus(1))),
  nmi_exit: ({ nmiCount }) => step('preempt_count -= NMI', set(nmiCount, nmiCount.minus(1))),
  do_machine_check: ({ code, taskWork }) => [
    code.nmi_enter(),
    either(
      [step('corrected: log it')],
      [step('uncorrected in user memory: queue_task_work', set(taskWork, true)), leave('routine')],
    ),
    code.nmi_exit(),
  ],
  exit_to_user_mode_loop: ({ code, interruptsOn, taskWork }) => decide(taskWork, [
    step('local_irq_enable', set(interruptsOn, true)),
    code.memory_failure(),
    step('local_irq_disable', set(interruptsOn, false), set(taskWork, false)),
  ]),
  memory_failure: ({ nmiCount, interruptsOn }) => step('lock_page: schedule', check(all(nmiCount.is(0), interruptsOn), whileAtomic)),
}
const balanced: Design = {
  ...unbalanced,
  do_machine_check: ({ code, taskWork }) => [
    code.nmi_enter(),
    either(
      [step('corrected: log it')],
      [step('uncorrected in user memory: queue_task_work', set(taskWork, true))],
    ),
    code.nmi_exit(),
  ],
}

const checking = (design: Design) => {
  const k = machine()
  const { interruptsOn, nmiCount, taskWork } = k

  const { task } = threads(['task'], {
    arrivals: () => [
      arrival('machine check', {
        when: true,
        limit: 1,
        budget: 2,
        notAt: (label) => label !== 'user code',
        does: set(interruptsOn, false),
        runs: routines(design, k).exc_machine_check_user(),
        returns: step('iret', set(interruptsOn, true)),
      }),
    ],
  }, () => forever(idle('user code')))

  return {
    threads: task,
    properties: {
      'user code runs with interrupts on and no work left': always(implies(at(task, 'user code'), all(interruptsOn, not(taskWork)))),
      'a page is given up': reachable(at(task, 'lock_page: schedule')),
      'an error is logged as an NMI': reachable(all(at(task, 'corrected: log it'), nmiCount.is(1))),
    },
  }
}

export const buggy = model('machine-check', () => ({ ...checking(unbalanced), expectViolated: [whileAtomic] }))
export const fixed = model('machine-check-balanced', () => checking(balanced))
