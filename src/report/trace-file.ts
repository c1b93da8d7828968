/**
 * A saved trace as a file: the initial state, then a line for each step with the variables that it changed, so that a file is short
 * and what two of them differ in is seen.
 */

import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import type { Value } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import { equalValues } from '../model/values.ts'
import { initialStep, type SavedStep, type SavedTrace } from './saved-trace.ts'

const formatName = 'modelcheck-trace'
const formatVersion = 2

const value: t.Type<Value> = t.recursion('Value', () =>
  t.union([t.boolean, t.number, t.string, t.readonlyArray(value), t.readonly(t.record(t.string, value))]),
)
const scalar = t.union([t.boolean, t.number, t.string])
const values = t.readonly(t.record(t.string, value))

/** Of suspended frames: a stack is a value, and one has no more parts. */
const mostFrames = 65_536
const depth = t.refinement(t.number, (n) => Number.isInteger(n) && n >= 0 && n <= mostFrames, 'Depth')

const stepInFile = t.readonly(
  t.exact(
    t.type({
      lane: t.union([t.string, t.null]),
      label: t.string,
      /** The variables that have another value than before the step, with their new values. */
      changes: values,
      action: t.string,
      kind: t.keyof({ action: null, step: null, arrival: null }),
      binding: values,
      path: t.readonlyArray(t.string),
      choices: t.readonlyArray(t.readonly(t.type({ name: t.string, value }))),
      depth,
    }),
  ),
)

const traceFile = t.readonly(
  t.exact(
    t.intersection([
      t.type({
        format: t.literal(formatName),
        version: t.literal(formatVersion),
        spec: t.string,
        model: t.string,
        constants: t.readonly(t.record(t.string, scalar)),
        modelHash: t.string,
        property: t.string,
        kind: t.string,
        shortest: t.boolean,
        /** The state to which the last step leads back; 0 is the initial state. */
        loop: t.union([t.number, t.null]),
        control: t.readonlyArray(t.string),
        reason: t.readonlyArray(t.string),
        /** All variables. */
        initial: values,
        steps: t.readonlyArray(stepInFile),
      }),
      /** `shape` by `shapeOf`. */
      t.partial({
        starts: t.readonlyArray(t.string),
        shape: t.readonly(t.record(t.string, t.union([t.number, t.literal('set')]))),
      }),
    ]),
  ),
)

type TraceFile = t.TypeOf<typeof traceFile>
type StepInFile = t.TypeOf<typeof stepInFile>
type State = SavedStep['state']

/** The file, with the newline at its end. */
export function textOfTrace({ steps, ...head }: SavedTrace): string {
  const file: TraceFile = {
    format: formatName,
    version: formatVersion,
    ...head,
    initial: steps[0]?.state ?? {},
    steps: steps.slice(1).map((step, i) => inFile(step, steps[i]?.state ?? {})),
  }
  return `${inLines(file)}\n`
}

/** What a reader looks for comes first. */
function inFile({ lane, label, state, action, kind, ...step }: SavedStep, before: State): StepInFile {
  if (action === null || kind === 'initial') throw new Error('textOfTrace: an initial state after a step')
  const changed = Object.entries(state).filter(([name, now]) => {
    const old = before[name]
    return old === undefined || !equalValues(old, now)
  })
  return { lane, label, changes: Object.fromEntries(changed), action, kind, ...step }
}

/** JSON with a line for each part of each part of the whole. */
function inLines(whole: object): string {
  const parts = Object.entries(whole).map(([name, part]) => ` ${JSON.stringify(name)}: ${partInLines(part)}`)
  return `{\n${parts.join(',\n')}\n}`
}

function partInLines(part: unknown): string {
  if (typeof part !== 'object' || part === null) return JSON.stringify(part)
  const isList = Array.isArray(part)
  const lines = Object.entries(part).map(([name, one]) =>
    isList ? `  ${onOneLine(one)}` : `  ${JSON.stringify(name)}: ${onOneLine(one)}`,
  )
  const [open, close] = isList ? '[]' : '{}'
  return lines.length === 0 ? `${open}${close}` : `${open}\n${lines.join(',\n')}\n ${close}`
}

function onOneLine(one: unknown): string {
  if (typeof one !== 'object' || one === null) return JSON.stringify(one)
  if (Array.isArray(one)) return `[${one.map(onOneLine).join(', ')}]`
  return `{${Object.entries(one)
    .map(([name, part]) => `${JSON.stringify(name)}: ${onOneLine(part)}`)
    .join(', ')}}`
}

/** `Left`: MC405 for text that is not JSON, not a trace, or of another version. */
export function parseTrace(text: string, file: string): E.Either<Problem, SavedTrace> {
  const refuse = (message: string, hint: string): E.Either<Problem, never> =>
    E.left(problem('MC405', `${file}${message}`, hint))
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return refuse(' is not JSON: no saved trace, or one that is cut off', 'Give a file that `modelcheck check` wrote.')
  }
  const decoded = decode(json)
  if (decoded === null) return refuse(' nests too deeply', 'Give a file that `modelcheck check` wrote.')
  if (E.isRight(decoded)) {
    return isClosed(decoded.right)
      ? E.right(toTrace(decoded.right))
      : refuse(': `loop` points outside the trace', 'Make it again with `modelcheck check`.')
  }
  const found = typeof json === 'object' && json !== null ? json : {}
  if ('format' in found && found.format === formatName && 'version' in found && found.version !== formatVersion)
    return refuse(
      ` has version ${String(found.version)}, this tool reads ${formatVersion}`,
      'Make it again with this version.',
    )
  const where =
    decoded.left[0]?.context
      // The first stands for the whole, the second for the part of the codec.
      .slice(2)
      .map((entry) => entry.key)
      .join('.') ?? ''
  return refuse(
    ` is not a saved trace: \`${where || 'its top level'}\` is wrong`,
    'Give a file that `modelcheck check` wrote.',
  )
}

/** Null when values nest deeper than the stack: no trace of ours does. */
function decode(json: unknown): ReturnType<typeof traceFile.decode> | null {
  try {
    return traceFile.decode(json)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function isClosed({ loop, steps }: TraceFile): boolean {
  return loop === null || (Number.isInteger(loop) && loop >= 0 && loop <= steps.length)
}

function toTrace({ format: _, version: __, initial, steps, ...head }: TraceFile): SavedTrace {
  const all: SavedStep[] = [{ ...initialStep, state: initial }]
  let state: State = initial
  for (const { changes, ...step } of steps) {
    state = { ...state, ...changes }
    all.push({ ...step, state })
  }
  return { ...head, steps: all }
}
