/**
 * Claims about parts of the machine that only some models have.
 */

import type { Property } from 'modelcheck'
import { el0Properties } from './el0.ts'
import { fiqProperties } from './fiq.ts'
import { mteProperties } from './mte.ts'
import { instrumentationProperties } from './instrumentation.ts'
import type { Observed } from './observed.ts'
import { softirqProperties } from './softirqs.ts'
import { stackProperties } from './stacks.ts'
import { timerProperties } from './timers.ts'

type Properties = { readonly [name: string]: Property }

export const partProperties = (observed: Observed, depth: number): Properties => ({
  ...fiqProperties(observed), ...instrumentationProperties(observed), ...mteProperties(observed), ...stackProperties(observed),
  ...softirqProperties(observed, depth), ...timerProperties(observed),
  ...(observed.users !== undefined && observed.users.length > 0 ? el0Properties(observed) : {}),
})
