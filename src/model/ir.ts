/**
 * What a model is: plain, JSON-serialisable data.
 *
 * No closures and no classes, so that one model can be validated, printed, hashed, interpreted by the
 * reference evaluator and compiled to fast code. Constants, loops and helper functions of a spec have
 * already run: parameters are bound, routines are lowered to instances over program counters.
 *
 * Letters used everywhere below this floor: `e` expression, `d` domain, `v` variable, `s` statement.
 */

/** A place in the user's spec: the outermost user frame. `line` counts from 1. */
export interface Source {
  readonly file: string
  readonly line: number
}

/** A value without parts. */
export type Scalar = boolean | number | string

/**
 * A value as JSON. Booleans, numbers and enumeration labels are themselves; a record is an object by
 * field; an array over an enumeration is an object by label, over a range a list; a set is the list of its
 * elements in domain order; a sequence is a list, head first.
 */
export type Value = Scalar | readonly Value[] | { readonly [name: string]: Value }

export type Domain =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'enumeration'; readonly values: readonly string[] }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  | { readonly kind: 'array'; readonly index: IndexDomain; readonly element: Domain }
  | { readonly kind: 'set'; readonly element: Domain }
  | { readonly kind: 'sequence'; readonly element: Domain; readonly capacity: number }

/** What is built from parts that are always there. */
export type Composite = Extract<Domain, { kind: 'record' | 'array' }>

/** What an array may be indexed by. A range need not start at 0. */
export type IndexDomain = Extract<Domain, { kind: 'range' | 'enumeration' }>

export interface Field {
  readonly name: string
  readonly domain: Domain
}

export type CompareOperator = 'lt' | 'le' | 'gt' | 'ge'
export type ArithmeticOperator = 'plus' | 'minus' | 'times' | 'div' | 'mod' | 'min' | 'max'
export type SetOperator = 'union' | 'intersection' | 'difference'

/**
 * Expressions over one state. Evaluated left to right; `and`, `or`, `implies` and `conditional` short-circuit.
 * `div` rounds towards minus infinity and `mod` has the divisor's sign (as in TLA+); a zero divisor is a model error.
 */
export type Expr =
  | { readonly kind: 'literal'; readonly domain: Domain; readonly value: Value }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'field'; readonly of: Expr; readonly name: string }
  /** Element of an array, or of a sequence (0 is the head). Outside: a model error. */
  | { readonly kind: 'index'; readonly of: Expr; readonly index: Expr }
  | { readonly kind: 'not'; readonly e: Expr }
  | { readonly kind: 'and' | 'or'; readonly es: readonly Expr[] }
  | { readonly kind: 'implies'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'equal'; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'compare'; readonly operator: CompareOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'arithmetic'; readonly operator: ArithmeticOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'conditional'; readonly condition: Expr; readonly then: Expr; readonly otherwise: Expr }
  /** How many of the booleans are true. */
  | { readonly kind: 'count'; readonly es: readonly Expr[] }
  /** A record or an array built from parts, all evaluated before any is stored. `items` follow the domain's order. */
  | { readonly kind: 'construct'; readonly domain: Composite; readonly items: readonly Expr[] }
  | { readonly kind: 'contains'; readonly set: Expr; readonly element: Expr }
  | { readonly kind: 'insert' | 'remove'; readonly set: Expr; readonly element: Expr }
  | { readonly kind: 'combine'; readonly operator: SetOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: 'subset'; readonly left: Expr; readonly right: Expr }
  /** Number of elements of a set or a sequence. */
  | { readonly kind: 'size'; readonly of: Expr }
  /** Last element of a sequence; empty is a model error. (The head is `index` 0.) */
  | { readonly kind: 'last'; readonly of: Expr }
  | { readonly kind: 'append'; readonly sequence: Expr; readonly element: Expr }
  /** Without the head (`rest`) or without the last element (`front`); empty is a model error. */
  | { readonly kind: 'rest' | 'front'; readonly of: Expr }
  /** The value of `e` in the successor; only inside step properties. */
  | { readonly kind: 'next'; readonly e: Expr }

/** A variable, or a part of one: `variable`, `field` and `index` (of arrays and of sequence elements) only. */
export type Place = Extract<Expr, { kind: 'variable' | 'field' | 'index' }>

/** Operations on sets and sequences. */
export type CollectionExpr = Extract<
  Expr,
  { kind: 'contains' | 'insert' | 'remove' | 'combine' | 'subset' | 'size' | 'last' | 'append' | 'rest' | 'front' }
>

/** Statements run in order, atomically, a later one seeing what an earlier one wrote. */
export type Statement =
  | { readonly kind: 'assign'; readonly place: Place; readonly e: Expr; readonly source: Source }
  | {
      readonly kind: 'when'
      readonly condition: Expr
      readonly then: readonly Statement[]
      readonly otherwise: readonly Statement[]
      readonly source: Source
    }
  /** Nondeterministic: one outcome for each alternative whose `given` holds; none of them: no outcome at all. */
  | {
      readonly kind: 'choose'
      readonly name: string
      readonly alternatives: readonly Alternative[]
      readonly source: Source
    }
  /** A violated `check` is recorded under its message; the effect goes on. */
  | { readonly kind: 'check'; readonly condition: Expr; readonly message: string; readonly source: Source }

export interface Alternative {
  readonly value: Value
  readonly given: Expr | null
  readonly then: readonly Statement[]
}

export interface Variable {
  readonly name: string
  readonly domain: Domain
  readonly initial: Value
  /** `control` variables (program counters, stacks) are the language's own; traces show them as labels. */
  readonly role: 'data' | 'control'
  readonly source: Source
}

export interface Action {
  readonly name: string
  readonly source: Source
}

/** An action with its parameters bound. Enabled: the guard holds and the effect has at least one outcome. */
export interface Instance {
  /** Index into `Model.actions`. */
  readonly action: number
  readonly binding: { readonly [parameter: string]: Value }
  /** The thread or CPU that the instance acts for; null if it belongs to none. */
  readonly lane: string | null
  readonly kind: 'action' | 'step' | 'arrival'
  /** For steps and arrivals: index into `Model.threads`. */
  readonly thread: number | null
  /** For steps: the call path from the thread's (or handler's) outermost routine, and the label. */
  readonly path: readonly string[]
  readonly label: string
  /** Set for an idle step: the fairness of its thread does not oblige anybody to take it. */
  readonly isIdle?: true
  readonly guard: readonly Conjunct[]
  readonly effect: readonly Statement[]
  readonly source: Source
}

export interface Conjunct {
  readonly name: string | null
  readonly e: Expr
  /** Index into `Model.assumptions` when this conjunct only expresses a declared limit. */
  readonly assumption: number | null
}

/** Guarded instances of one thread, and where it keeps its control state. */
export interface Thread {
  readonly name: string
  readonly lane: string
  /** Variable whose domain is an enumeration of locations. */
  readonly counter: string
  /** Variable holding suspended frames, or null when nothing may interrupt the thread. */
  readonly stack: string | null
  /** One for each value of `counter`. */
  readonly locations: readonly Location[]
}

/** Where a thread can be: the call path, and how it may go on from there. */
export interface Location {
  readonly value: string
  readonly path: readonly string[]
  readonly ways: readonly Way[]
}

/**
 * A way on, open where all conditions of `decided` hold: a step, or none, where the code ends or goes round a loop for ever. A step has these
 * conditions in its guard too.
 */
export type Way =
  | { readonly kind: 'step'; readonly label: string; readonly decided: readonly Expr[] }
  | { readonly kind: 'end' | 'round'; readonly decided: readonly Expr[] }

/**
 * A declared limit. `limit`: at most so many at once; `budget`: at most so many in a run; `depth`: at most so many
 * frames; `within`: states where `predicate` fails are counted and judged but not expanded.
 */
export type Assumption =
  | {
      readonly kind: 'limit' | 'budget' | 'depth'
      readonly name: string
      readonly limit: number
      readonly source: Source
    }
  | { readonly kind: 'within'; readonly name: string; readonly predicate: Expr; readonly source: Source }

export type Strength = 'weak' | 'strong'

/** The instances that one fairness condition speaks of. */
export interface FairnessGroup {
  readonly name: string
  readonly strength: Strength
  /** Indices into `Model.instances`, ascending. */
  readonly instances: readonly number[]
}

export type Ltl =
  | { readonly kind: 'predicate'; readonly e: Expr }
  /** A step of one of these instances is taken that changes the state. */
  | { readonly kind: 'taken'; readonly name: string; readonly instances: readonly number[] }
  | { readonly kind: 'not' | 'always' | 'eventually' | 'next'; readonly f: Ltl }
  | { readonly kind: 'and' | 'or'; readonly fs: readonly Ltl[] }
  | {
      readonly kind: 'implies' | 'until' | 'weakUntil' | 'release' | 'leadsTo'
      readonly left: Ltl
      readonly right: Ltl
    }

/** What stands for each variable of an abstract model, in the order of its variables. */
export interface Refinement {
  readonly abstract: Model
  readonly mapping: readonly { readonly variable: string; readonly e: Expr }[]
}

export type Property =
  | { readonly kind: 'invariant'; readonly name: string; readonly predicate: Expr; readonly source: Source }
  /** Holds of every pair of a state and its successor; `next` is allowed inside. */
  | {
      readonly kind: 'step'
      readonly name: string
      readonly relation: Expr
      /** Set when the relation was derived from it; then initial states are judged too. */
      readonly refines?: Refinement
      readonly source: Source
    }
  | { readonly kind: 'reachable'; readonly name: string; readonly predicate: Expr; readonly source: Source }
  /** Of the states where `where` holds; default: of all. */
  | {
      readonly kind: 'measure'
      readonly name: string
      readonly e: Expr
      readonly where?: Expr
      readonly source: Source
    }
  | {
      readonly kind: 'liveness'
      readonly name: string
      readonly formula: Ltl
      readonly assuming: readonly FairnessGroup[]
      readonly source: Source
    }

/** An expression that pictures of a run draw as a coloured strip. It says nothing about what the model does. */
export interface Strip {
  readonly name: string
  readonly e: Expr
  readonly source: Source
}

/** Of a model, by name. */
export type ConstantValues = { readonly [name: string]: Scalar }

export interface Model {
  readonly name: string
  readonly constants: ConstantValues
  readonly variables: readonly Variable[]
  /** Run from the assigned initial values; every outcome is an initial state. */
  readonly initially: readonly Statement[]
  readonly actions: readonly Action[]
  readonly instances: readonly Instance[]
  readonly threads: readonly Thread[]
  readonly assumptions: readonly Assumption[]
  readonly fairness: readonly FairnessGroup[]
  /** Where the model may stop. A state without enabled instance in which this is false is a deadlock. */
  readonly terminal: Expr
  readonly properties: readonly Property[]
  /** Names of properties (also `deadlock` and messages of checks) that are known to be violated. */
  readonly expectedViolations: readonly string[]
  readonly strips: readonly Strip[]
  /** Sets of labels of which each may take the place of any other of its set. It says nothing about what the model does. */
  readonly interchangeable: readonly (readonly string[])[]
  readonly source: Source
}

/** The name under which deadlock freedom is judged, selected and saved. */
export const deadlockProperty = 'deadlock'
/** The name under which out-of-domain values, bad indices and the like are judged. */
export const modelErrorProperty = 'model error'
