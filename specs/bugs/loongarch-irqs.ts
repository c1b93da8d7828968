/**
 * LoongArch: the handler of a breakpoint could go to the exception return with interrupts on.
 *
 * The handler turned interrupts on if they were on in the interrupted code, read from the saved PRMD, and off again by the
 * same test at its end. But a kprobe clears PIE there, so that the instruction is stepped with interrupts off. An interrupt
 * between the restore of ERA and PRMD and ERTN overwrites both registers. The fix decides once, at the beginning.
 * Source: commit cc73cc6bcdb5; arch/loongarch/kernel/traps.c (do_bp), asm/stackframe.h.
 */

import {
  all, arrival, at, bool, type Calls, check, decide, forever, idle, type Lines, model, nesting, not, oneOf, reachable, routines,
  set, state, step, threads, until, type Variables,
} from 'modelcheck'

/** Where an exception returns to: the task, or code of the kernel that was interrupted on its way. */
const place = oneOf(['task', 'kernel'])
const registers = () => state({
  ie: bool.starts(true),
  pie: bool.starts(true),
  era: place.starts('task'),
  stepping: bool.starts(false),
})
/** pt_regs, and the local variable that remembers the test. */
const locals = { regsPie: bool.starts(false), regsEra: place.starts('task'), wasOn: bool.starts(false) }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name = 'SAVE_ALL' | 'RESTORE_ALL' | 'do_bp' | 'kprobe' | 'local_irq_disable'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const returnsWhere = 'RET-1: an exception returns to what it interrupted'
const irqsOff = 'EN-1: the exit code runs with interrupts off'

const testsAgain: Design = {
  SAVE_ALL: ({ frame, pie, era }) => step('regs := CSRs', set(frame.regsPie, pie), set(frame.regsEra, era)),
  RESTORE_ALL: ({ frame, ie, pie, era }) => [
    step('irqentry_exit', check(not(ie), irqsOff)),
    step('CSRs := regs', set(pie, frame.regsPie), set(era, frame.regsEra)),
  ],
  do_bp: ({ code, frame, ie }) => [
    step('wasOn := PRMD.PIE', set(frame.wasOn, frame.regsPie)),
    decide(frame.wasOn, step('local_irq_enable', set(ie, true))),
    code.kprobe(),
    code.local_irq_disable(),
  ],
  // At the breakpoint it prepares the step, at the end of the slot it restores.
  kprobe: ({ frame, stepping }) => step('PIE and stepping', set(frame.regsPie, stepping), set(stepping, not(stepping))),
  local_irq_disable: ({ frame, ie }) => decide(frame.regsPie, step('local_irq_disable', set(ie, false))),
}
const remembers: Design = {
  ...testsAgain,
  local_irq_disable: ({ frame, ie }) => decide(frame.wasOn, step('local_irq_disable', set(ie, false))),
}

const probing = (design: Design) => {
  const k = registers()
  const { ie, pie, era, stepping } = k

  const { task } = threads(['task'], {
    locals,
    arrivals: (_, frame) => {
      const code = routines(design, { ...k, frame })
      const ertn = (to: 'task' | 'kernel') => step('ertn', check(era.is(to), returnsWhere), set(ie, pie))
      const taken = (from: 'task' | 'kernel') => [set(pie, ie), set(ie, false), set(era, from)]
      const breakpoint = (name: string, where: string, isStepping: boolean) => arrival(name, {
        when: stepping.is(isStepping),
        limit: 1,
        notAt: (label) => label !== where,
        does: taken('task'),
        runs: [code.SAVE_ALL(), code.do_bp(), code.RESTORE_ALL()],
        returns: ertn('task'),
      })
      const own = ['work', 'probed instruction', 'slot', 'end of the slot']
      const interrupt = (name: string, from: 'task' | 'kernel') => arrival(name, {
        when: ie,
        limit: 1,
        notAt: (label) => own.includes(label) === (from === 'kernel'),
        does: taken(from),
        runs: [code.SAVE_ALL(), step('handle the interrupt'), code.RESTORE_ALL()],
        returns: ertn(from),
      })
      return [
        breakpoint('break', 'probed instruction', false),
        breakpoint('break of the slot', 'end of the slot', true),
        interrupt('interrupt of the task', 'task'),
        interrupt('interrupt of the kernel', 'kernel'),
      ]
    },
  }, () => forever(
    idle('work'),
    until('probed instruction', stepping),
    step('slot'),
    until('end of the slot', not(stepping)),
  ))

  return {
    threads: task,
    properties: {
      'the slot is stepped with interrupts off': reachable(all(at(task, 'slot'), not(ie))),
      'the task goes on with interrupts on': reachable(all(at(task, 'end of the slot'), not(stepping), ie)),
      'an interrupt nests in the breakpoint': reachable(nesting(task).is(2)),
    },
  }
}

export const buggy = model('loongarch-irqs', () => ({ ...probing(testsAgain), expectViolated: [returnsWhere, irqsOff] }))
export const fixed = model('loongarch-irqs-remembered', () => probing(remembers))
