/**
 * Results as Markdown. Ratios are against our run with one worker: 3.0 means that we took a third of the time.
 */

import type { Result } from './compare.ts'
import type { Measured } from './record.ts'
import type { Sample, Tool } from './tool.ts'
import { byDefault, oneWorker, reduced, twoCopies, twoWorkers } from './tools/modelcheck.ts'
import { spinByDefault } from './tools/spin.ts'

const number = (value: number): string => Math.round(value).toLocaleString('en-US')
const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 100 ? 3 : 2)
/** Spin's clock counts hundredths: a search below one has no ratio. */
const ratio = (value: number): string => (Number.isFinite(value) && value > 0 ? value.toFixed(value < 10 ? 2 : 1) : '–')

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

export function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n')
}

const nameOf = ({ model: { name, constant, size } }: Measured): string =>
  constant === null ? name : `${name}, ${size} ${constant}`

function millionsPerSecond({ generated, searchMs }: Sample): string {
  if (generated === null) return ''
  return searchMs === 0 ? '–' : (generated / searchMs / 1000).toFixed(1)
}

export function modelTable(measured: Measured): string {
  const ours = measured.results[0]?.sample
  const head = [
    'tool',
    'distinct',
    'generated',
    'whole s',
    'search s',
    'M generated/s',
    'peak MB',
    'to run s',
    'runs',
    'whole',
    'search',
  ]
  const lines = measured.results.map(({ tool, runs, preparedMs, sample }) => [
    tool,
    number(sample.distinct),
    sample.generated === null ? '' : number(sample.generated),
    seconds(sample.wholeMs),
    seconds(sample.searchMs),
    millionsPerSecond(sample),
    number(sample.peakBytes / 1e6),
    preparedMs === 0 ? '' : seconds(preparedMs),
    String(runs),
    ratio(sample.wholeMs / (ours?.wholeMs ?? Number.NaN)),
    ratio(sample.searchMs / (ours?.searchMs ?? Number.NaN)),
  ])
  const notes = measured.notes.map((note) => `${note}\n`)
  return [`### ${nameOf(measured)}`, '', table(head, lines), '', ...notes, `At ${measured.at}.`].join('\n')
}

/** What a user waits for from a saved model to the verdict, each tool with its defaults. */
export function verdictTable(all: readonly Measured[]): string {
  const asked = [byDefault.name, reduced.name, spinByDefault.name]
  const ratios: number[] = []
  const lines = all.map((measured) => {
    const waits = asked.map((name) => {
      const found = measured.results.find(({ tool }) => tool === name)
      return found === undefined ? Number.NaN : found.preparedMs + found.sample.wholeMs
    })
    const [ours = Number.NaN, fewer = Number.NaN, spin = Number.NaN] = waits
    if (Number.isFinite(spin)) ratios.push(spin / ours)
    return [nameOf(measured), ...waits.map(secondsOrNone), ratio(spin / ours), ratio(spin / Math.min(ours, fewer))]
  })
  const head = ['model', ...asked.map((name) => `${name} s`), 'Spin / defaults', 'Spin / the faster of ours']
  const means = ratios.length === 0 ? '' : `\n\nGeometric mean of Spin / defaults: ${ratio(mean(ratios))}.`
  return table(head, lines) + means
}

const secondsOrNone = (ms: number): string => (Number.isFinite(ms) ? seconds(ms) : '–')

const mean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)

/** From here on a search takes long enough that starting up and being compiled are a small part of it. */
const largeFrom = 5_000_000

/** Over all models, and over large ones alone if there are others. */
export function summaryTables(all: readonly Measured[]): string {
  const large = all.filter(({ results: [ours] }) => (ours?.sample.generated ?? 0) >= largeFrom)
  const of = (some: readonly Measured[], what: string): string => `${what}: ${some.length}.\n\n${summaryTable(some)}`
  return [
    of(all, 'All models'),
    ...(large.length === 0 || large.length === all.length
      ? []
      : [of(large, `Models with at least ${number(largeFrom)} generated states`)]),
  ].join('\n\n')
}

/** The geometric mean of the ratios, for each tool over the models that it ran. */
function summaryTable(all: readonly Measured[]): string {
  const tools = [...new Set(all.flatMap(({ results }) => results.slice(1).map(({ tool }) => tool)))]
  const lines = tools.map((tool) => {
    const found = all.flatMap(({ results }) => pairOf(results, tool))
    const missing = all.filter(({ results }) => pairOf(results, tool).length === 0)
    const by = (of: (sample: Sample) => number): number[] =>
      found.map(([theirs, ours]) => of(theirs) / of(ours)).filter((value) => Number.isFinite(value) && value > 0)
    const search = by(({ searchMs }) => searchMs)
    const bounds = `${ratio(Math.min(...search))} to ${ratio(Math.max(...search))}`
    const means = [ratio(mean(by(({ wholeMs }) => wholeMs))), ratio(mean(search))]
    return [tool, String(found.length), ...means, bounds, missing.map(nameOf).join('; ')]
  })
  return table(['tool', 'models', 'whole process', 'search only', 'search, least to most', 'not run on'], lines)
}

function pairOf(results: readonly Result[], tool: string): readonly (readonly [Sample, Sample])[] {
  const theirs = results.find((result) => result.tool === tool)?.sample
  const ours = results[0]?.sample
  return theirs === undefined || ours === undefined ? [] : [[theirs, ours]]
}

export function scalingTable(all: readonly Measured[]): string {
  const head = ['model', 'one worker s', 'two workers s', 'two copies s', 'speed-up', 'share of the ceiling']
  const lines = all.map((measured) => {
    const searchMs = ({ name }: Tool): number =>
      measured.results.find(({ tool }) => tool === name)?.sample.searchMs ?? Number.NaN
    const [one, two, copies] = [searchMs(oneWorker), searchMs(twoWorkers), searchMs(twoCopies)]
    return [nameOf(measured), ...[one, two, copies].map(seconds), ratio(one / two), ratio(copies / 2 / two)]
  })
  return table(head, lines)
}
