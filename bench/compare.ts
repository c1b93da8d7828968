/**
 * One model, all tools: each run once before any runs again, so that what else the machine does falls on all alike.
 */

import { median } from './measure.ts'
import type { BenchModel, Contender, Sample, Tool } from './tool.ts'

export interface Result {
  readonly tool: string
  readonly preparedMs: number
  /** Medians over the runs; counts are the same in all. */
  readonly sample: Sample
}

export async function compare(model: BenchModel, tools: readonly Tool[], runs: number): Promise<readonly Result[]> {
  const contenders: { readonly tool: string; readonly contender: Contender; readonly samples: Sample[] }[] = []
  for (const tool of tools) {
    const contender = await tool.prepare(model)
    if (contender !== null) contenders.push({ tool: tool.name, contender, samples: [] })
  }
  for (let run = 0; run < runs; run++) {
    for (const { tool, contender, samples } of contenders) {
      process.stderr.write(`${model.name} ${model.size}: ${tool}, run ${run + 1} of ${runs}\n`)
      samples.push(await contender.run())
    }
  }
  return contenders.map(({ tool, contender, samples }) => ({
    tool,
    preparedMs: contender.preparedMs,
    sample: middle(tool, samples),
  }))
}

function middle(tool: string, samples: readonly Sample[]): Sample {
  const [first] = samples
  if (first === undefined) throw new Error('no run')
  if (samples.some(({ distinct }) => distinct !== first.distinct))
    throw new Error(`${tool} counts differently each time`)
  return {
    distinct: first.distinct,
    generated: first.generated,
    wholeMs: median(samples.map(({ wholeMs }) => wholeMs)),
    searchMs: median(samples.map(({ searchMs }) => searchMs)),
    peakBytes: median(samples.map(({ peakBytes }) => peakBytes)),
  }
}
