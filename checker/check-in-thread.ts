/**
 * The check of one model among several, in a thread that is told of it by a message and answers by one.
 */

import type { Model } from '../src/model/ir.ts'
import { heedProblem, type Problem } from '../src/model/problem.ts'
import { createBoard } from './board.ts'
import { checkModel } from './check-model.ts'
import type { ThreadInput } from './explore/expander.ts'
import type { ModelOptions } from './explore-options.ts'
import type { ModelResult, Progress } from './result.ts'

export interface CheckInput {
  readonly model: Model
  readonly options: Omit<ModelOptions, 'signal' | 'onProgress' | 'threads' | 'onMemoryLimit' | 'memoryBytes'>
  readonly memoryBytes: number
  /** Threads besides this one: those of them that are idle may be asked to take part. */
  readonly others: number
  /** By `createBoard`. */
  readonly board: SharedArrayBuffer
  readonly isProgressTold: boolean
}

/** `isShort`: a search was stopped because its memory was used up. */
export type Checked =
  | { readonly result: ModelResult; readonly isShort: boolean }
  /** What `checkModel` threw as a `SpecError`. */
  | { readonly problem: Problem }

/** What is told before the answer. */
export type Told =
  | { readonly progress: Progress }
  /** One of the threads, which this one has taken off the board, is to take part in its search. */
  | { readonly takePart: ThreadInput }

/** Of the budget: what earlier checks may have left behind. */
const earlierShare = 1 / 16

export function checkInThread(input: CheckInput, tell: (told: Told) => void): Promise<Checked> {
  const board = createBoard(input.board)
  return checkHeedingProblems(input.model, {
    ...input.options,
    memoryBytes: input.memoryBytes,
    earlierBytes: input.memoryBytes * earlierShare,
    ...(input.isProgressTold ? { onProgress: (progress) => tell({ progress }) } : {}),
    signal: board,
    threads: {
      count: input.others,
      // Those have started.
      running: () => input.others,
      getReady: () => {},
      // Where it fails, the one who hears this ends the whole run.
      takePart: (part) => {
        if (!board.takeIdle()) return false
        tell({ takePart: part })
        return true
      },
    },
  })
}

/** `checkModel`, to which a mistake of the model is an answer, too. */
export function checkHeedingProblems(model: Model, options: Omit<ModelOptions, 'onMemoryLimit'>): Promise<Checked> {
  return heedProblem(async () => {
    let isShort = false
    const onMemoryLimit = (): void => {
      isShort = true
    }
    const result = await checkModel(model, { ...options, onMemoryLimit })
    return { result, isShort }
  })
}
