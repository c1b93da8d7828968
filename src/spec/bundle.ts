/**
 * A spec file to the models it exports. Runs inside a thread of its own, because a spec is a program: it may throw or
 * never end.
 */

import { createRequire } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import vm from 'node:vm'
import type { Message } from 'esbuild'
import * as E from 'fp-ts/Either'
import { setLocator } from '../language/blame.ts'
import * as language from '../language/index.ts'
import { type Collected, collectMistakes } from '../language/mistakes.ts'
import { inOrderMade, isModelBuilder } from '../language/model.ts'
import { importable } from '../language/unknown-member.ts'
import type { Model, Source } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { toldOnce } from '../model/told-once.ts'
import type { Heed, TellLate } from './at-rest.ts'
import { constantValues } from './constants.ts'
import { matchesPattern } from './name-pattern.ts'
import { readSpec, type SpecScript } from './spec-script.ts'
import { describeThrown } from './thrown.ts'
import { unknownImports } from './unknown-imports.ts'

export interface BuildInput {
  readonly file: string
  readonly cwd: string
  /** Values of `--set`, as written. */
  readonly set: { readonly [name: string]: string }
  /** Names or globs of the models to build; none: all. */
  readonly wanted: readonly string[]
}

export interface Built {
  /** Of all models that the spec exports. */
  readonly names: readonly string[]
  /** Those that are wanted. */
  readonly models: readonly Model[]
  readonly problems: readonly Problem[]
}

const failed = (problems: readonly Problem[]): Built => ({ names: [], models: [], problems })

export interface Building {
  /** Of the same file, if it is being read already. */
  readonly script?: Promise<SpecScript> | null
  /** How its thread hears of what goes wrong once it has run; default: not at all. */
  readonly heed?: Heed
}

/** Runs and builds a spec. Problems: MC101 … MC303, MC401 … MC404. */
export async function buildSpec(input: BuildInput, { script = null, heed = unheeded }: Building = {}): Promise<Built> {
  const file = resolve(input.cwd, input.file)
  try {
    return await runSpec(await (script ?? readSpec(file)), { file, input, heed })
  } catch (error) {
    const errors = isBuildFailure(error) ? error.errors : null
    if (errors === null) throw error
    return failed(errors.map((message) => syntaxProblem(message, input)))
  }
}

function isBuildFailure(error: unknown): error is { readonly errors: readonly Message[] } {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
}

function syntaxProblem(message: Message, input: BuildInput): Problem {
  const { location } = message
  if (location === null) {
    const isUnknown = message.text.startsWith('No loader is configured')
    const what = isUnknown ? `${input.file} is neither TypeScript nor JavaScript` : message.text
    return problem('MC401', what, 'Check the path of the spec.')
  }
  const file = relative(input.cwd, resolve(dirname(resolve(input.cwd, input.file)), location.file))
  const source = { file, line: location.line }
  if (message.text.startsWith('Top-level await')) {
    const hint = 'A spec runs without waiting: import what it needs, or read it with readFileSync.'
    return problem('MC402', '`await` stands outside of a function', hint, source)
  }
  if (message.text.startsWith('Could not resolve')) {
    const isPath = /"[./]/.test(message.text)
    const hint = 'Install the package, or import a file by its path; `paths` of a tsconfig.json are not read.'
    return problem('MC402', message.text, isPath ? 'Check the path.' : hint, source)
  }
  return problem('MC402', message.text, shortened(location.lineText.trim()) || 'Look at the lines before.', source)
}

/** A line of a bundle, or of what is no text, may be of any length. */
function shortened(line: string): string {
  return line.length > 100 ? `${line.slice(0, 99)}…` : line
}

/** The language, as a spec has it. A name of a whole namespace that there is not is told of when it is asked for. */
const offered = importable(language)

const unheeded: Heed = () => async () => []

interface Run {
  readonly file: string
  readonly input: BuildInput
  readonly heed: Heed
}

async function runSpec(script: SpecScript, { file, input, heed }: Run): Promise<Built> {
  const { name: bundle, map } = script
  const place = (path: string, line: number, column: number): Source => {
    const entry = path === bundle ? map.findEntry(line - 1, script.columnBefore(line - 1, column - 1)) : null
    if (entry === null || !isMapped(entry)) return { file: relative(input.cwd, path), line }
    const original = decodeURIComponent(entry.originalSource.replace(/^file:\/\//, ''))
    return {
      file: relative(input.cwd, resolve(dirname(file), original)).replaceAll('\\', '/'),
      line: entry.originalLine + 1,
    }
  }
  setLocator(place)
  const unknown = unknownImports(script.code, Object.keys(language), (line, column) => place(bundle, line, column))
  if (unknown.length > 0) return failed(unknown)
  const tell: TellLate = (error, madeAt) => thrownProblem(error, madeAt, { bundle, place, input })
  const atRest = heed(input.file, tell)
  const require = createRequire(file)
  const module: { exports: { readonly [name: string]: unknown } } = { exports: {} }
  const ran = mistakesIn(tell, () => {
    const names = ['require', 'module', 'exports', ...Object.keys(script.guards)]
    const run = vm.compileFunction(script.code, names, { filename: bundle })
    const imported = (name: string): unknown => (name === 'modelcheck' ? offered : require(name))
    run(imported, module, module.exports, ...Object.values(script.guards))
  })
  // Where the spec threw, those that it had made until then.
  const builders = inOrderMade([module.exports, ...Object.values(module.exports)].filter(isModelBuilder))
  if (builders.length === 0) {
    return failed(ran.mistakes.length > 0 ? toldOnce(ran.mistakes) : [noModel(input.file, module.exports)])
  }
  const built = buildAll(builders, input, tell)
  const problems = toldOnce([...ran.mistakes, ...built.problems])
  return { ...built, problems: problems.length > 0 ? problems : await atRest() }
}

function noModel(file: string, exports: { readonly [name: string]: unknown }): Problem {
  const promise = Object.entries(exports).find(([, value]) => value instanceof Promise)
  if (promise !== undefined) {
    const hint = 'A spec runs without waiting: leave out `async`.'
    return problem('MC303', `${file} exports no model, but a promise as '${promise[0]}'`, hint)
  }
  const isHolder = ([, value]: readonly [string, unknown]): boolean =>
    typeof value === 'object' && value !== null && Object.values(value).some(isModelBuilder)
  const holder = Object.entries(exports).find(isHolder)
  if (holder === undefined) {
    if (/\.json$/.test(file)) {
      const commands = '`modelcheck trace` shows a saved counterexample, `modelcheck replay` holds it against its spec.'
      return problem('MC303', `${file} is no spec`, commands)
    }
    const hint = "Export one: export const example = model('example', () => ({ … }))."
    return problem('MC303', `${file} exports no model`, hint)
  }
  const [name, value] = holder
  const what = `${Array.isArray(value) ? 'a list' : 'an object'} of models as '${name}'`
  const hint = "Export each by itself: export const example = model('example', () => ({ … }))."
  return problem('MC303', `${file} exports no model, but ${what}`, hint)
}

/** What the spec throws is a mistake like any other. */
function mistakesIn<T>(tell: TellLate, run: () => T): Collected<T> {
  try {
    return collectMistakes(run)
  } catch (error) {
    return { built: null, mistakes: [tell(error, null)] }
  }
}

function isMapped(entry: object): entry is { readonly originalSource: string; readonly originalLine: number } {
  return 'originalSource' in entry && 'originalLine' in entry
}

/** Builds and validates every model that is wanted; a constant must be known to at least one of them. */
function buildAll(exported: readonly language.ModelBuilder[], input: BuildInput, tell: TellLate): Built {
  const names = exported.map((builder) => builder.name)
  const isWanted = (name: string): boolean =>
    input.wanted.length === 0 || input.wanted.some((pattern) => matchesPattern(pattern, name))
  const builders = exported.filter((builder) => isWanted(builder.name))
  const problems = builders.length === 0 ? [] : unknownConstants(builders, input)
  const models: Model[] = []
  for (const builder of builders) {
    const values = constantValues(builder, input.set)
    if (E.isLeft(values)) {
      problems.push(...values.left)
      continue
    }
    const { built, mistakes } = mistakesIn(tell, () => builder.build(values.right))
    problems.push(...mistakes, ...(built !== null && E.isLeft(built) ? built.left : []))
    if (built === null || E.isLeft(built)) continue
    const { name, source } = built.right
    if (models.some((model) => model.name === name))
      problems.push(problem('MC101', `two models are named '${name}'`, 'Rename one of them.', source))
    models.push(built.right)
  }
  return { names, models, problems }
}

function unknownConstants(builders: readonly language.ModelBuilder[], input: BuildInput): Problem[] {
  const known = [...new Set(builders.flatMap((builder) => Object.keys(builder.constants)))]
  const unknown = Object.keys(input.set).filter((name) => !known.includes(name))
  const hint = `Known: ${known.join(', ') || 'none'}.`
  return unknown.map((name) => problem('MC108', `no model of ${input.file} has a constant '${name}'`, hint))
}

interface Ground {
  readonly bundle: string
  readonly place: (path: string, line: number, column: number) => Source
  readonly input: BuildInput
}

/** What the spec threw, with the innermost place in the spec. */
function thrownProblem(error: unknown, madeAt: string | null, { bundle, place, input }: Ground): Problem {
  const thrown = describeThrown(error)
  if (thrown.problem !== null) return thrown.problem
  const frames = `${thrown.stack}\n${madeAt ?? ''}`.split('\n')
  const places = frames.map((line) => new RegExp(`${escapeRegExp(bundle)}:(\\d+):(\\d+)`).exec(line))
  const at = places.findIndex((match) => match !== null)
  const frame = places[at]
  const source =
    frame === undefined || frame === null
      ? { file: input.file, line: 1 }
      : place(bundle, Number(frame[1]), Number(frame[2]))
  const called = error instanceof TypeError ? ownFunction(frames[at - 1] ?? '') : null
  if (called !== null) {
    const hint = 'Look at its arguments: an editor, or `tsc`, says which does not fit; docs/language.md what it takes.'
    return problem('MC109', `\`${called}\` is given something that it does not take`, hint, source)
  }
  const words = inSpecWords(thrown.message)
  if (madeAt !== null) {
    const hint = 'A spec runs without waiting: leave out `async`, and read files with readFileSync.'
    return problem('MC403', `a promise that nobody awaits is rejected: ${words}`, hint, source)
  }
  const hint = unlikeFunction(words) ?? 'A spec is a program that runs while the model is built: see the line.'
  return problem('MC403', `the spec threw ${words}`, hint, source)
}

/** The function of the language in whose frame something was thrown; null for a frame of the message, of Node or of JavaScript. */
function ownFunction(frame: string): string | null {
  if (/\((?:node:|<anonymous>)/.test(frame)) return null
  // A bundle numbers what is named twice.
  return /^ +at (?:[\w$]+\.)*([A-Za-z]+)\d* (?:\[as \w+\] )?\(/.exec(frame)?.[1] ?? null
}

/** Parts of an expression, as `queue.rest`, are values. What an expression has not at all is told before it can be called. */
function unlikeFunction(words: string): string | null {
  const called = /^TypeError: (.+) is not a function$/.exec(words)?.[1]
  return called === undefined
    ? null
    : `If \`${called}\` is a value, write it without the parentheses after it; else check its spelling.`
}

/** Names as the spec has them: bundled imports read `(0, import_modelcheck.step)`. */
function inSpecWords(message: string): string {
  return message.replace(/\(0 ?, ?import_\w+\.(\w+)\)/g, '$1').replace(/\bimport_\w+\./g, '')
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
