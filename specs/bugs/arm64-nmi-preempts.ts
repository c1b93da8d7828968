/**
 * Bug: the way back from a pseudo-NMI may preempt: it looks at need_resched and at the part of preempt_count that counts
 * preempt_disable(), not at the part that says "inside an NMI".
 *
 * Fixed in 2019 (1234ad686fb1, an id that we could not confirm): nothing is preempted on the way back from an NMI.
 */

import { all, branch } from 'modelcheck'
import { rework } from '../lib/arm64/designs/rework.ts'
import { deaf, everyDesign, rcuNotTold, switchMask } from '../lib/arm64/findings.ts'
import { pmrWarning } from '../lib/arm64/irqflags.ts'
import { countOf, type Design } from '../lib/arm64/kernel.ts'
import { system, type System } from '../lib/arm64/system.ts'

const beforeTheFix: Design = {
  ...rework,
  __el1_pnmi: (k) => [
    k.code.irqentry_nmi_enter(),
    k.code.gic_handle_irq(),
    branch('need_resched', all(countOf(k).preempt.is(0), k.cpu.needResched[k.me]), k.code.preempt_schedule_irq()),
    k.code.irqentry_nmi_exit(),
  ],
}

const on: Pick<System, 'mode' | 'nesting'> = { mode: 'pNMI', nesting: { depth: 1, otherDepth: 1 } }

export const buggy = system('nmi-preempts', {
  ...on, design: beforeTheFix, preempts: ['__el1_irq', '__el1_pnmi'],
  // Once a task is left inside an NMI handler nothing is right: the next one runs with the NMI's masks, and RCU waits for its end.
  expectViolated: [
    'PRE-1: a task switch only from a preemptible context',
    ...switchMask, ...deaf, ...rcuNotTold, pmrWarning, ...everyDesign,
  ],
})

export const fixed = system('nmi-preempts-fixed', { ...on, design: rework, preempts: ['__el1_irq'], expectViolated: everyDesign })
