/**
 * What liveness costs: one `leadsTo` under fairness against the safety search of the same model under the same budget, with transitions recorded
 * and with transitions regenerated, and against Spin's search for fair acceptance cycles.
 *
 * `npm run bench:liveness -- [--small] [--runs n]`
 */

import { parseArgs } from 'node:util'
import { commitText, machineText } from './machine.ts'
import { measure, median, succeed } from './measure.ts'
import { row } from './table.ts'
import type { BenchModel, Sample } from './tool.ts'
import { runOurs, workers } from './tools/modelcheck.ts'
import { numberIn, sourceOf, versionBy, workFolder } from './tools/sources.ts'

interface Subject {
  readonly spec: string
  readonly options: readonly string[]
  readonly safety: string
  readonly liveness: string
  /** A budget that holds the states, folded if need be, but not their transitions. */
  readonly tight: string
}

const filterLock = (processes: number, tight: string): Subject => ({
  spec: 'specs/filter-lock.ts',
  options: ['--model', 'filter-lock', '--set', `processes=${processes}`],
  safety: 'mutual exclusion',
  liveness: 'p0 gets in',
  tight,
})

/** The arm64 rework with pseudo-NMI, nested more deeply than its spec declares. */
const arm64 = (depth: number, aborts: number, tight: string): Subject => ({
  spec: 'specs/arm64-liveness.ts',
  options: ['--model', 'rework-pnmi', '--set', `depth=${depth}`, '--set', `aborts=${aborts}`],
  safety: 'deadlock',
  liveness: 'L-1: a pending pseudo-NMI is handled',
  tight,
})

const { values } = parseArgs({
  options: { small: { type: 'boolean', default: false }, runs: { type: 'string' } },
})
const runs = Number(values.runs ?? (values.small ? 1 : 5))
const processes = values.small ? 3 : 5

const modelOf = (subject: Subject, ...options: readonly string[]): BenchModel => ({
  name: subject.spec,
  constant: null,
  size: 1,
  options: [...subject.options, ...options],
  without: {},
})

interface Column {
  readonly name: string
  run(): Promise<Pick<Sample, 'searchMs' | 'wholeMs' | 'peakBytes'>>
  readonly samples: Pick<Sample, 'searchMs' | 'wholeMs' | 'peakBytes'>[]
}

function columnsOf(subject: Subject): readonly Column[] {
  const ours = (name: string, count: number, ...options: readonly string[]): Column => ({
    name,
    run: () => runOurs(modelOf(subject, ...options), workers(count)),
    samples: [],
  })
  const safety = ['--property', subject.safety]
  const liveness = ['--property', subject.liveness]
  return [
    ours('safety, 1 worker', 1, ...safety),
    ours('liveness, 1 worker', 1, ...liveness),
    ours('safety, 1 worker, tight', 1, ...safety, '--memory', subject.tight),
    ours('liveness, 1 worker, tight: regenerated', 1, ...liveness, '--memory', subject.tight),
    ours('safety, 2 workers', 2, ...safety),
    ours('liveness, 2 workers', 2, ...liveness),
  ]
}

/** Null when Spin is not installed. */
async function spinFair(): Promise<Column | null> {
  const source = sourceOf('spin/filter-lock-liveness.pml')
  if (source === null || (await versionBy('spin', '-V')) === null) return null
  const folder = workFolder(`spin-fair-filter-lock-${processes}`)
  await succeed({ program: 'spin', arguments: ['-a', '-o1', `-DN=${processes}`, source], folder })
  await succeed({ program: 'gcc', arguments: ['-O2', '-DNOREDUCE', '-DMEMLIM=8000', '-o', 'pan', 'pan.c'], folder })
  const run = async () => {
    const options = ['-a', '-f', '-m8000000', '-w24']
    const { output, wallMs, peakBytes } = await measure({ program: `${folder}/pan`, arguments: options, folder })
    if (!/errors: 0/.test(output)) throw new Error(`Spin disagrees:\n${output.slice(0, 2000)}`)
    return { searchMs: numberIn(output, /elapsed time ([\d.e+]+) seconds/) * 1000, wholeMs: wallMs, peakBytes }
  }
  return { name: 'Spin -a -f, -o1 -DNOREDUCE', run, samples: [] }
}

async function compare(subject: Subject, columns: readonly Column[]): Promise<void> {
  for (let run = 0; run < runs; run++) {
    for (const { name, run: once, samples } of columns) {
      process.stderr.write(`${subject.spec}: ${name}, run ${run + 1} of ${runs}\n`)
      samples.push(await once())
    }
  }
  const middle = (name: string, of: 'searchMs' | 'wholeMs' | 'peakBytes'): number =>
    median(columns.find((column) => column.name === name)?.samples.map((sample) => sample[of]) ?? [])
  const baseOf = (name: string): string => {
    if (name.includes('2 workers')) return 'safety, 2 workers'
    return name.includes('tight') ? 'safety, 1 worker, tight' : 'safety, 1 worker'
  }
  const head = ['', 'search s', 'whole s', 'peak MB', 'search, against safety', 'whole, against ours']
  const lines = columns.map(({ name }) =>
    row([
      name,
      (middle(name, 'searchMs') / 1000).toFixed(2),
      (middle(name, 'wholeMs') / 1000).toFixed(2),
      (middle(name, 'peakBytes') / 1e6).toFixed(0),
      (middle(name, 'searchMs') / middle(baseOf(name), 'searchMs')).toFixed(2),
      (middle(name, 'wholeMs') / middle('liveness, 1 worker', 'wholeMs')).toFixed(2),
    ]),
  )
  console.log(`### ${subject.spec} ${subject.options.join(' ')}: ${subject.liveness}\n`)
  console.log([row(head), row(head.map(() => '---')), ...lines].join('\n'))
}

console.log(`Measured at ${commitText()} on ${machineText()}; medians of ${runs} runs.\n`)
const lock = filterLock(processes, values.small ? '1MB' : '40MB')
const spin = await spinFair()
await compare(lock, spin === null ? columnsOf(lock) : [...columnsOf(lock), spin])
console.log('')
const entry = values.small ? arm64(1, 1, '20MB') : arm64(2, 2, '250MB')
await compare(entry, columnsOf(entry))
