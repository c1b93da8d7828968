/**
 * The users of pseudo-NMI get their answers, but not without it, nor from a CPU that was left deaf; and each claim can fail.
 */

import { expect, it } from 'vitest'
import * as spec from '../../../specs/arm64-pseudo-nmi.ts'
import { rework } from '../../../specs/lib/arm64/designs/rework.ts'
import { localIrqDisable } from '../../../specs/lib/arm64/irqflags.ts'
import { backtrace, crashStop, kgdb, type UserOf } from '../../../specs/lib/arm64/nmi-users.ts'
import { interrupted } from '../../../specs/lib/arm64/pseudo-nmi.ts'
import type { Mode } from '../../../specs/lib/arm64/pstate.ts'
import { step } from '../../../src/language/index.ts'
import { type Line, linesOf } from '../../../src/language/line.ts'
import { checkSpec, verdictsOf } from '../../support/build.ts'

const { pmuPlain, backtracePlain, stopPlain, kgdbPlain, pmuBNoGate, backtraceBNoGate, stopBNoGate, kgdbBNoGate } = spec
/** With exceptions that nest, arm64-two-cpus.large.ts judges them, as it does the others. */
const unanswered = [
  pmuPlain,
  backtracePlain,
  stopPlain,
  kgdbPlain,
  pmuBNoGate,
  backtraceBNoGate,
  stopBNoGate,
  kgdbBNoGate,
]

it.each(unanswered)('judges $name as expected', async (builder) => {
  const { properties } = await checkSpec(builder, { set: { depth: 1 } })
  expect(properties.filter((property) => !property.asExpected)).toEqual([])
})

async function verdictsWith(user: UserOf, depth: number, mode: Mode = 'pNMI') {
  return verdictsOf(await checkSpec(interrupted('mutant', { user, design: rework, mode }), { set: { depth } }))
}

it.each(['pNMI', 'no-pNMI'] as const)('misses an answer that the handler does not give (%s)', async (mode) => {
  const silent: UserOf = (target) => ({ ...backtrace(target), handler: () => step('nothing') })
  const verdicts = await verdictsWith(silent, 1, mode)
  expect(verdicts['backtrace: every CPU answers']).toBe('violated')
  expect(verdicts['backtrace: every CPU answers, unless it keeps interrupts off']).toBe('violated')
})

it('finds a pseudo-NMI that interrupts the saving of registers where only interrupts are disabled', async () => {
  const verdicts = await verdictsWith(crashStop(localIrqDisable), 2)
  expect(verdicts['stop: the registers are saved without interruption']).toBe('violated')
  expect(verdicts['stop: every CPU is stopped']).toBe('holds')
})

it('misses a CPU that the debugger does not release', async () => {
  const withoutRelease = (line: Line): Line =>
    line.kind === 'forever'
      ? { ...line, body: line.body.filter((part) => !('label' in part && part.label === 'dbg_master_lock: release')) }
      : line
  const keeping: UserOf = (target) => {
    const user = kgdb(target)
    return { ...user, sender: linesOf(user.sender).map(withoutRelease) }
  }
  const verdicts = await verdictsWith(keeping, 1)
  expect(verdicts['KGDB: a CPU that was rounded up goes on']).toBe('violated')
  expect(verdicts['KGDB: the round-up completes']).toBe('holds')
})
