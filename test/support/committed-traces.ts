/**
 * The committed counterexamples, each with the model it is a run of. Runs of a spec of one's own may lie beside them.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/Either'
import { reasonOf } from '../../checker/judge/judge.ts'
import { isModelBuilder, type ModelBuilder } from '../../src/language/model.ts'
import type { ShownBy } from '../../src/model/certify.ts'
import { hashModel } from '../../src/model/hash-model.ts'
import type { Model } from '../../src/model/ir.ts'
import { fromSaved, misfitOf, type SavedTrace, toSaved } from '../../src/report/saved-trace.ts'
import { shownBy } from '../../src/report/shown-by.ts'
import { parseTrace } from '../../src/report/trace-file.ts'
import { buildModel } from './build.ts'

const root = resolve(import.meta.dirname, '../..')

export const committedTraces: readonly string[] = committedIn(join(root, 'counterexamples'))

/** The files there that are runs of a spec of `specs/`. */
export function committedIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => {
    if (!name.endsWith('.json')) return false
    const { spec }: { readonly spec?: unknown } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    return typeof spec === 'string' && spec.startsWith('specs/') && existsSync(join(root, spec))
  })
}

/** The first of each spec, in the order of the files. */
export const oneOfEachSpec = committedTraces.filter((name, i) => specOf(name) !== specOf(committedTraces[i - 1] ?? ''))

function specOf(file: string): string | undefined {
  return file.split('.')[0]
}

export function savedIn(file: string): SavedTrace {
  const read = parseTrace(readFileSync(join(root, 'counterexamples', file), 'utf8'), file)
  if (E.isLeft(read)) throw new Error(read.left.message)
  return read.right
}

/** By spec, name and constants: many traces are of the same. */
const built = new Map<string, Built>()

interface Built {
  readonly model: Model
  readonly hash: string
}

async function modelOf({ spec, model, constants }: SavedTrace): Promise<Built> {
  const key = JSON.stringify([spec, model, constants])
  const known = built.get(key)
  if (known !== undefined) return known
  const exports: { readonly [name: string]: unknown } = await import(join(root, spec))
  const builder = Object.values(exports).find((one): one is ModelBuilder => isModelBuilder(one) && one.name === model)
  if (builder === undefined) throw new Error(`${spec} has no model ${model}`)
  const ofSpec = buildModel(builder, constants)
  const fresh = { model: ofSpec, hash: hashModel(ofSpec) }
  built.set(key, fresh)
  return fresh
}

/** Null when the trace is a run of its model as it is now, shows what it says, and is told as it would be now. */
export async function misfitIn(file: string): Promise<unknown> {
  const saved = savedIn(file)
  const { model, hash } = await modelOf(saved)
  if (hash !== saved.modelHash) return 'the model has changed since it was saved'
  const shown = shownBy(model, saved.property)
  if (shown === null) return `no property ${saved.property}`
  return misfitOf(model, saved, shown) ?? (isToldAsNow(model, saved, shown) ? null : 'it would be told differently now')
}

/** What a lasso is told of comes from the whole search, so that it cannot be asked here. */
function isToldAsNow(model: Model, saved: SavedTrace, shown: ShownBy): boolean {
  const { trace } = fromSaved(model, saved)
  const reason = saved.kind === 'liveness' ? saved.reason : reasonOf(model, trace, shown)
  const origin = { spec: saved.spec, model, property: saved.property, kind: saved.kind, reason }
  return isDeepStrictEqual(toSaved(origin, trace), saved)
}
