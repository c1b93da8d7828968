/**
 * Checks several models: as many at once as there are workers, each in one thread, because half of the work on a model that is not large
 * has one thread anyway. A thread that finds no model any more takes part in the searches that go on.
 *
 * What may be over soon is checked here, one model after the other: to start a thread takes longer.
 */

import { setTimeout as delay } from 'node:timers/promises'
import type { Model } from '../src/model/ir.ts'
import type { Problem } from '../src/model/problem.ts'
import { type Board, createBoard } from './board.ts'
import { type Checked, type CheckInput, checkHeedingProblems, type Told } from './check-in-thread.ts'
import type { ThreadInput } from './explore/expander.ts'
import type { DistantTranslator } from './explore/host.ts'
import type { Pool } from './explore/threads.ts'
import { defaultMemory, workersFor } from './explore-options.ts'
import { optimiseLater } from './optimise-later.ts'
import { applicable } from './reduce/reduce.ts'
import type { CheckOptions, ModelResult, Progress } from './result.ts'

export interface Task {
  readonly model: Model
  /** Exact names of the properties to judge; null: all. */
  readonly properties: readonly string[] | null
}

/** Whom the progress of one check is told. */
export interface Watcher {
  readonly update: (progress: Progress) => void
  end(): void
}

type SharedOptions = Omit<CheckOptions, 'properties' | 'onProgress' | 'signal'>

/** How all models are checked. */
export interface Run {
  readonly options: SharedOptions
  readonly signal: AbortSignal
  /** Called when the check of a model begins; null: nobody watches. */
  readonly watch: ((model: Model) => Watcher) | null
  /**
   * Of as many threads as there are workers. Whoever opened it closes it, in any case: threads may still be at a check. Closed before, where a
   * model is checked again, alone: its threads keep what memory they have had.
   */
  readonly pool: Pool
}

/** For so long models are checked here. */
const aloneMs = 100

/** To write code for so many instances takes as long. */
const instancesOfLong = 500

type Check = (task: Task, watcher: Watcher | null) => Promise<Checked>

/** What became of a task. `problem`: what `checkModel` threw as a `SpecError`; the other tasks are done all the same. */
export type Done<T extends Task> =
  | { readonly task: T; readonly result: ModelResult }
  | { readonly task: T; readonly problem: Problem }

/**
 * In the order of the tasks, each as soon as it and those before it are done. The time limit is for all together. The budget of
 * memory is shared out; what its share does not suffice for is checked again afterwards, alone.
 */
export async function* checkModels<T extends Task>(
  tasks: readonly T[],
  { options, signal, watch, pool }: Run,
): AsyncGenerator<Done<T>> {
  optimiseLater()
  const workers = workersFor(options.workers)
  const { memoryBytes = defaultMemory(workers) } = options
  const atOnce = Math.max(1, Math.min(workers, tasks.length))
  const desk = { board: createBoard(), pool, workers, optionsOf: optionsFrom(options, tasks) }
  const stop = (): void => desk.board.stop()
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop)
  const places = handOut(tasks, desk, { bytes: memoryBytes / atOnce, watch })
  try {
    for (const { task, filled } of places) {
      const checked = await filled
      if ('problem' in checked) {
        yield { task, problem: checked.problem }
        continue
      }
      const { result, isShort } = checked
      if (!isShort || atOnce === 1) {
        yield { task, result: warned(result, options) }
        continue
      }
      await Promise.allSettled(places.map((place) => place.filled))
      await pool.close()
      const alone = { ...desk.optionsOf(task), memoryBytes, signal: desk.board }
      const again = await checkHeedingProblems(task.model, alone)
      // An end that was asked for meanwhile, or memory that is refused, must not cost what was known.
      const isMore = 'result' in again && again.result.states.distinct >= result.states.distinct
      yield { task, result: warned(isMore ? again.result : result, options) }
    }
  } finally {
    signal.removeEventListener('abort', stop)
    stop()
  }
}

/** Says what the model was searched without. */
function warned(result: ModelResult, { reduce = [] }: SharedOptions): ModelResult {
  const lacks = reduce.filter((one) => !result.reductions.includes(one))
  const texts = lacks.map((one) => `it calls nothing interchangeable, and is searched without ${one}`)
  return texts.length === 0 ? result : { ...result, warnings: [...result.warnings, ...texts] }
}

interface Place<T> {
  readonly task: T
  readonly filled: Promise<Checked>
  fill(checked: Checked): void
  fail(error: unknown): void
}

/** A result that is filled in later. It may fail while nobody waits for it yet. */
function openPlace<T>(task: T): Place<T> {
  let fill: Place<T>['fill'] = () => {}
  let fail: Place<T>['fail'] = () => {}
  const filled = new Promise<Checked>((resolve, reject) => {
    fill = resolve
    fail = reject
  })
  filled.catch(() => {})
  return { task, filled, fill, fail }
}

type TaskOptions = CheckInput['options']

/** What the models are checked with. */
interface Desk {
  readonly board: Board
  readonly pool: Pool
  readonly workers: number
  optionsOf(task: Task): TaskOptions
}

function optionsFrom(
  { memoryBytes: _, timeoutSeconds, reduce = [], ...options }: SharedOptions,
  tasks: readonly Task[],
): Desk['optionsOf'] {
  const reductionsOf = applicable(reduce, tasks)
  const startedAt = performance.now()
  const left = (seconds: number): number => Math.max(0, seconds - (performance.now() - startedAt) / 1000)
  return (task) => ({
    ...options,
    reduce: reductionsOf(task),
    ...(task.properties === null ? {} : { properties: task.properties }),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds: left(timeoutSeconds) }),
  })
}

/** `bytes`: the share of each check. */
function handOut<T extends Task>(
  tasks: readonly T[],
  desk: Desk,
  { bytes, watch }: { readonly bytes: number; readonly watch: Run['watch'] },
): readonly Place<T>[] {
  const startedAt = performance.now()
  const here = checkerHere(desk, bytes)
  const there = checkerThere(desk, bytes)
  const places = tasks.map((task) => openPlace(task))
  const waiting = [...places]

  const checkNext = async (check: Check): Promise<void> => {
    const next = waiting.shift()
    if (next === undefined) return
    const watcher = watch?.(next.task.model) ?? null
    try {
      next.fill(await check(next.task, watcher))
    } catch (error) {
      // Nobody will ask for those that are left.
      waiting.length = 0
      next.fail(error)
    } finally {
      watcher?.end()
    }
  }

  const work = async (isFirst: boolean): Promise<void> => {
    if (!isFirst && waiting.length > 0 && !isLong(waiting)) await delay(aloneMs, null, { ref: false })
    while (isFirst && waiting.length > 0 && performance.now() - startedAt < aloneMs) await checkNext(here)
    while (waiting.length > 0) await checkNext(there)
    desk.board.addIdle()
  }
  for (let worker = 0; worker < desk.workers; worker++) void work(worker === 0)
  return places
}

/** Whether all of them cannot be over soon. */
function isLong(places: readonly Place<Task>[]): boolean {
  return places.reduce((sum, { task }) => sum + task.model.instances.length, 0) >= instancesOfLong
}

/** A thread that is idle takes part in a search, and is idle again. */
const lend = ({ board, pool }: Desk, input: ThreadInput): Promise<void> => pool.takePart(input).then(board.addIdle)

/** A thread that is idle translates, and is idle again. Null: none is, or it cannot. */
function lendTranslator({ board, pool }: Desk): DistantTranslator | null {
  if (!board.takeIdle()) return null
  const translator = pool.translator()
  const leave = (): void => {
    translator?.leave()
    board.addIdle()
  }
  if (translator !== null) return { ...translator, leave }
  leave()
  return null
}

function checkerHere(desk: Desk, bytes: number): Check {
  const { board, workers } = desk
  return (task, watcher) =>
    checkHeedingProblems(task.model, {
      ...desk.optionsOf(task),
      memoryBytes: bytes,
      ...(watcher === null ? {} : { onProgress: watcher.update }),
      signal: board,
      threads: {
        count: workers - 1,
        running: () => desk.pool.running(),
        getReady: () => desk.pool.getReady(),
        takePart: (input, failed) => {
          if (!board.takeIdle()) return false
          lend(desk, input).catch(failed)
          return true
        },
        translator: () => lendTranslator(desk),
      },
    })
}

function checkerThere(desk: Desk, bytes: number): Check {
  const { board, pool, workers } = desk
  return (task, watcher) => {
    const input: CheckInput = {
      model: task.model,
      options: desk.optionsOf(task),
      memoryBytes: bytes,
      others: workers - 1,
      board: board.shared,
      isProgressTold: watcher !== null,
    }
    return new Promise<Checked>((done, fail) => {
      const hear = (told: Told): void => {
        if ('progress' in told) watcher?.update(told.progress)
        else lend(desk, told.takePart).catch(fail)
      }
      pool.run<Checked>('checkInThread', input, hear).then(done, fail)
    })
  }
}
