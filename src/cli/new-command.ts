/**
 * `modelcheck new`: a runnable spec to start from.
 */

import { existsSync } from 'node:fs'
import { problem } from '../model/problem.ts'
import { tellProblems } from './tell.ts'
import { problemOfWriting } from './write-file.ts'

const template = (name: string, file: string): string => `/**
 * ${name}: two workers take a lock before they touch what they share.
 * Run it with: npx modelcheck ${file}
 */

import { all, at, bool, forever, idle, leadsTo, model, never, not, set, state, step, threads, until } from 'modelcheck'

const workers = ['w0', 'w1'] as const

export const example = model('${name}', () => {
  // Variables have a finite domain and an initial value.
  const { locked } = state({ locked: bool.starts(false) })

  // Sequential code; between any two steps everybody else may run.
  // Try it: split the lock's test and its write into two steps, and read what the tool says.
  const worker = threads(workers, { fair: 'strong' }, () =>
    forever(
      idle('rest'),
      until('lock', not(locked), set(locked, true)),
      step('critical'),
      step('unlock', set(locked, false)),
    ),
  )

  return {
    threads: worker,
    properties: {
      'mutual exclusion': never(all(at(worker.w0, 'critical'), at(worker.w1, 'critical'))),
      'w0 gets the lock': leadsTo(at(worker.w0, 'lock'), at(worker.w0, 'critical')),
    },
  }
})
`

/** Returns the exit code. Refuses to overwrite. */
export function newCommand(name: string, hasColour: boolean): number {
  const [, base = name, extension = '.ts'] = /^(.*?)(\.m?ts)?$/.exec(name) ?? []
  const fail = (message: string, hint: string): number => tellProblems([problem('MC401', message, hint)], hasColour)
  if (!/^[A-Za-z0-9][\w-]*$/.test(base))
    return fail(`'${name}' is no name for a spec`, 'Use letters, digits and dashes, and .ts or .mts.')
  const file = `${base}${extension}`
  if (existsSync(file)) return fail(`${file} exists`, 'Choose another name.')
  const unwritten = problemOfWriting(file, template(base, file))
  if (unwritten !== null) return tellProblems([unwritten], hasColour)
  process.stdout.write(`wrote ${file}; run: npx modelcheck ${file}\n`)
  return 0
}
