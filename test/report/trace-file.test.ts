/**
 * The file of a saved trace: what is read is what was written, and it is short.
 */

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'
import { parseTrace, textOfTrace } from '../../src/report/trace-file.ts'
import { committedIn, committedTraces, savedIn } from '../support/committed-traces.ts'
import { hostileTrace } from '../support/traces.ts'

it.each(committedTraces)('%s is written again as it was read', (name) => {
  expect(textOfTrace(savedIn(name))).toBe(readFileSync(`counterexamples/${name}`, 'utf8'))
})

it('is read as it was written whatever the names are', () => {
  expect(parseTrace(textOfTrace(hostileTrace), 'hostile.json')).toEqual(E.right(hostileTrace))
})

it('has a line for each step, with what it changes', () => {
  const saved = savedIn('peterson.peterson-swapped.mutual-exclusion.json')
  const lines = textOfTrace(saved).split('\n')
  const steps = lines.slice(lines.indexOf(' "steps": [') + 1, -3)

  expect(steps.map((line) => JSON.parse(line.replace(/,$/, '')).changes)).toEqual([
    { turn: 'p1', 'p0.pc': 'announce' },
    { turn: 'p0', 'p1.pc': 'announce' },
    { flag: { p0: false, p1: true }, 'p1.pc': 'wait' },
    { 'p1.pc': 'critical' },
    { flag: { p0: true, p1: true }, 'p0.pc': 'wait' },
    { 'p0.pc': 'critical' },
  ])
})

it('is no committed one when it is of a spec of one’s own, or of one that is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-committed-'))
  const name = 'peterson.peterson-swapped.mutual-exclusion.json'
  cpSync(`counterexamples/${name}`, join(folder, name))
  for (const spec of ['my-lock.ts', 'specs/gone.ts'])
    writeFileSync(join(folder, `${spec.slice(-7)}.json`), textOfTrace({ ...savedIn(name), spec }))
  writeFileSync(join(folder, 'notes.txt'), 'mine')

  expect(committedIn(folder)).toEqual([name])
  rmSync(folder, { recursive: true })
})
