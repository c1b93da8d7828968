/**
 * arm64 with pseudo-NMI: system calls of 32-bit tasks did not note in PMR that PSTATE.I is what masks.
 *
 * With pseudo-NMI the kernel reads PMR alone to learn whether interrupts are on. An exception sets PSTATE.I and leaves PMR
 * open, so that the entry code must write GIC_PRIO_PSR_I_SET. The entry of 64-bit system calls did, that of 32-bit ones did
 * not, and both go on in the same C code.
 * Source: commit f46f27a576cc; arch/arm64/kernel/entry.S (gic_prio_kentry_setup) and asm/daifflags.h.
 */

import {
  all, always, arrival, at, bool, type Calls, forever, idle, implies, inside, type Lines, model, not, oneOf, reachable, routines,
  set, state, step, threads, type Variables, when,
} from 'modelcheck'

const pmr = oneOf(['ON', 'OFF', 'PSR'])
const registers = () => state({ irqMasked: bool.starts(false), pmr: pmr.starts('ON'), pending: bool.starts(true) })
const locals = { savedPmr: pmr.starts('ON'), flags: pmr.starts('ON') }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name = 'el0_svc' | 'el0_svc_compat' | 'el0_svc_common' | 'local_daif_restore' | 'local_daif_mask' | 'gic_prio_kentry_setup'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const unmarked: Design = {
  gic_prio_kentry_setup: (k) => step('PMR := PSR', set(k.pmr, 'PSR')),
  el0_svc: ({ code }) => [code.gic_prio_kentry_setup(), code.el0_svc_common()],
  el0_svc_compat: ({ code }) => code.el0_svc_common(),
  el0_svc_common: ({ code, frame, ...k }) => [
    step('local_irq_save', set(frame.flags, k.pmr), when(k.pmr.is('ON'), set(k.pmr, 'OFF'))),
    step('context tracking: user_exit'),
    step('local_irq_restore', set(k.pmr, frame.flags)),
    code.local_daif_restore(),
    step('system call'),
    code.local_daif_mask(),
  ],
  local_daif_restore: (k) => [step('PMR := ON', set(k.pmr, 'ON')), step('DAIF := open', set(k.irqMasked, false))],
  local_daif_mask: (k) => [step('DAIF := masked', set(k.irqMasked, true)), step('PMR := PSR', set(k.pmr, 'PSR'))],
}
const marked: Design = {
  ...unmarked,
  el0_svc_compat: ({ code }) => [code.gic_prio_kentry_setup(), code.el0_svc_common()],
}

const systemCalls = (design: Design) => {
  const k = registers()

  const { task } = threads(['task'], {
    locals,
    arrivals: (_, frame) => {
      const code = routines(design, { ...k, frame })
      const call = (name: string, runs: Lines) => arrival(name, {
        when: true,
        limit: 1,
        notAt: (label) => label !== 'user code',
        does: [set(frame.savedPmr, k.pmr), set(k.irqMasked, true)],
        runs,
        returns: step('ERET', set(k.pmr, frame.savedPmr), set(k.irqMasked, false)),
      })
      return [
        call('svc', code.el0_svc()),
        call('svc of a 32-bit task', code.el0_svc_compat()),
        arrival('IRQ', {
          when: all(k.pending, not(k.irqMasked), k.pmr.is('ON')),
          limit: 1,
          does: [set(frame.savedPmr, k.pmr), set(k.irqMasked, true)],
          runs: [code.gic_prio_kentry_setup(), step('handle', set(k.pending, false))],
          returns: step('ERET', set(k.pmr, frame.savedPmr), set(k.irqMasked, false)),
        }),
      ]
    },
  }, () => forever(idle('user code')))

  return {
    threads: task,
    properties: {
      'EN-1: interrupts that C code finds enabled are deliverable': always(implies(
        all(at(task, ['local_irq_save', 'context tracking: user_exit', 'local_irq_restore', 'system call']), k.pmr.is('ON')),
        not(k.irqMasked),
      )),
      'an interrupt comes in a system call': reachable(all(at(task, 'system call'), not(k.pending))),
      'a 32-bit task makes a system call': reachable(all(at(task, 'system call'), inside(task, 'el0_svc_compat'))),
    },
  }
}

export const buggy = model('compat-svc', () => ({
  ...systemCalls(unmarked),
  expectViolated: ['EN-1: interrupts that C code finds enabled are deliverable'],
}))

export const fixed = model('compat-svc-marked', () => systemCalls(marked))
