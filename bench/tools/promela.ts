/**
 * The Promela of a model: written by hand where we have it, else printed from our own model.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSpec } from '../../src/spec/bundle.ts'
import { matchesPattern } from '../../src/spec/name-pattern.ts'
import { NotPrintable } from '../promela/leaves.ts'
import { printPromela } from '../promela/print.ts'
import type { BenchModel, LeftOut } from '../tool.ts'
import { specOf } from './modelcheck.ts'
import { sourceOf } from './sources.ts'

export interface Promela {
  readonly file: string
  /** What is printed may have variables that nothing reads; Spin would leave them out of the state without `-o2`. */
  readonly unreduced: readonly string[]
  readonly isPrinted: boolean
}

export async function promelaOf(model: BenchModel, folder: string): Promise<Promela | LeftOut> {
  const written = sourceOf(`spin/${model.name}.pml`)
  if (written !== null) return { file: written, unreduced: ['-o1'], isPrinted: false }
  const optionsNamed = (name: string): readonly string[] =>
    model.options.flatMap((option, i) => (model.options[i - 1] === name ? [option] : []))
  const sizes = model.constant === null ? [] : [`${model.constant}=${model.size}`]
  const set = Object.fromEntries([...sizes, ...optionsNamed('--set')].map((text) => text.split('=')))
  const wanted = optionsNamed('--model')
  const { models } = await buildSpec({ file: specOf(model), cwd: process.cwd(), set, wanted })
  const [only] = models
  if (only === undefined || models.length > 1) return { why: 'Spin checks one model: --model names it' }
  const checks = JSON.stringify(only.instances).matchAll(/"kind":"check".*?"message":("(?:[^"\\]|\\.)*")/g)
  const names = [
    ...only.properties.map(({ name }) => name),
    ...[...checks].map(([, text = '""']) => String(JSON.parse(text))),
  ]
  const [pattern = ''] = optionsNamed('--property')
  try {
    const file = join(folder, 'model.pml')
    writeFileSync(file, printPromela(only, names.find((name) => matchesPattern(pattern, name)) ?? ''))
    return { file, unreduced: ['-o1', '-o2'], isPrinted: true }
  } catch (error) {
    if (error instanceof NotPrintable) return { why: `its Promela cannot be printed: ${error.message}` }
    throw error
  }
}
