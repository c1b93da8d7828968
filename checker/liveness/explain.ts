/**
 * The reason of a lasso, for people: the moment that shows it, what every fairness condition says to it, and what stays possible in vain.
 */

import type { Failure } from '../../src/model/failure.ts'
import type { FairnessGroup, Instance, Ltl, Model, Strength } from '../../src/model/ir.ts'
import { printLtl } from '../../src/model/print.ts'
import { heldAssumptions, successors } from '../../src/model/step.ts'
import type { State, Trace } from '../../src/model/trace.ts'
import { equalValues, showValue } from '../../src/model/values.ts'

/** Longer parts of a formula are not repeated in a reason. */
const longestPart = 80

function partOf(f: Ltl, otherwise: string): string {
  const text = printLtl(f)
  return text.length <= longestPart ? text : otherwise
}

/** Null where a line would name neither a moment nor a part of the formula. */
export function explainFailure(failure: Failure): string | null {
  const isBare = failure.kind === 'never' && failure.step === 0 && partOf(failure.awaited, '') === ''
  return isBare ? null : sentence(failure)
}

function sentence(failure: Failure): string {
  const said = consequence(failure)
  if (failure.kind === 'again and again')
    return failure.isStop ? `in the last state, ${said}` : `in every round of the loop, ${after(failure.step)}, ${said}`
  return failure.kind === 'never' && failure.step === 0 ? said : `${after(failure.step)}, ${said}`
}

const after = (step: number): string => (step === 0 ? 'in the initial state' : `after step ${step}`)

/** What is said of the moment, which has been named. */
function consequence(failure: Failure): string {
  switch (failure.kind) {
    case 'false':
    case 'again and again':
      return `${partOf(failure.claim, 'what is claimed')} fails`
    case 'never':
      return `${partOf(failure.awaited, 'what is awaited')} never holds`
    case 'too soon':
      return `${partOf(failure.claim, 'what is claimed')} fails, and ${partOf(failure.awaited, 'what ends that')} has not held before`
    case 'in vain': {
      const { premise, failure: inner } = failure
      const holds = `${partOf(premise, 'the premise')} holds, but`
      if (inner.kind === 'never' && inner.step === failure.step)
        return `${holds} ${partOf(inner.awaited, 'what it leads to')} never follows`
      const isSameMoment = inner.step === failure.step && inner.kind !== 'again and again'
      return `${holds} ${isSameMoment ? consequence(inner) : sentence(inner)}`
    }
  }
}

interface Position {
  /** Number of the step before it, as the trace shows it. */
  readonly step: number
  readonly state: State
  /** Instances that are enabled here and would change the state. */
  readonly enabled: ReadonlySet<number>
}

export interface Repeated {
  readonly positions: readonly Position[]
  /** Steps of the loop that change the state: their number and instance. */
  readonly taken: readonly { readonly step: number; readonly instance: number }[]
  readonly isStop: boolean
}

/** The part of a trace that goes on for ever. Requires a loop. */
export function repeatedPart(model: Model, trace: Trace): Repeated {
  const last = trace.steps.length - 1
  const loop = trace.loop ?? last
  const isStop = loop === last
  const range = isStop ? [last] : Array.from({ length: last - loop }, (_, i) => loop + i)
  const positions = range.flatMap((step) => {
    const state = trace.steps[step]?.state
    return state === undefined ? [] : [{ step, state, enabled: enabledIn(model, state) }]
  })
  const taken = trace.steps.flatMap(({ instance, state }, step) => {
    const before = trace.steps[step - 1]
    const isChange = step > loop && before !== undefined && !equalValues(before.state, state)
    return isChange && instance !== null ? [{ step, instance }] : []
  })
  return { positions, taken, isStop }
}

function enabledIn(model: Model, state: State): ReadonlySet<number> {
  return new Set(
    successors(model, state).flatMap((one) => ('state' in one && !equalValues(one.state, state) ? [one.instance] : [])),
  )
}

/** `deliver(cpu=0)`, or the thread and label of a step. */
function nameOf(model: Model, index: number): string {
  const instance = model.instances[index]
  if (instance === undefined) return ''
  const { binding, kind, thread } = instance
  const owner = thread === null ? undefined : model.threads[thread]?.name
  if (kind !== 'action') return `${owner ?? ''}: ${instance.label}`
  const parts = Object.entries(binding).map(([name, value]) => `${name}=${showValue(value)}`)
  return `${model.actions[instance.action]?.name ?? ''}${parts.length === 0 ? '' : `(${parts.join(', ')})`}`
}

function listOf(names: readonly string[]): string {
  const quoted = [...new Set(names)].map((name) => `\`${name}\``)
  return quoted.length <= 4 ? quoted.join(', ') : `${quoted.slice(0, 3).join(', ')} and ${quoted.length - 3} more`
}

/** One line for every fairness condition; of a run that stops, first what it leaves undone. */
export function explainRepeated(model: Model, groups: readonly FairnessGroup[], part: Repeated): readonly string[] {
  return [
    ...(part.isStop ? [explainStop(model, part)] : []),
    ...groups.map((group) => lineOf(group, part)),
    ...heldBack(model, part),
  ]
}

function explainStop(model: Model, { positions }: Repeated): string {
  const enabled = [...(positions[0]?.enabled ?? [])]
  if (enabled.length === 0) return 'the run ends here: nothing can happen any more'
  const names = enabled.map((i) => nameOf(model, i))
  const verb = new Set(names).size === 1 ? 'stays' : 'stay'
  return `the run simply stops: ${listOf(names)} ${verb} enabled, and no fairness forces it on`
}

function lineOf(group: FairnessGroup, { positions, taken, isStop }: Repeated): string {
  const head = `${group.strength} fairness of ${group.name}:`
  if (isStop) return `${head} not enabled in the last state`
  const step = taken.find(({ instance }) => group.instances.includes(instance))?.step
  if (step !== undefined) return `${head} taken in the loop at step ${step}`
  const disabled = positions.find(({ enabled }) => !group.instances.some((i) => enabled.has(i)))
  if (group.strength === 'weak' && disabled !== undefined) return `${head} not enabled ${after(disabled.step)}`
  return `${head} not enabled anywhere in the loop`
}

/** Assumptions that hold something back all the time: without them the run might go on differently. */
function heldBack(model: Model, { positions }: Repeated): readonly string[] {
  const held = positions.map(({ state }) => heldAssumptions(model, state))
  return model.assumptions.flatMap((assumption, i) =>
    assumption.kind !== 'within' && held.length > 0 && held.every((counts) => (counts[i] ?? 0) > 0)
      ? [`throughout, the assumption \`${assumption.name}\` alone holds arrivals back`]
      : [],
  )
}

/**
 * Fairness conditions that are not declared and that the repeated part breaks: each by itself would rule the run out.
 * Weak ones first, since they assume less.
 */
export function missingFairness(model: Model, part: Repeated): readonly FairnessGroup[] {
  const candidates = [...threadGroups(model), ...actionGroups(model)]
  const isTaken = (instances: readonly number[]): boolean =>
    part.taken.some(({ instance }) => instances.includes(instance))
  const enabledAt = (instances: readonly number[]): readonly boolean[] =>
    part.positions.map(({ enabled }) => instances.some((i) => enabled.has(i)))
  const broken = (strength: Strength): readonly FairnessGroup[] =>
    candidates.flatMap(({ name, instances }) => {
      if (isTaken(instances)) return []
      const enabled = enabledAt(instances)
      const always = enabled.every((is) => is)
      const isBroken = strength === 'weak' ? always : !always && enabled.some((is) => is)
      return isBroken ? [{ name, strength, instances }] : []
    })
  return [...broken('weak'), ...broken('strong')]
}

type Candidate = Omit<FairnessGroup, 'strength'>

/** All steps of each thread together, but idle ones: what `fair` of a thread asks for. */
export function threadGroups(model: Model): readonly Candidate[] {
  return model.threads.map(({ name }, thread) => ({
    name,
    instances: indicesOf(model, ({ kind, isIdle, thread: own }) => kind === 'step' && !isIdle && own === thread),
  }))
}

/** Each instance of an action, and each arrival of a thread, by itself. */
function actionGroups(model: Model): readonly Candidate[] {
  return model.instances.flatMap((instance, i) =>
    instance.kind === 'step' ? [] : [{ name: nameOf(model, i), instances: [i] }],
  )
}

function indicesOf(model: Model, isWanted: (instance: Instance) => boolean): readonly number[] {
  return model.instances.flatMap((instance, i) => (isWanted(instance) ? [i] : []))
}
