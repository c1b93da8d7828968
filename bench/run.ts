/**
 * The bench: us and the peers on the same models in one run, as Markdown on stdout.
 *
 * `npm run bench -- [--small | --large] [--runs n] [--only name]… [--into file] [--write file] [spec.ts …]`
 */

import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { writeOrThrow } from '../src/cli/write-file.ts'
import { compare } from './compare.ts'
import { judgeCounts } from './counts.ts'
import { documentText } from './document.ts'
import { commitText, present } from './machine.ts'
import { largeModels, models, smallModels } from './models.ts'
import { type Measured, recordInto } from './record.ts'
import { runCount } from './run-count.ts'
import type { BenchModel, Tool } from './tool.ts'
import { handwritten } from './tools/handwritten.ts'
import { byDefault, oneWorker, reduced, twoCopies, twoWorkers } from './tools/modelcheck.ts'
import { rumur } from './tools/rumur.ts'
import { specl } from './tools/specl.ts'
import { spin, spinByDefault } from './tools/spin.ts'
import { stateright } from './tools/stateright.ts'
import { tlc } from './tools/tlc.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    large: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
    into: { type: 'string' },
    write: { type: 'string' },
    model: { type: 'string' },
    property: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
  },
})

const tools: readonly Tool[] = [
  oneWorker,
  twoWorkers,
  twoCopies,
  byDefault,
  reduced,
  handwritten,
  spin,
  spinByDefault,
  rumur,
  stateright,
  specl,
  tlc,
]

const print = (text: string): void => console.log(`${text}\n`)

async function measureModel(model: BenchModel, here: readonly Tool[], runs: number): Promise<Measured> {
  const { results, notes } = await compare(model, here, runs)
  const { explanations, mistakes } = judgeCounts(model, results)
  if (mistakes.length > 0) {
    print(mistakes.join('\n'))
    process.exitCode = 1
  }
  const at = `${commitText()}, ${new Date().toISOString().slice(0, 16).replace('T', ' ')}`
  return { model, at, results, notes: [...notes, ...explanations] }
}

/** `--only name` takes every size, `--only name-5` one. */
const isChosen = ({ name, size }: BenchModel): boolean =>
  values.only.length === 0 || values.only.some((only) => only === name || only === `${name}-${size}`)

/** Our own options for a spec that is none of the bench's. */
const passed = [
  ...(values.model === undefined ? [] : ['--model', values.model]),
  ...(values.property === undefined ? [] : ['--property', values.property]),
  ...values.set.flatMap((set) => ['--set', set]),
]
const others = positionals.map((name): BenchModel => ({ name, constant: null, size: 1, options: passed, without: {} }))
const sizes = values.small ? smallModels : values.large ? largeModels : models
const chosen = others.length > 0 ? others : sizes.filter(isChosen)

async function measureAll(): Promise<void> {
  // Said now, and not after minutes.
  if (values.into !== undefined && statSync(values.into, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${values.into} is a folder; --into takes a file`)
  const runs = runCount(values.runs, values.small)
  if (values.small && values.large) throw new Error('--small and --large: one of them')
  if (others.length > 0 && values.only.length > 0) throw new Error('--only chooses among the models of the bench')
  if (others.length === 0 && passed.length > 0) throw new Error('--model, --property and --set go with a spec')
  if (chosen.length === 0) throw new Error(`no model is called ${values.only.join(' or ')}`)
  const { here, lines } = await present(tools)
  let all: readonly Measured[] = []
  for (const model of chosen) {
    const measured = await measureModel(model, here, runs)
    all = values.into === undefined ? [...all, measured] : recordInto(values.into, measured)
    // What is measured so far stays if the rest is stopped.
    if (values.write !== undefined) writeOrThrow(values.write, documentText(lines, all))
  }
  print(documentText(lines, all))
}

try {
  await measureAll()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
