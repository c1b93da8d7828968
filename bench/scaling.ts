/**
 * Two workers against the ceiling: two independent copies with one worker each, run at the same moment. They share the
 * memory bus and the cache, but no states; nothing with two workers can be faster.
 */

import { median } from './measure.ts'
import { row } from './table.ts'
import type { BenchModel } from './tool.ts'
import { runOurs } from './tools/modelcheck.ts'

export interface Scaling {
  readonly oneMs: number
  readonly twoMs: number
  /** Time of the slower of the two copies. */
  readonly pairMs: number
}

/** Search times, medians over the runs. */
export async function scale(model: BenchModel, runs: number): Promise<Scaling> {
  const times = { one: [] as number[], two: [] as number[], pair: [] as number[] }
  for (let run = 0; run < runs; run++) {
    process.stderr.write(`${model.name} ${model.size}: two workers and two copies, run ${run + 1} of ${runs}\n`)
    times.one.push((await runOurs(model, 1)).searchMs)
    times.two.push((await runOurs(model, 2)).searchMs)
    const pair = await Promise.all([runOurs(model, 1), runOurs(model, 1)])
    times.pair.push(Math.max(...pair.map(({ searchMs }) => searchMs)))
  }
  return { oneMs: median(times.one), twoMs: median(times.two), pairMs: median(times.pair) }
}

export function scalingTable(results: readonly (readonly [BenchModel, Scaling])[]): string {
  const head = ['model', 'one worker s', 'two workers s', 'two copies s', 'speed-up', 'share of the ceiling']
  const lines = results.map(([{ name, size }, { oneMs, twoMs, pairMs }]) =>
    row([
      `${name} ${size}`,
      ...[oneMs, twoMs, pairMs].map((ms) => (ms / 1000).toFixed(2)),
      (oneMs / twoMs).toFixed(2),
      (pairMs / 2 / twoMs).toFixed(2),
    ]),
  )
  return [row(head), row(head.map(() => '---')), ...lines].join('\n')
}
