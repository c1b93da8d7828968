/**
 * The language of kernels: functions over 32-bit integers and arrays of them, in the notation of JavaScript, whose subset it is. Kernels are
 * generated in it, and translated to WebAssembly.
 *
 * Booleans are the numbers 0 and 1, and never stand where a number is wanted. `fail()` goes on in the nearest `catch` around it. Arrays
 * are as large as they are declared, and nobody checks an index; what a constant is added to in an index must not be negative.
 * A function is called after its text, or in it. `quotient` and `modulo` round down; they, `Math.min`, `Math.max`, `Math.imul` and `Math.clz32` are the only functions that are not declared.
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
}

/** An array of 32-bit words; `values`: what it holds at first, null: zeros. */
export interface ArrayPlace {
  readonly name: string
  readonly length: number
  readonly values: readonly number[] | null
  /** Byte address. */
  readonly address: number
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

export type Expression =
  | Target
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
