/**
 * Loads a spec in a thread that can be ended, so that a spec which never ends does not hang the tool.
 */

import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { problem } from '../model/problem.ts'
import type { BuildInput, Built } from './bundle.ts'

/** Building a model takes milliseconds; more than this is a loop that does not end. */
const defaultLimitMs = 20_000

/** Problems: those of `buildSpec`, MC401 when there is no such file, MC404 when building takes too long. */
export async function loadSpec(input: BuildInput, limitMs: number = defaultLimitMs): Promise<Built> {
  const path = resolve(input.cwd, input.file)
  if (!existsSync(path) || !statSync(path).isFile()) {
    return {
      models: [],
      problems: [
        problem('MC401', `there is no file ${input.file}`, 'Give the path of a spec, as in specs/peterson.ts.'),
      ],
    }
  }
  const worker = new Worker(new URL('./spec-worker.js', import.meta.url), { workerData: input })
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Built>((done, fail) => {
      timer = setTimeout(() => {
        done({
          models: [],
          problems: [
            problem(
              'MC404',
              `building ${input.file} took more than ${limitMs / 1000} s`,
              'Look for a loop that does not end.',
            ),
          ],
        })
      }, limitMs)
      worker.once('message', (message: { readonly built?: Built; readonly bug?: string }) => {
        if (message.built === undefined) fail(new Error(message.bug))
        else done(message.built)
      })
      worker.once('error', (error) => {
        done({
          models: [],
          problems: [
            problem('MC403', `the spec threw ${error.message}`, 'A spec runs as TypeScript while the model is built.'),
          ],
        })
      })
      worker.once('exit', (code) => {
        if (code !== 0)
          done({
            models: [],
            problems: [
              problem('MC403', `the spec ended the process (exit ${code})`, 'A spec must not call process.exit.'),
            ],
          })
      })
    })
  } finally {
    clearTimeout(timer)
    void worker.terminate()
  }
}
