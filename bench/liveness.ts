/**
 * What liveness costs: one `leadsTo` under fairness against the safety search of the same model under the same budget, with transitions recorded
 * and with transitions regenerated, and against Spin's search for fair acceptance cycles.
 *
 * `npm run bench:liveness -- [--small] [--runs n]`
 */

import { parseArgs } from 'node:util'
import { commitText, machineText } from './machine.ts'
import { median } from './measure.ts'
import { runCount } from './run-count.ts'
import { table } from './table.ts'
import type { BenchModel, Sample } from './tool.ts'
import { runOurs, workers } from './tools/modelcheck.ts'
import { sourceOf, workFolder } from './tools/sources.ts'
import { buildVerifier, deepestStack, searchMsIn, spinVersion, verify } from './tools/spin.ts'

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
const runs = runCount(values.runs, values.small)
const processes = values.small ? 3 : 5

const modelOf = (subject: Subject, options: readonly string[]): BenchModel => ({
  name: subject.spec,
  constant: null,
  size: 1,
  options: [...subject.options, ...options],
  without: {},
})

type Figures = Pick<Sample, 'searchMs' | 'wholeMs' | 'peakBytes'>

interface Column {
  readonly name: string
  /** The name of that whose search it is held against. */
  readonly base: string
  run(): Promise<Figures>
}

/** Liveness, in whose whole time the others are told. */
const usual = 'liveness, 1 worker'

function columnsOf(subject: Subject): readonly Column[] {
  const pair = (how: string, count: number, options: readonly string[], note = ''): readonly Column[] => {
    const base = `safety, ${how}`
    const column = (name: string, property: string): Column => ({
      name,
      base,
      run: () => runOurs(modelOf(subject, ['--property', property, ...options]), workers(count)),
    })
    return [column(base, subject.safety), column(`liveness, ${how}${note}`, subject.liveness)]
  }
  return [
    ...pair('1 worker', 1, []),
    ...pair('1 worker, tight', 1, ['--memory', subject.tight], ': regenerated'),
    ...pair('2 workers', 2, []),
  ]
}

/** More slots than the lock has states with 5 processes. */
const spinTable = '-w24'

/** None when Spin is not installed. */
async function spinFair(): Promise<readonly Column[]> {
  const file = sourceOf('spin/filter-lock-liveness.pml')
  if (file === null || (await spinVersion()) === null) return []
  const folder = workFolder(`spin-fair-filter-lock-${processes}`)
  await buildVerifier(folder, { file, size: processes, translate: ['-o1'], compile: ['-DNOREDUCE'] })
  const run = async (): Promise<Figures> => {
    const { output, wallMs, peakBytes } = await verify(folder, ['-a', '-f', deepestStack, spinTable])
    if (!/errors: 0/.test(output)) throw new Error(`Spin disagrees:\n${output.slice(0, 2000)}`)
    return { searchMs: searchMsIn(output), wholeMs: wallMs, peakBytes }
  }
  return [{ name: 'Spin -a -f, -o1 -DNOREDUCE', base: 'safety, 1 worker', run }]
}

/** Each once before any again, so that what else the machine does falls on all alike. */
async function sampled(spec: string, columns: readonly Column[]): Promise<ReadonlyMap<string, readonly Figures[]>> {
  const samples = new Map<string, Figures[]>(columns.map(({ name }) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const column of columns) {
      process.stderr.write(`${spec}: ${column.name}, run ${run + 1} of ${runs}\n`)
      samples.get(column.name)?.push(await column.run())
    }
  }
  return samples
}

async function compare(subject: Subject, columns: readonly Column[]): Promise<void> {
  const samples = await sampled(subject.spec, columns)
  const middle = (name: string, of: keyof Figures): number =>
    median(samples.get(name)?.map((sample) => sample[of]) ?? [])
  const head = ['', 'search s', 'whole s', 'peak MB', 'search, against safety', 'whole, against ours']
  const lines = columns.map(({ name, base }) => [
    name,
    (middle(name, 'searchMs') / 1000).toFixed(2),
    (middle(name, 'wholeMs') / 1000).toFixed(2),
    (middle(name, 'peakBytes') / 1e6).toFixed(0),
    (middle(name, 'searchMs') / middle(base, 'searchMs')).toFixed(2),
    (middle(name, 'wholeMs') / middle(usual, 'wholeMs')).toFixed(2),
  ])
  console.log(`### ${subject.spec} ${subject.options.join(' ')}: ${subject.liveness}\n`)
  console.log(table(head, lines))
}

console.log(`Measured at ${commitText()} on ${machineText()}; medians of ${runs} runs.\n`)
const lock = filterLock(processes, values.small ? '1MB' : '40MB')
await compare(lock, [...columnsOf(lock), ...(await spinFair())])
console.log('')
const entry = values.small ? arm64(1, 1, '20MB') : arm64(2, 2, '250MB')
await compare(entry, columnsOf(entry))
