/**
 * The committed counterexamples, each with the model it is a run of.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as E from 'fp-ts/Either'
import { isModelBuilder, type ModelBuilder } from '../../src/language/model.ts'
import { hashModel } from '../../src/model/hash-model.ts'
import type { Model } from '../../src/model/ir.ts'
import { misfitOf, type SavedTrace } from '../../src/report/saved-trace.ts'
import { shownBy } from '../../src/report/shown-by.ts'
import { parseTrace } from '../../src/report/trace-file.ts'
import { buildModel } from './build.ts'

const root = resolve(import.meta.dirname, '../..')

export const committedTraces: readonly string[] = readdirSync(join(root, 'counterexamples'))

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

/** Null when the trace is a run of its model as it is now, and shows what it says. */
export async function misfitIn(file: string): Promise<unknown> {
  const saved = savedIn(file)
  const { model, hash } = await modelOf(saved)
  if (hash !== saved.modelHash) return 'the model has changed since it was saved'
  const shown = shownBy(model, saved.property)
  return shown === null ? `no property ${saved.property}` : misfitOf(model, saved, shown)
}
