/**
 * `modelcheck graph`: draws the reachable states of one model. Graphviz, compiled to WebAssembly, is loaded only for SVG.
 */

import * as E from 'fp-ts/Either'
import { type Problem, problem, SpecError } from '../model/problem.ts'
import { toDot } from '../report/dot.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { stateGraphOf } from '../report/state-graph.ts'
import { loadJobs } from './jobs.ts'
import { writeOrThrow } from './write-file.ts'

export interface GraphArguments {
  readonly spec: string
  readonly model: readonly string[]
  readonly set: readonly string[]
  readonly format: 'dot' | 'svg'
  /** Names of variables, separated by commas. */
  readonly project: string | undefined
  readonly out: string | undefined
  readonly color: boolean
}

/** Returns the exit code. */
export async function graphCommand(args: GraphArguments): Promise<number> {
  const drawn = await draw(args)
  if (E.isLeft(drawn)) {
    process.stderr.write(`${renderProblems(drawn.left, paintFor(args.color))}\n`)
    return 2
  }
  if (args.out === undefined) {
    process.stdout.write(drawn.right)
    return 0
  }
  try {
    writeOrThrow(args.out, drawn.right)
    return 0
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    process.stderr.write(`${renderProblems([error.problem], paintFor(args.color))}\n`)
    return 2
  }
}

async function draw(args: GraphArguments): Promise<E.Either<readonly Problem[], string>> {
  const jobs = await loadJobs([args.spec], { model: args.model, property: [], set: args.set, timeout: undefined })
  if (E.isLeft(jobs)) return jobs
  const [job, ...others] = jobs.right
  if (job === undefined || others.length > 0) {
    const names = jobs.right.map(({ model }) => model.name).join(', ')
    return E.left([problem('MC301', 'a graph shows one model', `Choose one by --model: ${names}.`)])
  }
  const project = args.project?.split(',').map((name) => name.trim()) ?? null
  const graph = stateGraphOf(job.model, project)
  if (E.isLeft(graph)) return E.left([graph.left])
  const dot = `${toDot(job.model.name, graph.right)}\n`
  if (args.format === 'dot') return E.right(dot)
  const svg = await layOut(dot)
  return E.isLeft(svg) ? E.left([svg.left]) : svg
}

/** `Left`: MC406 when the optional package is not installed. */
async function layOut(dot: string): Promise<E.Either<Problem, string>> {
  try {
    const { Graphviz } = await import('@hpcc-js/wasm-graphviz')
    const graphviz = await Graphviz.load()
    return E.right(graphviz.dot(dot, 'svg'))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND')) throw error
    const hint = 'npm install @hpcc-js/wasm-graphviz; or use --format dot.'
    return E.left(problem('MC406', 'SVG needs the package @hpcc-js/wasm-graphviz, which is not installed', hint))
  }
}
