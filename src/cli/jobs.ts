/**
 * What is to be checked: the selected models of one or several specs, each with its selected properties.
 */

import * as E from 'fp-ts/Either'
import { propertyNames } from '../../checker/judge/selection.ts'
import type { Model } from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { traceFileName } from '../report/trace-file-name.ts'
import type { Built } from '../spec/bundle.ts'
import { buildLimitMs, type LoadOptions } from '../spec/load.ts'
import { loadUntilInterrupt } from './load-spec.ts'
import { parseSet, selectNames } from './options.ts'
import { shownPath } from './shown-path.ts'

export interface JobArguments {
  readonly model: readonly string[]
  readonly property: readonly string[]
  readonly set: readonly string[]
  /** Seconds: bounds the building of the models too. */
  readonly timeout: number | undefined
}

export interface Job {
  /** Path of the spec as it is shown, from the working directory. */
  readonly spec: string
  readonly model: Model
  /** Names of all models that the spec exports. */
  readonly among: readonly string[]
  /** Null: all. */
  readonly properties: readonly string[] | null
}

function limitMs(timeout: number | undefined): number {
  return Math.min(buildLimitMs, Math.max(leastLimitMs, (timeout ?? Number.POSITIVE_INFINITY) * 1000))
}

/** However little time there is for checks, their models are built. */
const leastLimitMs = 5000

/**
 * So many specs are loaded at once. `keep`: as `loadSpec` has it. `Left`: the problems of `loadSpec`, MC301 for a name that selects nothing, MC302 for a malformed
 * `--set`. Throws `Interrupted`.
 */
export async function loadJobs(
  specs: readonly string[],
  args: JobArguments,
  { atOnce = 1, keep }: { readonly atOnce?: number; readonly keep?: LoadOptions['keep'] } = {},
): Promise<E.Either<readonly Problem[], readonly Job[]>> {
  const set = parseSet(args.set)
  if (E.isLeft(set)) return E.left([set.left])
  const options = { limitMs: limitMs(args.timeout), ...(keep === undefined ? {} : { keep }) }
  const loaded = await loadEach(specs, atOnce, (file) =>
    loadUntilInterrupt({ file, cwd: process.cwd(), set: set.right, wanted: args.model }, options),
  )
  const problems = loaded.flatMap(({ built }) => built.problems)
  if (problems.length > 0) return E.left(problems)
  const selected = loaded.flatMap(({ file, built }) =>
    built.models.map((model) => ({ spec: shownPath(file), model, among: built.names })),
  )
  const names = selectNames('model', [...new Set(loaded.flatMap(({ built }) => built.names))], args.model)
  if (E.isLeft(names)) return E.left([names.left])
  if (args.property.length === 0) return E.right(selected.map((one) => ({ ...one, properties: null })))
  const all = [...new Set(selected.flatMap(({ model }) => propertyNames(model)))]
  const properties = selectNames('property', all, args.property)
  if (E.isLeft(properties)) return E.left([properties.left])
  return E.right(selected.map((one) => ({ ...one, properties: properties.right })))
}

interface Loaded {
  readonly file: string
  readonly built: Built
}

/** In the order of the specs. */
async function loadEach(
  specs: readonly string[],
  atOnce: number,
  load: (file: string) => Promise<Built>,
): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = []
  const waiting = [...specs.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [i, file] = next
      loaded[i] = { file, built: await load(file) }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return loaded
}

/** Name of the file of a counterexample of a job. */
export function counterexampleFile({ spec, model, among }: Job, property: string): string {
  return traceFileName(spec, { name: model.name, among }, { name: property, among: propertyNames(model) })
}
