/**
 * The program of a search of the product, and the arrays that it works on: a machine where all of them lie in the memory of a near store, and
 * JavaScript elsewhere. Properties of one graph have it in common.
 */

import type { Running } from '../machine/machine.ts'
import type { Given } from '../machine/syntax.ts'
import type { Edges } from './edges.ts'
import { emitNodeSearch } from './emit-node-search.ts'
import { runProgram } from './program.ts'
import { takeWords, type Workspace } from './workspace.ts'

/** What the program asks for, of a node whose record begins at `at`. */
export interface Answers {
  /** What must be known of a state. */
  kindOf(state: number): number
  recordOf(node: number): number
  isAlive(node: number): number
  /** May a behaviour stop there that no fairness forces on? */
  isStop(node: number, at: number): number
  /** Lists the nodes that a node leads to, from 1 on; returns how many. */
  list(node: number, at: number): number
  /** Adds to the summary the i-th node of `stack`; returns which acceptance sets are met. */
  addAnyNode(i: number, at: number): number
}

const asked: Given['functions'] = [
  { name: 'kindOf', inputs: ['state'], hasResult: true },
  { name: 'recordOf', inputs: ['node'], hasResult: true },
  { name: 'isAlive', inputs: ['node'], hasResult: true },
  { name: 'isStop', inputs: ['node', 'at'], hasResult: true },
  { name: 'list', inputs: ['node', 'at'], hasResult: true },
  { name: 'addAnyNode', inputs: ['i', 'at'], hasResult: true },
]

const ofRegenerating: Given['functions'] = [
  { name: 'generate', inputs: ['count'], hasResult: false },
  { name: 'tell', inputs: ['first', 'count'], hasResult: false },
]

/** Arrays that a program has for itself, in words. */
const own = [
  ...(['roots', 'kinds', 'follows', 'fair', 'listed', 'leaving', 'stack', 'saved', 'read'] as const),
  ...(['groups', 'asked', 'weak', 'strong', 'taken', 'always', 'sometimes', 'enabled', 'undecided'] as const),
] as const

export type OwnArrays = Readonly<Record<(typeof own)[number], Int32Array>>
export type OwnSizes = Readonly<Record<(typeof own)[number], number>>

export interface NodeProgram {
  readonly arrays: OwnArrays
  readonly call: Running['function']
  /** Those of the search at hand. */
  answers: Answers
}

interface Kept extends NodeProgram {
  readonly marks: Int32Array
}

/** Of the transitions of a graph: the last one that was made. */
const programs = new WeakMap<Edges, Kept>()

/** What a search needs. */
export interface Wanted {
  readonly edges: Edges
  readonly workspace: Workspace | null
  readonly marks: Int32Array
  /** Are these the places of transitions too? */
  readonly isShared: boolean
  readonly sizes: OwnSizes
  readonly answers: Answers
}

export function nodeProgram(wanted: Wanted): NodeProgram {
  const { edges, marks, sizes, answers } = wanted
  const last = programs.get(edges)
  if (last !== undefined && isSame(last.marks, marks) && own.every((name) => sizes[name] <= last.arrays[name].length)) {
    last.answers = answers
    return last
  }
  const made = start(wanted)
  programs.set(edges, made)
  return made
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  return a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length
}

function start({ edges, workspace, marks, isShared, sizes, answers }: Wanted): Kept {
  const { pool, places, regenerator } = edges
  const arrays = arraysOf(workspace, sizes)
  const made: Kept = {
    arrays,
    marks,
    answers,
    call: (name) => running.function(name),
  }
  const functions: Answers = {
    kindOf: (state) => made.answers.kindOf(state),
    recordOf: (node) => made.answers.recordOf(node),
    isAlive: (node) => made.answers.isAlive(node),
    isStop: (node, at) => made.answers.isStop(node, at),
    list: (node, at) => made.answers.list(node, at),
    addAnyNode: (i, at) => made.answers.addAnyNode(i, at),
  }
  const running = runProgram(emitNodeSearch({ ...edges, isShared }), {
    arrays: {
      pool,
      places,
      marks,
      ...arrays,
      ...(regenerator === null ? {} : { wanted: regenerator.listed, told: regenerator.told }),
    },
    functions: [...asked, ...(regenerator === null ? [] : ofRegenerating)],
    given: {
      ...functions,
      ...(regenerator === null ? {} : { generate: regenerator.generate, tell: regenerator.tell }),
    },
    memory: workspace?.memory ?? null,
  })
  return made
}

function arraysOf(workspace: Workspace | null, sizes: OwnSizes): OwnArrays {
  let left = workspace
  const arrays = own.map((name) => {
    const { array, rest } = takeWords(left, sizes[name])
    left = rest
    return [name, array] as const
  })
  return Object.fromEntries(arrays) as OwnArrays
}
