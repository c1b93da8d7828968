/**
 * Claims about parts of the machine that only some models have.
 */

import type { Property } from 'modelcheck'
import { mteProperties } from './mte.ts'
import type { Observed } from './observed.ts'

type Properties = { readonly [name: string]: Property }

export const partProperties = (observed: Observed): Properties => ({ ...mteProperties(observed) })
