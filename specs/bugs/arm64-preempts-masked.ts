/**
 * Bug: the exit from an exception preempts after local_daif_mask(), so that the next task runs with D and A masked.
 *
 * Introduced by 99eb057ccd67 (the preemption of the interrupt path moved into the exit that all exceptions share). Fixed for stable kernels by
 * 2371bd83b3df (refuse while D or A is masked), upstream by ae654112eac0 (decide first, then mask).
 */

import { merged } from '../lib/arm64/designs/merged.ts'
import { minimalFix } from '../lib/arm64/designs/minimal-fix.ts'
import { everyDesign, wrongMask } from '../lib/arm64/findings.ts'
import { system, type System } from '../lib/arm64/system.ts'

const on: Pick<System, 'mode' | 'nesting'> = { mode: 'no-pNMI', nesting: { depth: 1, otherDepth: 1 } }

export const buggy = system('preempts-masked', {
  ...on, design: merged, preempts: ['el1_abort', '__el1_irq'], expectViolated: [...wrongMask, ...everyDesign],
})

export const fixed = system('preempts-masked-fixed', {
  ...on, design: minimalFix, preempts: ['__el1_irq'], expectViolated: everyDesign,
})
