/**
 * What the page draws, as JSON. The report carries all of it; the explorer starts with the models alone and asks its server
 * for the rest. It is read in a browser, so nothing here needs Node.
 */

import type { StopReason } from '../../checker/explore/stop-reason.ts'
import type { ModelResult, PropertyKind, Verdict } from '../../checker/result.ts'
import type { Blocked } from '../model/blocked.ts'
import type { ConstantValues } from '../model/ir.ts'
import type { State } from '../model/trace.ts'

/** Initial states that have a number by which a page may ask for them. */
export const mostStarts = 2000

export interface PageData {
  readonly version: string
  readonly spec: string
  /** In the explorer: a server answers beside the page. */
  readonly isLive: boolean
  readonly models: readonly PageModel[]
  /** Why there is no model: mistakes in the spec, or an interruption. */
  readonly notes: readonly string[]
}

export interface PageModel {
  readonly name: string
  readonly constants: ConstantValues
  readonly threads: readonly { readonly name: string; readonly lane: string }[]
  /** In order of first appearance; null stands for instances that belong to no lane. */
  readonly lanes: readonly (string | null)[]
  readonly strips: readonly PageStrip[]
  readonly variables: readonly PageVariable[]
  readonly actions: readonly PageAction[]
  /** Null before a check. */
  readonly result: PageResult | null
  readonly runs: readonly PageRun[]
}

export interface PageVariable {
  readonly name: string
  /** The language's own: program counters and stacks. */
  readonly isControl: boolean
}

/** A strip has one row for each scalar part of its expression. */
export interface PageStrip {
  readonly name: string
  readonly rows: readonly StripRow[]
}

export interface StripRow {
  /** Path of the part inside the strip; empty when the strip is a scalar. */
  readonly part: string
  readonly scale:
    | { readonly kind: 'flag' }
    | { readonly kind: 'number'; readonly min: number; readonly max: number }
    | { readonly kind: 'label'; readonly values: readonly string[] }
    | { readonly kind: 'text' }
}

export interface PageAction {
  readonly name: string
  readonly kind: 'action' | 'step' | 'arrival'
  readonly path: readonly string[]
  readonly label: string
  readonly place: string
}

/** Figures that are drawn as they were found. */
type Figures = Omit<ModelResult, 'name' | 'constants' | 'assumptions' | 'actions' | 'properties'>

export interface PageResult extends Figures {
  readonly assumptions: readonly { readonly name: string; readonly held: number }[]
  /** What to say of an action that was not counted: `never`, say. */
  readonly untaken: string
  /** In the order of `PageModel.actions`. */
  readonly coverage: readonly PageCoverage[]
  readonly properties: readonly PageProperty[]
}

export interface PageCoverage {
  readonly generated: number
  readonly distinct: number
  /** For steps and arrivals: `generated` of each thread that has it. */
  readonly threads: readonly { readonly name: string; readonly generated: number }[]
}

export interface PageProperty {
  readonly name: string
  readonly kind: PropertyKind
  readonly verdict: Verdict
  readonly asExpected: boolean
  readonly reason: readonly string[]
  readonly warnings: readonly string[]
  readonly measure: {
    readonly min: number
    readonly max: number
    readonly histogram: { readonly [value: string]: number }
  } | null
  /** Indices into `PageModel.runs`. */
  readonly runs: readonly number[]
}

/** A counterexample, a witness, or a run that somebody took in the explorer. */
export interface PageRun {
  readonly title: string
  /** What it shows, in a few words. */
  readonly claim: string
  readonly tone: 'good' | 'expected' | 'bad' | 'neutral'
  readonly reason: readonly string[]
  readonly shortest: boolean
  /** Taken by hand in the explorer. */
  readonly isTaken: boolean
  /** As in a trace: the run goes on from this entry; the last index means that it stops. */
  readonly loop: number | null
  readonly steps: readonly PageStep[]
}

export interface PageStep {
  readonly thread: string | null
  readonly lane: string | null
  readonly kind: 'initial' | 'action' | 'step' | 'arrival'
  readonly path: readonly string[]
  readonly label: string
  /** Parameters and choices: `task=T1`. */
  readonly parameters: string
  /** Suspended frames of the thread, after the step. */
  readonly depth: number
  /** `file:line` of the spec; empty for the initial state. */
  readonly place: string
  /** Which of the ways on from the state before it is; in an initial state, which of the initial states. -1: none of them. */
  readonly pick: number
  /** The variables that the step changed; in the initial state, all. */
  readonly state: State
  /** Null: ask the server. */
  readonly view: StateView | null
}

/** What can be said of a state without its past. */
export interface StateView {
  /** Every way on, in the order of the model. */
  readonly enabled: readonly Way[]
  readonly blocked: readonly Blocked[]
  /** For each strip, the values of its rows; null where the expression has none. */
  readonly strips: readonly (readonly (boolean | number | string | null)[])[]
}

export interface Way {
  readonly lane: string | null
  readonly path: readonly string[]
  readonly label: string
  readonly parameters: string
  readonly kind: PageStep['kind']
  /** Why the step raises a model error, or null. */
  readonly error: string | null
}

/** The initial states; `shown`: what tells each of the first ones from the others. */
export interface Starts {
  /** At most `mostStarts`: there may be more. */
  readonly count: number
  readonly shown: readonly string[]
}

/** Steps that lead to a state, each from where it leads there; the first few of `count`. */
export interface Before {
  readonly steps: readonly { readonly way: Way; readonly state: State }[]
  readonly count: number
  /** States that were looked at. */
  readonly distinct: number
  /** Why not all were, or null. */
  readonly reason: StopReason | null
}

/** The states around one, and the steps between them. */
export interface Neighbourhood {
  /** The first is the state itself. `picks`: the ways that lead there from it. */
  readonly nodes: readonly { readonly distance: number; readonly picks: readonly number[] }[]
  readonly links: readonly Link[]
  /** There are more states than are shown. */
  readonly isCut: boolean
}

export interface Link {
  readonly from: number
  readonly to: number
  readonly lane: string | null
  readonly label: string
}
