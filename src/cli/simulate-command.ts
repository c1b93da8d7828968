/**
 * `modelcheck simulate`: random runs on the reference evaluator, for models too large to explore.
 */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { simulate } from '../../checker/simulate.ts'
import { type Problem, problem } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { renderTrace } from '../report/render-trace.ts'
import { toSaved, traceFileName } from '../report/saved-trace.ts'
import { loadSpec } from '../spec/load.ts'
import { parseSet, selectNames } from './options.ts'

export interface SimulateArguments {
  readonly spec: string
  readonly model: readonly string[]
  readonly set: readonly string[]
  readonly runs: number
  readonly depth: number
  readonly seed: number
  readonly out: string
  readonly color: boolean
}

/** Returns the exit code: 0 nothing found, 1 an unexpected violation. */
export async function simulateCommand(args: SimulateArguments): Promise<number> {
  const paint = paintFor(args.color)
  const fail = (problems: readonly Problem[]): number => {
    process.stderr.write(`${renderProblems(problems, paint)}\n`)
    return 2
  }
  if (!(args.runs >= 1 && args.depth >= 1 && Number.isFinite(args.seed))) {
    return fail([
      problem('MC302', '--runs, --depth and --seed need numbers', 'Write them as --runs 100 --depth 200 --seed 1.'),
    ])
  }
  const set = parseSet(args.set)
  if (E.isLeft(set)) return fail([set.left])
  const built = await loadSpec({ file: args.spec, cwd: process.cwd(), set: set.right })
  if (built.problems.length > 0) return fail(built.problems)
  const names = selectNames(
    'model',
    built.models.map((model) => model.name),
    args.model,
  )
  if (E.isLeft(names)) return fail([names.left])
  let code = 0
  for (const model of built.models.filter((one) => names.right.includes(one.name))) {
    const found = simulate(model, args)
    process.stdout.write(`${paint.bold(model.name)}: ${found.runs} runs, ${found.steps} steps\n`)
    for (const { property, kind, trace } of found.violations) {
      const isExpected = model.expectedViolations.includes(property)
      if (!isExpected) code = 1
      const saved = toSaved({ spec: args.spec, model, property, kind, reason: [] }, trace)
      const file = join(args.out, traceFileName(args.spec, model.name, property))
      try {
        mkdirSync(args.out, { recursive: true })
        writeFileSync(file, `${JSON.stringify(saved, null, 1)}\n`)
      } catch {
        return fail([problem('MC401', `${file} cannot be written`, 'Choose another folder by --out.')])
      }
      process.stdout.write(
        `  ${property} is violated${isExpected ? ', as expected' : ''} (not a shortest run):\n${renderTrace(saved, { full: false, paint, step: null })}\n  saved as ${file}\n`,
      )
    }
  }
  return code
}
