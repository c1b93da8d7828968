/**
 * The options that several commands share, and those of `check`.
 */

import type { Argv } from 'yargs'
import { reductionNames } from '../../checker/reduce/names.ts'

export const specPosition = {
  type: 'string',
  demandOption: true,
  describe: 'A TypeScript file that exports models',
} as const

export const propertyOption = {
  type: 'string',
  array: true,
  nargs: 1,
  describe: 'Only this property (exact name or glob; repeatable)',
} as const

export const timeoutOption = { type: 'number', requiresArg: true, describe: 'Stop after so many seconds' } as const
export const jsonOption = { type: 'boolean', default: false, describe: 'One JSON document on stdout' } as const
export const quietOption = { type: 'boolean', default: false, describe: 'Verdicts only' } as const

export function selection<T>(command: Argv<T>) {
  return command
    .option('model', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'Only this model (exact name or glob; repeatable)',
    })
    .option('set', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'A constant of the model: name=value (repeatable)',
    })
    .option('out', {
      type: 'string',
      requiresArg: true,
      default: 'counterexamples',
      describe: 'Folder for counterexamples',
    })
}

export function limits<T>(command: Argv<T>) {
  return command
    .option('property', propertyOption)
    .option('workers', { type: 'string', requiresArg: true, default: 'auto', describe: 'Threads: a number or auto' })
    .option('max-states', {
      type: 'number',
      requiresArg: true,
      describe: 'Stop after the level that reaches so many states',
    })
    .option('max-depth', { type: 'number', requiresArg: true, describe: 'Stop after so many levels' })
    .option('timeout', timeoutOption)
    .option('memory', {
      type: 'string',
      requiresArg: true,
      describe: 'Budget for states, as 512M or 8G; default: half of the machine',
    })
    .option('json', jsonOption)
    .option('quiet', quietOption)
}

export function checkOptions<T>(command: Argv<T>) {
  return limits(selection(command))
    .positional('spec', specPosition)
    .option('stop-at-first', {
      type: 'boolean',
      default: false,
      describe: 'Stop after the level of the first violation',
    })
    .option('reduce', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: `Search fewer states for the same verdicts: ${reductionNames.join(', ')} (repeatable)`,
    })
    .option('explain-fairness', {
      type: 'boolean',
      default: false,
      describe: 'Say which declared fairness a property that holds did not need',
    })
    .option('coverage', {
      type: 'boolean',
      default: false,
      describe: 'Say how often each action and line was taken, by whom, and its share of the new states',
    })
    .option('html', {
      type: 'string',
      requiresArg: true,
      describe: 'Write the report to this file, as one page to open in a browser',
    })
    .option('report', { type: 'string', requiresArg: true, describe: 'Write the report of --json to this file' })
    .option('watch', {
      type: 'boolean',
      default: false,
      describe: 'Check again whenever a file of the spec is saved, and show what changed',
    })
    .option('junit', { type: 'string', requiresArg: true, describe: 'Write JUnit XML to this file' })
    .option('sarif', { type: 'string', requiresArg: true, describe: 'Write SARIF to this file' })
    .option('emit', { type: 'string', requiresArg: true, describe: 'Write the generated code to this file' })
    .example('$0 specs/peterson.ts', 'check every model of a spec')
    .example('$0 specs/peterson.ts --property "*gets in"', 'only some properties')
    .example('$0 specs/filter-lock.ts --set processes=5', 'another constant')
    .group(['model', 'property', 'set'], 'What to check:')
    .group(['workers', 'max-states', 'max-depth', 'timeout', 'memory', 'stop-at-first', 'reduce'], 'How far to go:')
    .group(
      [
        'out',
        'coverage',
        'html',
        'report',
        'junit',
        'sarif',
        'watch',
        'json',
        'quiet',
        'explain-fairness',
        'emit',
        'color',
      ],
      'What to show:',
    )
}
