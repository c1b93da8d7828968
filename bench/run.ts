/**
 * The bench: us and the peers on the same models in one run, as Markdown on stdout.
 *
 * `npm run bench -- [--small] [--runs n] [--only name]… [spec.ts …]`: other specs are explored by us alone.
 */

import { parseArgs } from 'node:util'
import { compare, type Result } from './compare.ts'
import { commitText, machineText, present } from './machine.ts'
import { models, smallModels } from './models.ts'
import { scale, scalingTable } from './scaling.ts'
import { modelTable, summaryTable } from './table.ts'
import type { BenchModel, Tool } from './tool.ts'
import { handwritten } from './tools/handwritten.ts'
import { modelcheck } from './tools/modelcheck.ts'
import { rumur } from './tools/rumur.ts'
import { spin, spinByDefault } from './tools/spin.ts'
import { stateright } from './tools/stateright.ts'
import { tlc } from './tools/tlc.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    small: { type: 'boolean', default: false },
    runs: { type: 'string' },
    only: { type: 'string', multiple: true, default: [] },
  },
})

const runs = Number(values.runs ?? (values.small ? 1 : 5))
const tools: readonly Tool[] = [modelcheck(1), modelcheck(2), handwritten, spin, spinByDefault, rumur, stateright, tlc]

const print = (text: string): void => console.log(`${text}\n`)

/** Distinct states must agree wherever no reduction is on; a peer's extra initial state is allowed for. */
function disagreements(results: readonly Result[]): readonly string[] {
  const ours = results[0]?.sample.distinct ?? 0
  return results
    .filter(({ tool }) => !tool.includes('defaults'))
    .filter(({ sample }) => Math.abs(sample.distinct - ours) > 1)
    .map(({ tool, sample }) => `${tool} has ${sample.distinct} distinct states, we have ${ours}`)
}

async function compareAll(chosen: readonly BenchModel[], here: readonly Tool[]): Promise<void> {
  const all: (readonly Result[])[] = []
  for (const model of chosen) {
    const results = await compare(model, here, runs)
    all.push(results)
    print(modelTable(`${model.name}${model.constant === null ? '' : `, ${model.size} ${model.constant}`}`, results))
    const wrong = disagreements(results)
    if (wrong.length > 0) {
      print(wrong.join('\n'))
      process.exitCode = 1
    }
  }
  if (all.length > 1) print(`### Geometric means over the models\n\n${summaryTable(all)}`)
}

async function scaleAll(chosen: readonly BenchModel[]): Promise<void> {
  const results: [BenchModel, Awaited<ReturnType<typeof scale>>][] = []
  for (const model of chosen) results.push([model, await scale(model, runs)])
  print(`### Two workers\n\n${scalingTable(results)}`)
}

const named = (values.small ? smallModels : models).filter(
  ({ name }) => values.only.length === 0 || values.only.includes(name),
)
const others = positionals.map((name): BenchModel => ({ name, constant: null, size: 1, options: [] }))
const { here, lines } = await present(others.length > 0 ? [modelcheck(1), modelcheck(2)] : tools)
print(
  `Measured ${new Date().toISOString().slice(0, 10)} at ${commitText()} on ${machineText()}; medians of ${runs} runs.\n\n${lines}`,
)
const chosen = others.length > 0 ? others : named
await compareAll(chosen, here)
await scaleAll(chosen)
