/**
 * Tag faults: in which design an exit's check is the last word, and that each claim can fail.
 */

import { describe, expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-mte.ts'
import { localDaifMask } from '../../../specs/lib/arm64/daifflags.ts'
import { lateTfsr } from '../../../specs/lib/arm64/designs/late-tfsr.ts'
import { patch1 } from '../../../specs/lib/arm64/designs/patch-1.ts'
import type { Design } from '../../../specs/lib/arm64/kernel.ts'
import { isTagFaultNoted, mteCheckTfsr } from '../../../specs/lib/arm64/mte.ts'
import { type System, system } from '../../../specs/lib/arm64/system.ts'
import { loop, step } from '../../../src/language/index.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

const unreported = 'MTE-1: an interrupt or abort returns with no tag fault unreported'
const passedOver = 'MTE-2: a tag fault is reported before an exception returns to its maker'
const wrongBlame = 'MTE-3: a tag fault is charged to its maker'

const quiet: Omit<System, 'design'> = {
  mode: 'no-pNMI',
  tasks: ['T1', 'T2'],
  preempts: [],
  having: ['MTE'],
  budgets: { SError: 0, watchpoint: 0 },
  nesting: { depth: 1, otherDepth: 1 },
}

describe('tag faults', () => {
  it.each([spec.bQuiet, spec.c1Quiet, spec.c5Quiet])('judges $name as expected', async (builder) => {
    const { properties } = await checkSpec(builder, { set: { depth: 1 } })
    expect(properties.filter(({ asExpected, kind }) => kind !== 'reachable' && !asExpected)).toEqual([])
  })

  it.each([
    { builder: spec.d, verdict: 'violated' },
    { builder: spec.c5, verdict: 'holds' },
  ])('an exception that nests after the check of $builder.name: MTE-1 $verdict', async ({ builder, verdict }) => {
    const result = await checkSpec(builder, { properties: [unreported], stopAtFirst: true })
    expect(verdictsOf(result)[unreported]).toBe(verdict)
  })

  it('e5 is preempted with everything masked if it enters anew without opening anything', async () => {
    const property = 'SW-1: a task switch happens with exactly interrupts masked'
    const masked: Design = {
      ...lateTfsr,
      exit_to_kernel_mode: (k) => [
        k.code.irqentry_exit(),
        step('local_daif_mask', localDaifMask(k)),
        loop('mte_check_tfsr_exit', isTagFaultNoted(k), [
          k.code.irqentry_enter(),
          step('mte_report_tfsr', mteCheckTfsr(k)),
          k.code.irqentry_exit(),
        ]),
      ],
    }
    const verdictOf = async (design: Design) => {
      const builder = system('late', { ...quiet, design })
      return verdictsOf(await checkSpec(builder, { properties: [property], stopAtFirst: true }))[property]
    }
    expect(await verdictOf(masked)).toBe('violated')
    expect(await verdictOf(lateTfsr)).toBe('holds')
  })

  const blindEntry: Design['enter_from_kernel_mode'] = (k) => [k.code.irqentry_enter(), step('mte_check_tfsr_entry')]
  const blindExit: Design['exit_to_kernel_mode'] = (k) => [step('mte_check_tfsr_exit'), k.code.irqentry_exit()]

  it.each([
    { id: unreported, what: 'the exit', change: { exit_to_kernel_mode: blindExit } },
    {
      id: passedOver,
      what: 'either',
      change: { enter_from_kernel_mode: blindEntry, exit_to_kernel_mode: blindExit },
    },
    { id: wrongBlame, what: 'the entry', change: { enter_from_kernel_mode: blindEntry } },
  ])('$id fails: blind is $what', async ({ id, change }) => {
    const mutant = system('mutant', { ...quiet, design: { ...patch1, ...change } })
    const result = await checkSpec(mutant, { properties: [id], stopAtFirst: true })
    expect(verdictsOf(result)[id]).toBe('violated')
  })
})
