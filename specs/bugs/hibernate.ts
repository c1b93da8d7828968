/**
 * arm64: resume from hibernation replaced one kernel by another with SError and debug exceptions open.
 *
 * The pages of the image are copied over the running kernel, its vectors included. Only interrupts were masked for that; any
 * other exception would have jumped into vectors that are half old and half new. Masked as it must be, the error path then
 * has to restore the mask before it returns, and once forgot to.
 * Source: commits 684bde100117 and 541549827889; arch/arm64/kernel/hibernate.c. Which of the two fixes which half is our reading.
 */

import {
  always, arrival, at, bool, type Calls, check, either, forever, idle, implies, leave, type Lines, model, not, oneOf, reachable,
  record, routines, set, state, step, threads, type Variables,
} from 'modelcheck'

const daif = record({ D: bool, A: bool, I: bool })
const open = { D: false, A: false, I: false }
const masked = { D: true, A: true, I: true }
const registers = () => state({
  daif: daif.starts(open),
  vectors: oneOf(['old', 'half', 'image']).starts('old'),
})
const locals = { spsr: daif.starts(open), flags: daif.starts(open) }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'swsusp_arch_resume' | 'mask' | 'unmask' | 'fail']: (k: Here) => Lines }

const wholeVectors = 'SE-1: no exception is taken while one kernel replaces the other'

const right: Design = {
  swsusp_arch_resume: ({ code, vectors }) => [
    code.mask(),
    either([step('create_safe_exec_page fails'), code.fail(), leave('routine')], step('create_safe_exec_page')),
    step('copy pages', set(vectors, 'half')),
    step('copy the last page', set(vectors, 'image')),
    step('the image goes on'),
    code.unmask(),
  ],
  mask: (k) => step('local_daif_save', set(k.frame.flags, k.daif), set(k.daif, masked)),
  unmask: (k) => step('local_daif_restore', set(k.daif, k.frame.flags)),
  fail: ({ code }) => code.unmask(),
}
const onlyInterrupts: Design = {
  ...right,
  mask: (k) => step('local_irq_save', set(k.frame.flags, k.daif), set(k.daif.I, true)),
}
const returnsMasked: Design = { ...right, fail: () => [] }

const resuming = (design: Design) => {
  const k = registers()
  const { vectors } = k

  const { cpu } = threads(['cpu'], {
    locals,
    arrivals: (_, { spsr }) => (['IRQ', 'SError', 'watchpoint'] as const).map((name) => arrival(name, {
      when: not(k.daif[({ IRQ: 'I', SError: 'A', watchpoint: 'D' } as const)[name]]),
      limit: 1,
      does: [set(spsr, k.daif), set(k.daif, masked), check(vectors.isNot('half'), wholeVectors)],
      runs: step(`handle ${name}`),
      returns: step('ERET', set(k.daif, spsr)),
    })),
  }, (_, frame) => forever(
    idle('work'),
    routines(design, { ...k, frame }).swsusp_arch_resume(),
    step('boot again', set(vectors, 'old')),
  ))

  return {
    threads: cpu,
    properties: {
      'RET-1: the caller gets back the mask it had': always(implies(at(cpu, ['work', 'boot again']), k.daif.is(open))),
      'the image runs': reachable(at(cpu, 'the image goes on')),
      'an SError is handled': reachable(at(cpu, 'handle SError')),
      'resume fails': reachable(at(cpu, 'create_safe_exec_page fails')),
    },
  }
}

export const buggy = model('hibernate', () => ({ ...resuming(onlyInterrupts), expectViolated: [wholeVectors] }))
export const buggyReturn = model('hibernate-masked-return', () => ({
  ...resuming(returnsMasked),
  expectViolated: ['RET-1: the caller gets back the mask it had'],
}))
export const fixed = model('hibernate-masked', () => resuming(right))
