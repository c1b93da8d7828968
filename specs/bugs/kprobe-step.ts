/**
 * arm64: a kprobe in code that masks debug exceptions left them open.
 *
 * To step over the probed instruction, the handler of the breakpoint changes PSTATE in the exception frame: I is set, so that
 * nothing interrupts the step, and D cleared, so that the step can trap. The handler of the step put back only I. The fix puts
 * back all of DAIF.
 * Source: commit b3980e48528c; arch/arm64/kernel/probes/kprobes.c.
 */

import {
  all, always, arrival, at, bool, type Calls, forever, idle, implies, type Lines, model, nesting, not, reachable, record, routines,
  set, state, step, threads, until, type Variables,
} from 'modelcheck'

const flags = record({ D: bool, I: bool })
const open = { D: false, I: false }
const masked = { D: true, I: true }
const registers = () => state({ pstate: flags.starts(open) })
const locals = { spsr: flags.starts(open), savedIrqflag: flags.starts(open) }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Name = 'probed' | 'setup_singlestep' | 'kprobes_save_local_irqflag' | 'kprobes_restore_local_irqflag'
type Design = { readonly [name in Name]: (k: Here) => Lines }

const onlyI: Design = {
  probed: ({ code, pstate, frame }) => [
    step('BRK', set(frame.spsr, pstate), set(pstate, masked)),
    code.setup_singlestep(),
    step('ERET to the slot', set(pstate, frame.spsr)),
    until('the instruction, and the step exception', not(pstate.D), set(frame.spsr, pstate), set(pstate, masked)),
    code.kprobes_restore_local_irqflag(),
    step('ERET', set(pstate, frame.spsr), set(frame.spsr, open)),
  ],
  setup_singlestep: ({ code, frame }) => [code.kprobes_save_local_irqflag(), step('open D', set(frame.spsr.D, false))],
  kprobes_save_local_irqflag: ({ frame }) => [
    step('saved_irqflag := pstate', set(frame.savedIrqflag, frame.spsr)),
    step('mask I', set(frame.spsr.I, true)),
  ],
  kprobes_restore_local_irqflag: ({ frame }) => step('restore I', set(frame.spsr.I, frame.savedIrqflag.I), set(frame.savedIrqflag, open)),
}
const wholeDaif: Design = {
  ...onlyI,
  kprobes_restore_local_irqflag: ({ frame }) => step('restore DAIF', set(frame.spsr, frame.savedIrqflag), set(frame.savedIrqflag, open)),
}

const probing = (design: Design) => {
  const k = registers()
  const { pstate } = k
  const { cpu } = threads(['cpu'], {
    locals,
    arrivals: (_, { spsr }) => [
      arrival('IRQ', {
        when: not(pstate.I),
        limit: 1,
        does: [set(spsr, pstate), set(pstate, masked)],
        runs: [step('open D', set(pstate.D, false)), step('handle the interrupt')],
        returns: step('ERET', set(pstate, spsr)),
      }),
      arrival('watchpoint', {
        when: not(pstate.D),
        limit: 1,
        does: [set(spsr, pstate), set(pstate, masked)],
        runs: step('handle the watchpoint'),
        returns: step('ERET', set(pstate, spsr)),
      }),
    ],
  }, (_, frame) => {
    const code = routines(design, { ...k, frame })
    return forever(
      idle('work'),
      code.probed(),
      step('local_daif_mask', set(pstate, masked)),
      code.probed(),
      step('masked work'),
      step('local_daif_restore', set(pstate, open)),
    )
  })

  return {
    threads: cpu,
    properties: {
      'RET-1: after a probe, code that masked DAIF still does': always(implies(at(cpu, 'masked work'), pstate.is(masked))),
      'RET-1: after a probe, code that opened DAIF still does': always(implies(at(cpu, 'local_daif_mask'), pstate.is(open))),
      'DBG-1: no task runs its own code with debug exceptions masked': always(implies(at(cpu, 'work'), not(pstate.D))),
      'nothing interrupts the step': always(implies(at(cpu, 'the instruction, and the step exception'), all(pstate.I, not(pstate.D)))),
      'masked code is probed': reachable(at(cpu, 'masked work')),
      'a watchpoint comes in an interrupt': reachable(nesting(cpu).is(2)),
    },
  }
}

export const buggy = model('kprobe-step', () => ({
  ...probing(onlyI),
  expectViolated: ['RET-1: after a probe, code that masked DAIF still does'],
}))

export const fixed = model('kprobe-step-whole-daif', () => probing(wholeDaif))
