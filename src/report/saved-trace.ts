/**
 * A trace as a file: self-contained, versioned, free of time, path and machine. Everything that is rendered is read from it,
 * so that `trace` shows in a year what `check` showed today.
 */

import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { hashModel } from '../model/hash-model.ts'
import type { Model, Value } from '../model/ir.ts'
import { type Problem, problem } from '../model/problem.ts'
import type { Trace } from '../model/trace.ts'
import { isListValue } from '../model/values.ts'
import { shapeOf } from './shape.ts'

const formatName = 'modelcheck-trace'
const formatVersion = 1

const value: t.Type<Value> = t.recursion('Value', () =>
  t.union([t.boolean, t.number, t.string, t.readonlyArray(value), t.readonly(t.record(t.string, value))]),
)
const scalar = t.union([t.boolean, t.number, t.string])

const savedStep = t.readonly(
  t.exact(
    t.type({
      /** Null in the initial state. */
      action: t.union([t.string, t.null]),
      binding: t.readonly(t.record(t.string, value)),
      lane: t.union([t.string, t.null]),
      kind: t.keyof({ initial: null, action: null, step: null, arrival: null }),
      path: t.readonlyArray(t.string),
      label: t.string,
      choices: t.readonlyArray(t.readonly(t.type({ name: t.string, value }))),
      /** Suspended frames of the step's thread, after the step. */
      depth: t.number,
      state: t.readonly(t.record(t.string, value)),
    }),
  ),
)

export const savedTrace = t.readonly(
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
        loop: t.union([t.number, t.null]),
        /** Variables that only hold program counters and stacks. */
        control: t.readonlyArray(t.string),
        reason: t.readonlyArray(t.string),
        steps: t.readonlyArray(savedStep),
      }),
      /** By `shapeOf`; files that say nothing of sets and of arrays that begin elsewhere have none. */
      t.partial({ shape: t.readonly(t.record(t.string, t.union([t.number, t.literal('set')]))) }),
    ]),
  ),
)

export type SavedTrace = t.TypeOf<typeof savedTrace>
export type SavedStep = t.TypeOf<typeof savedStep>

/** What stands where no step has been taken yet. */
export const initialStep: SavedStep = {
  action: null,
  binding: {},
  lane: null,
  kind: 'initial',
  path: [],
  label: 'initial state',
  choices: [],
  depth: 0,
  state: {},
}

export interface TraceOrigin {
  /** From its package: `specs/peterson.ts`. */
  readonly spec: string
  readonly model: Model
  readonly property: string
  readonly kind: string
  readonly reason: readonly string[]
}

export function toSaved(origin: TraceOrigin, trace: Trace): SavedTrace {
  const { model } = origin
  const shape = shapeOf(model)
  return {
    format: formatName,
    version: formatVersion,
    spec: origin.spec,
    model: model.name,
    constants: model.constants,
    modelHash: hashModel(model),
    property: origin.property,
    kind: origin.kind,
    shortest: trace.shortest,
    loop: trace.loop,
    control: model.variables.filter((v) => v.role === 'control').map((v) => v.name),
    ...(Object.keys(shape).length === 0 ? {} : { shape }),
    reason: origin.reason,
    steps: trace.steps.map((step) => {
      const instance = step.instance === null ? undefined : model.instances[step.instance]
      if (instance === undefined) return { ...initialStep, state: step.state }
      const stack = instance.thread === null ? null : (model.threads[instance.thread]?.stack ?? null)
      const frames = stack === null ? [] : (step.state[stack] ?? [])
      return {
        action: model.actions[instance.action]?.name ?? '',
        binding: instance.binding,
        lane: instance.lane,
        kind: instance.kind,
        path: instance.path,
        label: instance.label,
        choices: step.choices,
        depth: isListValue(frames) ? frames.length : 0,
        state: step.state,
      }
    }),
  }
}

/** Back to the indices of a model; null where an action no longer exists. */
export function fromSaved(model: Model, saved: SavedTrace): { readonly trace: Trace; readonly missing: number | null } {
  let missing: number | null = null
  const steps = saved.steps.map((step, i) => {
    if (step.action === null) return { instance: null, choices: step.choices, state: step.state }
    const instance = model.instances.findIndex(
      (one) =>
        model.actions[one.action]?.name === step.action &&
        JSON.stringify(one.binding) === JSON.stringify(step.binding) &&
        isSame(model, one, step, saved.steps[i - 1]),
    )
    if (instance === -1) missing ??= i
    return { instance: instance === -1 ? null : instance, choices: step.choices, state: step.state }
  })
  return { trace: { steps, loop: saved.loop, shortest: saved.shortest }, missing }
}

/** Several instances may share name and binding: the one that starts at the location of the step. */
function isSame(
  model: Model,
  instance: Model['instances'][number],
  step: SavedStep,
  before: SavedStep | undefined,
): boolean {
  const counter = instance.thread === null ? undefined : model.threads[instance.thread]?.counter
  const test = instance.guard[0]?.e
  if (counter === undefined || before === undefined || instance.kind !== 'step' || test?.kind !== 'equal') return true
  if (test.right.kind !== 'literal' || test.right.value !== before.state[counter]) return false
  const last = instance.effect.findLast(
    (s) => s.kind === 'assign' && s.place.kind === 'variable' && s.place.name === counter,
  )
  if (last?.kind !== 'assign' || last.e.kind !== 'literal') return true
  return last.e.value === step.state[counter]
}

/** `Left`: MC405 for text that is not JSON, not a trace, or of another version. */
export function parseSaved(text: string, file: string): E.Either<Problem, SavedTrace> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return E.left(problem('MC405', `${file} is not JSON; it may be cut off`, 'Make it again with `modelcheck check`.'))
  }
  const decoded = decode(json)
  if (decoded === null) {
    return E.left(problem('MC405', `${file} nests too deeply`, 'Give a file that `modelcheck check` wrote.'))
  }
  if (E.isRight(decoded))
    return isClosed(decoded.right)
      ? decoded
      : E.left(
          problem(
            'MC405',
            `${file}: \`loop\` or \`steps\` point outside the trace`,
            'Make it again with `modelcheck check`.',
          ),
        )
  const found = typeof json === 'object' && json !== null ? json : {}
  if ('format' in found && found.format === formatName && 'version' in found && found.version !== formatVersion) {
    return E.left(
      problem(
        'MC405',
        `${file} has version ${String(found.version)}, this tool reads ${formatVersion}`,
        'Make it again with this version.',
      ),
    )
  }
  const where =
    decoded.left[0]?.context
      // The first stands for the whole, the second for the part of the codec.
      .slice(2)
      .map((entry) => entry.key)
      .join('.') ?? ''
  return E.left(
    problem(
      'MC405',
      `${file} is not a saved trace: \`${where || 'its top level'}\` is wrong`,
      'Give a file that `modelcheck check` wrote.',
    ),
  )
}

/** Null when values nest deeper than the stack: no trace of ours does. */
function decode(json: unknown): ReturnType<typeof savedTrace.decode> | null {
  try {
    return savedTrace.decode(json)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function isClosed(saved: SavedTrace): boolean {
  const isLoopInside =
    saved.loop === null || (Number.isInteger(saved.loop) && saved.loop >= 0 && saved.loop < saved.steps.length)
  return saved.steps.length > 0 && isLoopInside
}

/** A name, and all of its kind that there are. */
interface Named {
  readonly name: string
  readonly among: readonly string[]
}

/** Name of the file of a counterexample, <spec>.<model>.<property>.json, in letters, digits and dashes. */
export function traceFileName(spec: string, model: Named, property: Named): string {
  return `${traceFileBeginning(spec, model)}${distinctSlug(property)}.json`
}

/** With what the names of all counterexamples of a model begin. */
export function traceFileBeginning(spec: string, model: Named): string {
  const base = spec.replace(/^.*[\\/]/, '').replace(/\.[cm]?[jt]s$/, '')
  return `${slug(base)}.${distinctSlug(model)}.`
}

/** Of names that look alike the later ones are numbered: no counterexample takes the file of another. */
function distinctSlug({ name, among }: Named): string {
  const taken = new Set<string>()
  for (const one of among) {
    const alike = slug(one)
    let free = alike
    for (let n = 2; taken.has(free); n++) free = `${alike}-${n}`
    if (one === name) return free
    taken.add(free)
  }
  return slug(name)
}

/** At most so many bytes: three parts and their endings are a file name everywhere. */
const slugBytes = 64

function slug(text: string): string {
  const words = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+/, '')
  let kept = ''
  for (const letter of words) {
    if (Buffer.byteLength(kept + letter) > slugBytes) break
    kept += letter
  }
  return kept.replace(/-+$/, '') || 'unnamed'
}
