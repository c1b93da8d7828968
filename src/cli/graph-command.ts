/**
 * `modelcheck graph`: draws the reachable states of one model. Graphviz, compiled to WebAssembly, is loaded only for SVG.
 */

import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../model/problem.ts'
import { toDot } from '../report/dot.ts'
import { stateGraphOf } from '../report/state-graph.ts'
import { loadJobs } from './jobs.ts'
import { tellProblems, tellText } from './tell.ts'

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
  return E.isLeft(drawn) ? tellProblems(drawn.left, args.color) : tellText(drawn.right, args.out, args.color)
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
