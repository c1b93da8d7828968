/**
 * The language of generated programs: functions over 32-bit integers and arrays of them, in the notation of JavaScript, whose subset it is. They
 * are translated to WebAssembly, or run as they are.
 *
 * Booleans are the numbers 0 and 1, and never stand where a number is wanted. `fail()` goes on in the nearest `catch` around it. Arrays
 * are as large as they are declared, and nobody checks an index; what a constant is added to in an index must not be negative.
 * A function is called after its text, or in it. `quotient` and `modulo` round down; they, `Math.min`, `Math.max`, `Math.imul`, `Math.clz32`, `Atomics.load` and `Atomics.compareExchange`
 * are the only functions that are neither declared nor given. `copyWithin` copies a known number of an array's words to where none of them lies.
 */

/** What an integer lies between; null: any of 32 bits, computed modulo 2^32. */
export type Range = { readonly min: number; readonly max: number } | null

export interface Variable {
  readonly name: string
  readonly range: Range
  /** Its number among the local variables of the function; -1: not before its declaration is encoded. */
  local: number
}

/** A function of the program. Complete when its text has been read. */
export interface Func {
  readonly name: string
  readonly number: number
  readonly parameters: readonly Variable[]
  /** What it returns, if it does nothing else. */
  formula: Expression | null
  /** What it does, if it is a few assignments and nothing else. */
  steps: readonly Statement[] | null
  hasResult: boolean
  /** Whoever runs the program gives it; it has no body. */
  readonly isGiven: boolean
}

export interface ArrayPlace {
  readonly name: string
  /** What it holds at first; null: zeros, or it is given. */
  readonly values: readonly number[] | null
  /** Bytes of an element; those of one or two have no sign. */
  readonly width: 1 | 2 | 4
  readonly length: number
  /** In bytes, from where the memory of this instance begins; if it is shared, from where all memory begins. */
  readonly address: number
  readonly isShared: boolean
}

/** What a program does not declare. */
export interface Given {
  readonly arrays: readonly ArrayPlace[]
  readonly functions: readonly {
    readonly name: string
    readonly inputs: readonly string[]
    readonly hasResult: boolean
  }[]
  /** Bytes of an instance's memory that are in use already. */
  readonly size: number
}

export interface Global {
  readonly name: string
  readonly initial: number
  readonly number: number
}

export interface Program {
  readonly functions: readonly Func[]
  readonly arrays: readonly ArrayPlace[]
  readonly globals: readonly Global[]
  /** Bytes that an instance needs, with what was in use before. */
  readonly size: number
  /** Names of functions and arrays. */
  readonly offered: readonly string[]
}

export type BinaryOperator = '+' | '-' | '*' | '&' | '|' | '^' | '<<' | '>>' | '>>>'
export type Comparison = '===' | '!==' | '<' | '<=' | '>' | '>='

export type Target =
  | { readonly kind: 'variable'; readonly variable: Variable; readonly range: Range }
  | { readonly kind: 'global'; readonly global: Global; readonly range: Range }
  | {
      readonly kind: 'element'
      readonly array: ArrayPlace
      readonly index: Expression
      readonly range: Range
    }

export type Element = Extract<Target, { kind: 'element' }>

export type Expression =
  | Target
  /** For another name of it, or access by `Atomics`. */
  | { readonly kind: 'array'; readonly array: ArrayPlace; readonly range: Range }
  /** What an element holds, read so that it is not older than what other threads have told; `exchange`: which is replaced if it is `expected`. */
  | {
      readonly kind: 'atomic'
      readonly element: Element
      readonly exchange: { readonly expected: Expression; readonly value: Expression } | null
      readonly range: Range
    }
  | { readonly kind: 'number'; readonly value: number; readonly range: Range }
  | {
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
      readonly range: Range
    }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Expression
      readonly right: Expression
      readonly range: Range
    }
  | { readonly kind: 'not'; readonly e: Expression; readonly range: Range }
  | {
      readonly kind: 'conditional'
      readonly test: Expression
      readonly then: Expression
      readonly otherwise: Expression
      readonly range: Range
    }
  /** `&&` of all, or `||`. */
  | {
      readonly kind: 'connective'
      readonly isAll: boolean
      readonly tests: readonly Expression[]
      readonly range: Range
    }
  | { readonly kind: 'call'; readonly callee: Func; readonly inputs: readonly Expression[]; readonly range: Range }
  | {
      readonly kind: 'divide'
      readonly isModulo: boolean
      readonly left: Expression
      readonly right: Expression
      readonly range: Range
    }
  | {
      readonly kind: 'extreme'
      readonly isLeast: boolean
      readonly left: Expression
      readonly right: Expression
      readonly range: Range
    }
  | { readonly kind: 'leadingZeros'; readonly e: Expression; readonly range: Range }
  | { readonly kind: 'fail'; readonly range: Range }
  /** A call in place: `e` with variables that hold what was given. */
  | {
      readonly kind: 'bind'
      readonly bindings: readonly { readonly variable: Variable; readonly value: Expression }[]
      readonly e: Expression
      readonly range: Range
    }
  | { readonly kind: 'sequence'; readonly first: Expression; readonly then: Expression; readonly range: Range }
  /** So many words, from this one on, to that one and those that follow. It has no value. */
  | {
      readonly kind: 'copy'
      readonly to: Element
      readonly from: Element
      readonly count: number
      readonly range: Range
    }
  /** `isOld`: its value is what was there before. */
  | {
      readonly kind: 'assign'
      readonly target: Target
      readonly value: Expression
      readonly isOld: boolean
      readonly range: Range
    }

export type Statement =
  | { readonly kind: 'declare'; readonly variable: Variable; readonly value: Expression }
  | { readonly kind: 'evaluate'; readonly e: Expression }
  | {
      readonly kind: 'if'
      readonly test: Expression
      readonly then: readonly Statement[]
      readonly otherwise: readonly Statement[]
    }
  /** `for`, `while`: the test precedes the body, the update follows it. */
  | {
      readonly kind: 'loop'
      readonly test: Expression | null
      readonly update: readonly Expression[]
      readonly body: readonly Statement[]
    }
  | { readonly kind: 'switch'; readonly value: Expression; readonly cases: readonly Case[] }
  | { readonly kind: 'break' }
  | { readonly kind: 'continue' }
  | { readonly kind: 'return'; readonly e: Expression | null }
  | { readonly kind: 'try'; readonly body: readonly Statement[]; readonly handler: readonly Statement[] }
  | { readonly kind: 'block'; readonly body: readonly Statement[] }

/** What is done from there on, up to a `break`; `label` null: everywhere else. */
export interface Case {
  readonly label: number | null
  readonly body: readonly Statement[]
}
