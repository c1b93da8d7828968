/**
 * Does a task that is awake run in the end? The tick, the request to reschedule, the idle loop and the way out of exceptions all have a part in
 * it. A CPU that was left deaf never hears the tick.
 */

import { mergedWithoutGate } from './lib/arm64/designs/merged.ts'
import { rework } from './lib/arm64/designs/rework.ts'
import { pmrWarning } from './lib/arm64/irqflags.ts'
import { wakeups } from './lib/arm64/wakeups.ts'

export const mergedPnmiNoGate = wakeups('merged-pnmi-no-gate', {
  design: mergedWithoutGate, mode: 'pNMI',
  expectViolated: ['L-5: T1 runs in the end when it is awake', 'L-5: T2 runs in the end when it is awake', pmrWarning],
})
export const reworkDesign = wakeups('rework', { design: rework, mode: 'no-pNMI' })
export const reworkPnmi = wakeups('rework-pnmi', { design: rework, mode: 'pNMI' })
