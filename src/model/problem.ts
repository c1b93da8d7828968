/**
 * Mistakes in a spec, a command or a file: what is wrong, where, and what to do about it.
 * A problem is always the user's to mend; a bug of ours throws instead.
 */

import type { Source } from './ir.ts'

export interface Problem {
  readonly code: ProblemCode
  readonly message: string
  readonly source: Source | null
  readonly hint: string
}

/** Every code with its meaning. MC1: building a model. MC2: validating it. MC3: the command. MC4: files. */
export const problemCodes = {
  MC101: 'a name is used twice or is reserved',
  MC102: 'a value lies outside its domain',
  MC103: 'a domain is empty or too large',
  MC104: 'a routine calls itself',
  MC105: 'a label, routine, action or thread is unknown',
  MC106: 'nothing bounds how deep arrivals nest',
  MC107: 'a line or a key is not allowed here, or one is missing, or a name',
  MC108: 'a constant is undeclared or outside its domain',
  MC109: 'an operator does not fit its operands',
  MC110: 'a mapping does not fit the model that is refined',
  MC201: 'a variable, field, label or member of an expression is unknown',
  MC202: 'the kinds of two operands do not fit',
  MC203: 'integer arithmetic may leave 32 bits',
  MC204: '`next` stands outside a step property, or is missing in one',
  MC205: 'an assignment to something that is not a place',
  MC206: 'an index points at nothing',
  MC207: 'an expected violation names no property',
  MC208: 'the model is too large to compile, or an expression too deep',
  MC301: 'a model or property of that name does not exist',
  MC302: 'an option has a wrong value',
  MC303: 'the spec exports no model',
  MC304: 'a graph is too large to look at',
  MC305: 'a reduction does not fit what is judged',
  MC306: 'what is called interchangeable is not',
  MC307: 'the system refuses the memory for what is searched',
  MC401: 'a file cannot be read or written',
  MC402: 'the spec cannot be parsed, or imports what does not exist',
  MC403: 'the spec threw an error',
  MC404: 'building the model took too long, or the spec does not come to rest',
  MC405: 'the file is not a saved trace of this version',
  MC406: 'an optional package is not installed',
} as const

export type ProblemCode = keyof typeof problemCodes

export function problem(code: ProblemCode, message: string, hint: string, source: Source | null = null): Problem {
  return { code, message, hint, source }
}

/** Thrown by a constructor of the language that cannot go on; `ModelBuilder.build` turns it into a `Left`. */
export class SpecError extends Error {
  readonly problem: Problem
  constructor(found: Problem) {
    super(`${found.code}: ${found.message}`)
    this.name = 'SpecError'
    this.problem = found
  }
}

/** What is thrown as a `SpecError` becomes an answer. */
export async function heedProblem<T>(work: () => Promise<T>): Promise<T | { readonly problem: Problem }> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof SpecError) return { problem: error.problem }
    throw error
  }
}
