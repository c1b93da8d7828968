/**
 * arm64, GICv3: a handler of a pseudo-NMI could work on registers as they were before the interrupt was acknowledged.
 *
 * A read of a system register may run early, until a context synchronisation: an exception, its return, or ISB. The PMU's
 * handler reads the overflow status. If the exception was taken for another interrupt and the counter overflows just before
 * the acknowledgement, the early read says "no overflow". The fix puts an ISB between the two.
 * Source: commits adf14453d2c0 and 6efb50923771; drivers/irqchip/irq-gic-v3.c (gic_complete_ack). Models are sequentially
 * consistent, so that the early read is a step of its own here.
 */

import {
  action, all, any, arrival, at, bool, type Calls, check, decide, forever, idle, ifElse, type Lines, model, not, oneOf, reachable,
  routines, set, state, step, threads, until, type Variables, when,
} from 'modelcheck'

const registers = () => state({
  masked: bool.starts(false),
  timer: bool.starts(false),
  /** PMOVSCLR_EL0; while it is set, the PMU's interrupt is pending. */
  overflow: bool.starts(false),
  /** A read of the overflow status that ran early, and what it got. */
  early: oneOf(['none', 'no overflow', 'overflow']).starts('none'),
})
const locals = { intid: oneOf(['none', 'timer', 'pmu']).starts('none') }

interface Here extends ReturnType<typeof registers> {
  readonly frame: Variables<typeof locals>
  readonly code: Calls<keyof Design>
}
type Design = { readonly [name in 'gic_handle_irq' | 'gic_complete_ack' | 'armpmu_dispatch_irq']: (k: Here) => Lines }

const freshReads = 'the handler sees the overflow that was acknowledged'

const withoutIsb: Design = {
  gic_handle_irq: ({ code, frame, overflow, timer }) => [
    step('read IAR', set(frame.intid, ifElse(overflow, 'pmu', 'timer')), when(not(overflow), set(timer, false))),
    code.gic_complete_ack(),
    decide(frame.intid.is('pmu'), code.armpmu_dispatch_irq(), step('tick')),
  ],
  gic_complete_ack: () => step('write EOIR'),
  armpmu_dispatch_irq: ({ early, overflow }) => [
    step('read PMOVSCLR', check(any(early.is('overflow'), all(early.is('none'), overflow)), freshReads)),
    step('count, and clear', set(overflow, false)),
  ],
}
const withIsb: Design = {
  ...withoutIsb,
  gic_complete_ack: (k) => [withoutIsb.gic_complete_ack(k), step('isb', set(k.early, 'none'))],
}

const profiling = (design: Design) => {
  const k = registers()
  const { masked, timer, overflow, early } = k

  const { cpu } = threads(['cpu'], {
    locals,
    arrivals: (_, frame) => [
      arrival('pNMI or IRQ', {
        when: all(not(masked), any(timer, overflow)),
        limit: 1,
        does: [set(masked, true), set(early, 'none')],
        runs: routines(design, { ...k, frame }).gic_handle_irq(),
        returns: step('ERET', set(masked, false), set(early, 'none')),
      }),
    ],
  }, () => forever(idle('work')))

  const devices = threads(['timer', 'counter'], {}, (me) => forever(
    me === 'timer'
      ? until('fires', not(timer), set(timer, true))
      : until('overflows', not(overflow), set(overflow, true)),
  ))
  const readsEarly = action('read PMOVSCLR early', {}, () => ({
    lane: 'cpu',
    when: { 'the core is that far': at(cpu, (label) => ['read IAR', 'write EOIR', 'isb'].includes(label)), once: early.is('none') },
    then: set(early, ifElse(overflow, 'overflow', 'no overflow')),
  }))

  return {
    threads: [cpu, ...Object.values(devices)],
    actions: readsEarly,
    properties: {
      'a read runs early': reachable(early.isNot('none')),
      'an overflow is counted': reachable(at(cpu, 'count, and clear')),
      'a tick is handled while the counter overflows': reachable(all(at(cpu, 'tick'), overflow)),
    },
  }
}

export const buggy = model('stale-ack', () => ({ ...profiling(withoutIsb), expectViolated: [freshReads] }))
export const fixed = model('stale-ack-isb', () => profiling(withIsb))
