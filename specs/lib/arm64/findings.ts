/**
 * Properties that designs are known to violate, by cause.
 */

/** A task is switched with another mask than the one that every switch counts on. */
export const switchMask = [
  'SW-1: a task switch happens with exactly interrupts masked',
  'SW-2: a task finds the mask it was switched out with',
]
/** A task that is switched to inside an exception return inherits D and A masked (scenario of the thread of March 2026). */
export const switchedMasked = [
  'SE-1: no task runs its own code with SError masked',
  'DBG-1: no task runs its own code with debug exceptions masked',
  ...switchMask,
]
/** And without pseudo-NMI, interrupts find it so, and open D and A for their handlers. */
export const wrongMask = [...switchedMasked, 'NEST-1: an exception lets nothing in that is masked where it broke in']
/** And with pseudo-NMI it inherits I masked, which local_irq_enable() does not undo. */
export const deaf = [
  'EN-1: enabled interrupts are deliverable, where instrumentation may run',
  'NMI-1: disabling interrupts does not hold back a pseudo-NMI',
]
const tracerUnwatched = 'TRC-2: the tracer is told of a change only while RCU watches'
/** In every design: the SError handler tells lockdep that interrupts are off before irqentry_nmi_enter remembers its belief. */
export const lockdepAfterSError = ['LKD-1: lockdep believes what the hardware does, where instrumentation may run']
/** And it tells the tracer, before RCU watches: in the idle loop it did not. */
export const everyDesign = [...lockdepAfterSError, tracerUnwatched]
/** In the proposal: local_daif_mask() tells lockdep "off" after irqentry_exit() has told it what it will find. */
export const lockdepAfterMask = lockdepAfterSError
/** A handler does not tell the tracer, which believes in the idle loop, around WFI, that interrupts are on. */
export const tracerNotTold = ['TRC-1: the tracer believes what lockdep believes, where instrumentation may run']
/** RCU takes the CPU for one that reads nothing while instrumented code, or a handler, runs. */
export const rcuNotTold = ['RCU-1: RCU watches where instrumentation may run, and is told the end of every handler']
/**
 * The proposal masks and unmasks where RCU does not watch, and where lockdep has been told already. Helpers that tell the tracer, as
 * local_daif_mask() and local_daif_restore() do, cannot be used there.
 */
export const tracingHelpers = [
  'LKD-3: lockdep and the tracer believe interrupts on at EL0',
  tracerUnwatched,
]
