/**
 * One model, all tools: each run once before any runs again, so that what else the machine does falls on all alike.
 */

import { median } from './measure.ts'
import type { BenchModel, Contender, Sample, Tool } from './tool.ts'

export interface Result {
  readonly tool: string
  readonly isReduced: boolean
  readonly runs: number
  /** Medians over the runs; counts are the same in all. */
  readonly preparedMs: number
  readonly sample: Sample
}

interface Entrant {
  readonly tool: Tool
  readonly contender: Contender
  readonly prepared: number[]
  readonly samples: Sample[]
}

export interface Comparison {
  readonly results: readonly Result[]
  /** What is to be said of how the tools ran, and of those that did not. */
  readonly notes: readonly string[]
}

export async function compare(model: BenchModel, tools: readonly Tool[], runs: number): Promise<Comparison> {
  const entrants: Entrant[] = []
  const notes = new Map<string, string[]>()
  const note = (text: string, { name }: Tool): unknown => notes.set(text, [...(notes.get(text) ?? []), name])
  for (const tool of tools) {
    process.stderr.write(`${model.name} ${model.size}: preparing ${tool.name}\n`)
    const why = model.without[tool.name]
    const contender = why === undefined ? await tool.prepare(model) : { why }
    if ('why' in contender) {
      note(`left out, ${contender.why}`, tool)
    } else {
      if (contender.note !== undefined) note(contender.note, tool)
      entrants.push({ tool, contender, prepared: [contender.preparedMs], samples: [] })
    }
  }
  for (let run = 0; run < runs; run++) {
    for (const entrant of entrants.filter(({ samples }) => run < runsOf(samples, runs))) {
      process.stderr.write(`${model.name} ${model.size}: ${entrant.tool.name}, run ${run + 1} of ${runs}\n`)
      entrant.samples.push(await (await made(entrant, model)).run())
    }
  }
  const results = entrants.map(({ tool, prepared, samples }) => ({
    tool: tool.name,
    isReduced: tool.isReduced === true,
    runs: samples.length,
    preparedMs: median(prepared),
    sample: middle(tool.name, samples),
  }))
  return { results, notes: [...notes].map(([text, names]) => `${names.join('; ')}: ${text}.`) }
}

/** Three runs are enough of what takes long: what disturbs a run for a moment is a small part of it. */
const longMs = 2000
const runsIfLong = 3

/** How often a tool runs, of `most` times. */
function runsOf([first]: readonly Sample[], most: number): number {
  return first !== undefined && first.wholeMs > longMs ? Math.min(most, runsIfLong) : most
}

async function made({ tool, contender, prepared, samples }: Entrant, model: BenchModel): Promise<Contender> {
  if (tool.isPreparedEachTime !== true || samples.length === 0) return contender
  const again = await tool.prepare(model)
  if ('why' in again) return contender
  prepared.push(again.preparedMs)
  return again
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
