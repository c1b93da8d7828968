/**
 * Saved counterexamples as runs to begin from: only those that are still runs of the model.
 */

import * as E from 'fp-ts/Either'
import type { Model } from '../model/ir.ts'
import { describeRun } from '../page/describe-run.ts'
import type { PageRun } from '../page/page-data.ts'
import { fromSaved } from '../report/saved-trace.ts'
import { parseTrace } from '../report/trace-file.ts'
import { isStateOf } from './question.ts'

export interface Loaded {
  /** Index into the models. */
  readonly model: number
  readonly run: PageRun
}

/** `Left`: why the text shows no run of these models. */
export function loadRun(models: readonly Model[], text: string, file: string): E.Either<string, Loaded> {
  const saved = parseTrace(text, file)
  if (E.isLeft(saved)) return E.left(saved.left.message)
  const index = models.findIndex((one) => one.name === saved.right.model)
  const model = models[index]
  if (model === undefined) return E.left(`${file} is of the model '${saved.right.model}', which is not explored`)
  const other = Object.entries(saved.right.constants).filter(([name, value]) => model.constants[name] !== value)
  if (other.length > 0)
    return E.left(
      `${file} is a run with other constants: ${other.map(([name, value]) => `--set ${name}=${value}`).join(' ')}`,
    )
  const odd = saved.right.steps.findIndex((step) => !isStateOf(model, step.state))
  const { trace, missing } = fromSaved(model, saved.right)
  const wrong = odd === -1 ? missing : odd
  if (wrong !== null) return E.left(`${file} no longer fits the model at step ${wrong}`)
  const run = describeRun(model, trace, {
    title: saved.right.property,
    claim: 'saved counterexample',
    tone: model.expectedViolations.includes(saved.right.property) ? 'expected' : 'bad',
    reason: saved.right.reason,
  })
  const misfit = run.steps.findIndex((step) => step.pick === -1)
  return misfit === -1 ? E.right({ model: index, run }) : E.left(`${file} no longer fits the model at step ${misfit}`)
}
