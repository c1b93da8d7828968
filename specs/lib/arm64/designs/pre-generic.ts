/**
 * Before the generic entry code (a): the interrupt path preempts, synchronous exceptions never do. For exceptions from EL1 it takes the
 * steps of patch 1/2, which goes back to it; arm64_preempt_schedule_irq is the name of what decides.
 *
 * Source: arch/arm64/kernel/entry-common.c at 1b2d3451ee50 (v5.19), with the driver after 614ab80c9647.
 */

import type { Design } from '../kernel.ts'
import { patch1 } from './patch-1.ts'

export const preGeneric: Design = { ...patch1 }
