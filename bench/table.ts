/**
 * Results as Markdown. Ratios are against our run with one worker: 3.0 means that we took a third of the time.
 */

import type { Result } from './compare.ts'

const number = (value: number): string => Math.round(value).toLocaleString('en-US')
const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 100 ? 3 : 2)
/** Spin's clock counts hundredths: a search below one has no ratio. */
const ratio = (value: number): string => (Number.isFinite(value) && value > 0 ? value.toFixed(value < 10 ? 2 : 1) : '–')

export function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

export function modelTable(title: string, results: readonly Result[]): string {
  const ours = results[0]?.sample
  const head = [
    'tool',
    'distinct',
    'generated',
    'whole s',
    'search s',
    'M generated/s',
    'peak MB',
    'to run s',
    'whole',
    'search',
  ]
  const lines = results.map(({ tool, preparedMs, sample }) =>
    row([
      tool,
      number(sample.distinct),
      number(sample.generated),
      seconds(sample.wholeMs),
      seconds(sample.searchMs),
      sample.searchMs === 0 ? '–' : (sample.generated / sample.searchMs / 1000).toFixed(1),
      number(sample.peakBytes / 1e6),
      preparedMs === 0 ? '' : seconds(preparedMs),
      ratio(sample.wholeMs / (ours?.wholeMs ?? Number.NaN)),
      ratio(sample.searchMs / (ours?.searchMs ?? Number.NaN)),
    ]),
  )
  return [`### ${title}`, '', row(head), row(head.map(() => '---')), ...lines].join('\n')
}

/** Over all models: the geometric mean of the ratios, for each tool that ran at least one. */
export function summaryTable(models: readonly (readonly Result[])[]): string {
  const ratios = new Map<string, { readonly whole: number; readonly search: number }[]>()
  for (const results of models) {
    const ours = results[0]?.sample
    for (const { tool, sample } of results.slice(1)) {
      const found = ratios.get(tool) ?? []
      const by = (of: 'wholeMs' | 'searchMs'): number => sample[of] / (ours?.[of] ?? Number.NaN)
      ratios.set(tool, [...found, { whole: by('wholeMs'), search: by('searchMs') }])
    }
  }
  const head = ['tool', 'models', 'whole process', 'search only']
  const mean = (values: readonly number[]): number =>
    Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length)
  const lines = [...ratios].map(([tool, found]) =>
    row([
      tool,
      String(found.length),
      ratio(mean(found.map(({ whole }) => whole))),
      ratio(mean(found.map(({ search }) => search))),
    ]),
  )
  return [row(head), row(head.map(() => '---')), ...lines].join('\n')
}
