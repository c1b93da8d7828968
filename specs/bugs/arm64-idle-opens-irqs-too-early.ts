/**
 * Bug: the architecture's idle function opens interrupts with the traced local_irq_enable() while RCU is not watching.
 *
 * Fixed by 58c644ba512c: raw_local_irq_enable(), which tells nobody. (Since 6e1d2bc675bd and its successors interrupts stay off
 * until RCU watches again; so they do in the other models here.)
 */

import { step } from 'modelcheck'
import { rework } from '../lib/arm64/designs/rework.ts'
import { everyDesign, rcuNotTold } from '../lib/arm64/findings.ts'
import { localIrqDisable, localIrqEnable, rawLocalIrqDisable, rawLocalIrqEnable } from '../lib/arm64/irqflags.ts'
import type { Design } from '../lib/arm64/kernel.ts'
import { system, type System } from '../lib/arm64/system.ts'

const beforeTheFix: Design = {
  ...rework,
  cpu_do_idle: (k) => [
    rework.cpu_do_idle(k),
    step('local_irq_enable (arch_cpu_idle)', localIrqEnable(k)),
    step('local_irq_disable (arch_cpu_idle)', localIrqDisable(k)),
  ],
}

export const afterTheFix: Design = {
  ...rework,
  cpu_do_idle: (k) => [
    rework.cpu_do_idle(k),
    step('raw_local_irq_enable', rawLocalIrqEnable(k)),
    step('raw_local_irq_disable', rawLocalIrqDisable(k)),
  ],
}

const on: Pick<System, 'mode' | 'preempts' | 'nesting'> = {
  mode: 'no-pNMI', preempts: [], nesting: { depth: 1, otherDepth: 1 },
}

export const buggy = system('idle-opens-irqs-too-early', {
  ...on, design: beforeTheFix, expectViolated: [...rcuNotTold, ...everyDesign],
})

export const fixed = system('idle-opens-irqs-too-early-fixed', { ...on, design: afterTheFix, expectViolated: everyDesign })
