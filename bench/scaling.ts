/**
 * Two workers against the ceiling: two independent copies with one worker each, run at the same moment. They share the
 * memory bus and the cache, but no states; nothing with two workers can be faster.
 */

import { median } from './measure.ts'
import type { BenchModel } from './tool.ts'
import { runOurs, workers } from './tools/modelcheck.ts'

/** Search times, medians over the runs. */
export interface Scaling {
  readonly oneMs: number
  readonly twoMs: number
  /** Time of the slower of the two copies. */
  readonly pairMs: number
}

export async function scale(model: BenchModel, runs: number): Promise<Scaling> {
  const times = { one: [] as number[], two: [] as number[], pair: [] as number[] }
  for (let run = 0; run < runs; run++) {
    process.stderr.write(`${model.name} ${model.size}: two workers and two copies, run ${run + 1} of ${runs}\n`)
    times.one.push((await runOurs(model, workers(1))).searchMs)
    times.two.push((await runOurs(model, workers(2))).searchMs)
    const pair = await Promise.all([runOurs(model, workers(1)), runOurs(model, workers(1))])
    times.pair.push(Math.max(...pair.map(({ searchMs }) => searchMs)))
  }
  return { oneMs: median(times.one), twoMs: median(times.two), pairMs: median(times.pair) }
}
