/**
 * Loads a spec in a thread that can be ended, because a spec is a program: it may loop for ever, eat memory, or end the
 * process. What it prints goes to stderr, so that stdout stays ours.
 */

import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { nearest } from '../model/nearest.ts'
import { type Problem, problem } from '../model/problem.ts'
import { builderThread, maxHeapMegabytes } from './builder-thread.ts'
import type { BuildInput, Built } from './bundle.ts'
import { describeThrown } from './thrown.ts'

/** Building a model takes milliseconds of a processor; more than this is a loop that does not end. */
export const buildLimitMs = 20_000

/** A spec that sleeps takes no processor's time: it is waited for so many times as long. */
const patience = 10

/** By the processor's time, because on a busy machine everything takes long. */
export function isTooLong(limitMs: number, busyMs: number, passedMs: number): boolean {
  return busyMs > limitMs || passedMs > limitMs * patience
}

/** How often is looked whether building takes too long. */
const lookMs = 100

/** With what lies outside of the heap: buffers. */
const maxBytes = 2 * maxHeapMegabytes * 2 ** 20

/** Threads that build specs now: each is taken to have its share of the processors' time. */
let builders = 0

const failed = (one: Problem): Built => ({ names: [], models: [], problems: [one] })

/** `isFree`: the thread has nothing left to do. */
interface Answer {
  readonly built: Built
  readonly isFree: boolean
}

const unbuilt = (one: Problem): Answer => ({ built: failed(one), isFree: false })

export interface LoadOptions {
  readonly limitMs?: number
  readonly signal?: AbortSignal
  /** Given the thread that has built the spec, if it has nothing left to do: whoever has it ends it. Default: it is ended. */
  readonly keep?: (thread: Worker) => unknown
}

const anyPath = 'Give the path of a spec, as in specs/peterson.ts.'

/** A hint to the spec beside it that was probably meant; its ending may have been left out. */
function nearOrAnyPath(file: string, path: string): string {
  const ending = /\.[cm]?[jt]s$/
  const folder = dirname(path)
  const specs = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : []
  const names = new Map(specs.flatMap((name) => (ending.test(name) ? [[name.replace(ending, ''), name]] : [])))
  const near = names.get(nearest(basename(path).replace(ending, ''), [...names.keys()]) ?? '')
  return near === undefined ? anyPath : `Did you mean ${join(dirname(file), near)}?`
}

/**
 * Problems: those of `buildSpec`, MC401 when there is no such file, MC404 when building takes too long or too much. Null when the signal
 * comes first.
 */
export async function loadSpec(
  input: BuildInput,
  { limitMs = buildLimitMs, signal, keep }: LoadOptions = {},
): Promise<Built | null> {
  const path = resolve(input.cwd, input.file)
  if (!existsSync(path))
    return failed(problem('MC401', `there is no file ${input.file}`, nearOrAnyPath(input.file, path)))
  if (!statSync(path).isFile()) return failed(problem('MC401', `${input.file} is not a file`, anyPath))
  const worker = builderThread()
  worker.postMessage(input)
  worker.stdout.pipe(process.stderr, { end: false })
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<Answer>((done) => {
    const [startedAt, bytesBefore] = [performance.now(), process.memoryUsage.rss()]
    let [before, busyMs] = [process.cpuUsage(), 0]
    timer = setInterval(() => {
      const { user, system } = process.cpuUsage(before)
      before = process.cpuUsage()
      busyMs += (user + system) / 1000 / builders
      if (isTooLong(limitMs, busyMs, performance.now() - startedAt)) done(unbuilt(tooLong(input.file, limitMs)))
      if (process.memoryUsage.rss() - bytesBefore > maxBytes * builders) done(unbuilt(tooMuch(input.file, maxBytes)))
    }, lookMs)
  })
  const aborted = new Promise<null>((done) => signal?.addEventListener('abort', () => done(null), { once: true }))
  builders++
  let isKept = false
  try {
    const answer = await Promise.race([limit, aborted, answerOf(worker, input.file)])
    isKept = keep !== undefined && answer?.isFree === true
    if (isKept) keep?.(worker.removeAllListeners())
    return answer?.built ?? null
  } finally {
    builders--
    clearInterval(timer)
    if (!isKept) void worker.terminate()
  }
}

function tooLong(file: string, limitMs: number): Problem {
  const hint =
    'Look for a loop that does not end. Quantifiers over many members within each other take long too, and an expression that uses another twice, which uses another twice.'
  return problem('MC404', `building ${file} took more than ${limitMs / 1000} s`, hint)
}

function tooDeep(file: string): Problem {
  const hint = 'Let several steps do it, or statements one after the other.'
  return problem('MC208', `statements of ${file} are nested too deep`, hint)
}

function tooMuch(file: string, bytes: number): Problem {
  const hint = 'Look for a list that grows without end, or a domain that is spelled out.'
  return problem('MC404', `building ${file} took more than ${bytes / 2 ** 30} GB of memory`, hint)
}

/** Rejects for a bug of ours only. */
function answerOf(worker: Worker, file: string): Promise<Answer> {
  return new Promise((done, fail) => {
    worker.once('message', (message: Answer | { readonly bug: string }) => {
      if ('bug' in message) fail(new Error(message.bug))
      else done(message)
    })
    // Only for want of stack: all that is posted is plain data.
    worker.once('messageerror', () => done(unbuilt(tooDeep(file))))
    worker.once('error', (error: unknown) => done(unbuilt(errorProblem(error, file))))
    worker.once('exit', (code) => {
      const hint = 'A spec must not call process.exit.'
      done(unbuilt(problem('MC403', `${file} ended the process (exit ${code})`, hint)))
    })
  })
}

/** What was thrown outside of the building itself: by a timer, a promise that nobody awaits, or the lack of memory. */
function errorProblem(error: unknown, file: string): Problem {
  const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  if (isOutOfMemory) return tooMuch(file, maxHeapMegabytes * 2 ** 20)
  return problem('MC403', `${file} threw ${describeThrown(error).message}`, 'A spec runs while the model is built.')
}
