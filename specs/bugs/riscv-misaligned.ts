/**
 * riscv: the emulation of a misaligned access read user memory with interrupts off.
 *
 * A trap turns interrupts off. Reading the user's bytes may fault, and the page fault handler turns interrupts on only if they
 * were on where the fault happened. They were not, so that it went on to sleep for the mmap lock in atomic context. The fix
 * turns them on for the emulation of a trap from user mode.
 * Source: commit 453805f0a28f; arch/riscv/kernel/traps.c (do_trap_load_misaligned), arch/riscv/mm/fault.c.
 */

import {
  all, any, arrival, at, bool, type Calls, check, decide, forever, idle, type Lines, model, nesting, not, reachable, routines,
  set, state, step, threads, until, type Variables,
} from 'modelcheck'

const machine = () => state({ sie: bool.starts(true), mapped: bool.starts(false), mmapLocked: bool.starts(false) })
/** SSTATUS.SPIE: whether interrupts were on where the trap happened. */
const locals = { spie: bool.starts(false) }

interface Here extends ReturnType<typeof machine> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name = 'do_trap_load_misaligned' | 'handle_misaligned_load' | 'do_page_fault' | 'mmap_read_lock'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const atomicContext = 'PRE-1: no task sleeps with interrupts off'

const interruptsOff: Design = {
  do_trap_load_misaligned: ({ code }) => code.handle_misaligned_load(),
  handle_misaligned_load: ({ mapped }) => [until('get_user', mapped), step('put the value together')],
  do_page_fault: ({ code, frame, sie, mapped, mmapLocked }) => [
    decide(frame.spie, step('local_irq_enable', set(sie, true)), step('faulting context is atomic')),
    code.mmap_read_lock(),
    step('handle_mm_fault', set(mapped, true)),
    step('mmap_read_unlock', set(mmapLocked, false)),
    step('local_irq_disable', set(sie, false)),
  ],
  mmap_read_lock: ({ sie, mmapLocked }) => [
    step('might_sleep', check(sie, atomicContext)),
    until('sleep for the lock', not(mmapLocked), set(mmapLocked, true)),
  ],
}
const interruptsOn: Design = {
  ...interruptsOff,
  do_trap_load_misaligned: ({ code, sie }) => [
    step('local_irq_enable', set(sie, true)),
    code.handle_misaligned_load(),
    step('local_irq_disable', set(sie, false)),
  ],
}

const emulating = (design: Design) => {
  const k = machine()
  const { sie, mapped, mmapLocked } = k

  const { task } = threads(['task'], {
    locals,
    arrivals: (_, frame) => {
      const code = routines(design, { ...k, frame })
      const trap = (name: string, from: string, runs: Lines) => arrival(name, {
        when: any(name === 'misaligned load', not(mapped)),
        limit: 1,
        notAt: (label) => label !== from,
        does: [set(frame.spie, sie), set(sie, false)],
        runs,
        returns: step('sret', set(sie, frame.spie)),
      })
      return [
        trap('misaligned load', 'user code', code.do_trap_load_misaligned()),
        trap('page fault', 'get_user', code.do_page_fault()),
      ]
    },
  }, () => forever(idle('user code')))

  const { sibling } = threads(['sibling'], {}, () => forever(
    idle('rest'),
    until('mmap_write_lock', not(mmapLocked), set(mmapLocked, true)),
    step('unmap', set(mapped, false)),
    step('mmap_write_unlock', set(mmapLocked, false)),
  ))

  return {
    threads: [task, sibling],
    properties: {
      'a page fault nests in the emulation': reachable(nesting(task).is(2)),
      'the task sleeps for the lock': reachable(all(at(task, 'sleep for the lock'), mmapLocked)),
      'the value is read': reachable(at(task, 'put the value together')),
    },
  }
}

export const buggy = model('riscv-misaligned', () => ({ ...emulating(interruptsOff), expectViolated: [atomicContext] }))
export const fixed = model('riscv-misaligned-irqs-on', () => emulating(interruptsOn))
