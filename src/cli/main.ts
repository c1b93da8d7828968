/**
 * The command line: commands, options, help, and the last line of defence, where a bug becomes exit code 4.
 */

import yargs, { type Argv } from 'yargs'
import type { Problem } from '../model/problem.ts'
import { paintFor } from '../report/paint.ts'
import { renderProblems } from '../report/render-text.ts'
import { reportOf } from '../report/report.ts'
import { packageVersion } from '../report/version.ts'
import { checkCommand } from './check-command.ts'
import { compareCommand } from './compare-command.ts'
import { diffCommand } from './diff-command.ts'
import { exploreCommand } from './explore-command.ts'
import { graphCommand } from './graph-command.ts'
import { newCommand } from './new-command.ts'
import { simulateCommand } from './simulate-command.ts'
import { replayCommand, traceCommand } from './trace-command.ts'
import { givenOnce, UsageError, usageProblem } from './usage.ts'
import { watchCommand } from './watch-command.ts'

const epilogue = `To begin: modelcheck new my-lock, then modelcheck my-lock.ts, change it, and read what breaks.
The language is described in docs/language.md, the output in docs/command-line.md.

Exit codes:
  0  every verdict is as expected
  1  a property is violated, a deadlock, a model error, something reachable is not, or an expected
     violation is gone
  2  wrong usage, or an invalid spec
  3  inconclusive: a limit of states, depth, memory or time was hit, or SIGINT came
  4  a bug of modelcheck`

function hasColour(color: unknown): boolean {
  return typeof color === 'boolean' ? color : process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === ''
}

const list = (value: readonly (string | number)[] | undefined): readonly string[] => (value ?? []).map(String)

function selection<T>(command: Argv<T>) {
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

function limits<T>(command: Argv<T>) {
  return command
    .option('property', {
      type: 'string',
      array: true,
      nargs: 1,
      describe: 'Only this property (exact name or glob; repeatable)',
    })
    .option('workers', { type: 'string', requiresArg: true, default: 'auto', describe: 'Threads: a number or auto' })
    .option('max-states', {
      type: 'number',
      requiresArg: true,
      describe: 'Stop after the level that reaches so many states',
    })
    .option('max-depth', { type: 'number', requiresArg: true, describe: 'Stop after so many levels' })
    .option('timeout', { type: 'number', requiresArg: true, describe: 'Stop after so many seconds' })
    .option('memory', {
      type: 'string',
      requiresArg: true,
      describe: 'Budget for states, as 512M or 8G; default: half of the machine',
    })
    .option('json', { type: 'boolean', default: false, describe: 'One JSON document on stdout' })
    .option('quiet', { type: 'boolean', default: false, describe: 'Verdicts only' })
}

function checkOptions<T>(command: Argv<T>) {
  return limits(selection(command))
    .positional('spec', { type: 'string', demandOption: true, describe: 'A TypeScript file that exports models' })
    .option('stop-at-first', {
      type: 'boolean',
      default: false,
      describe: 'Stop after the level of the first violation',
    })
    .option('explain-fairness', {
      type: 'boolean',
      default: false,
      describe: 'Say which declared fairness a property that holds did not need',
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
    .group(['workers', 'max-states', 'max-depth', 'timeout', 'memory', 'stop-at-first'], 'How far to go:')
    .group(
      ['out', 'html', 'report', 'junit', 'sarif', 'watch', 'json', 'quiet', 'explain-fairness', 'emit', 'color'],
      'What to show:',
    )
}

let exitCode = 0

async function run(argv: readonly string[]): Promise<void> {
  const parser = yargs([...argv])
  parser
    .scriptName('modelcheck')
    .usage(
      '$0 <spec.ts> [options]\n\nExplores every interleaving of a concurrent protocol written in TypeScript and prints the\nshortest counterexample.',
    )
    .command(
      ['check <spec>', '$0 <spec>'],
      'explore every exported model, judge every property',
      checkOptions,
      async (args) => {
        const color = hasColour(args.color)
        if (args.watch && args.json) throw new UsageError('--watch and --json cannot be combined')
        if (args.watch) {
          exitCode = await watchCommand({ ...args, color }, argv)
          return
        }
        exitCode = await checkCommand({
          ...args,
          color,
          model: list(args.model),
          property: list(args.property),
          set: list(args.set),
        })
      },
    )
    .command(
      'compare <specs..>',
      'set the models of one or several specs side by side',
      (command) =>
        limits(selection(command))
          .positional('specs', { type: 'string', array: true, demandOption: true, describe: 'TypeScript files' })
          .option('format', {
            choices: ['text', 'markdown'] as const,
            requiresArg: true,
            default: 'text' as const,
            describe: 'For a terminal or mail, or for a pull request',
          }),
      async (args) => {
        exitCode = await compareCommand({
          ...args,
          color: hasColour(args.color),
          model: list(args.model),
          property: list(args.property),
          set: list(args.set),
        })
      },
    )
    .command(
      'diff <before> <after>',
      'say what changed between two reports of --json',
      (command) =>
        command
          .positional('before', { type: 'string', demandOption: true })
          .positional('after', { type: 'string', demandOption: true })
          .option('format', {
            choices: ['text', 'markdown'] as const,
            default: 'text' as const,
            describe: 'For a terminal or for a pull request',
          })
          .option('json', { type: 'boolean', default: false, describe: 'One JSON document on stdout' }),
      (args) => {
        exitCode = diffCommand({ ...args, color: hasColour(args.color) })
      },
    )
    .command(
      'explore <spec>',
      'step through a spec in the browser',
      (command) =>
        selection(command)
          .positional('spec', { type: 'string', demandOption: true, describe: 'A TypeScript file that exports models' })
          .option('workers', { type: 'string', default: 'auto', describe: 'Threads of a search: a number or auto' })
          .option('timeout', { type: 'number', default: 60, describe: 'Most seconds of a search' })
          .option('memory', { type: 'string', describe: 'Budget for states, as 512M or 8G' })
          .option('trace', {
            type: 'string',
            array: true,
            nargs: 1,
            describe: 'A counterexample to begin from (repeatable); default: those saved for the spec',
          })
          .option('port', { type: 'number', default: 0, describe: 'Port on the loopback; 0: any that is free' }),
      async (args) => {
        exitCode = await exploreCommand({
          ...args,
          color: hasColour(args.color),
          model: list(args.model),
          set: list(args.set),
          trace: list(args.trace),
          maxStates: undefined,
          maxDepth: undefined,
        })
      },
    )
    .command(
      'graph <spec>',
      'draw the reachable states of one model',
      (command) =>
        command
          .positional('spec', { type: 'string', demandOption: true, describe: 'A TypeScript file that exports models' })
          .option('model', { type: 'string', array: true, nargs: 1, requiresArg: true, describe: 'The model to draw' })
          .option('set', {
            type: 'string',
            array: true,
            nargs: 1,
            requiresArg: true,
            describe: 'A constant of the model: name=value (repeatable)',
          })
          .option('format', {
            choices: ['dot', 'svg'] as const,
            requiresArg: true,
            default: 'dot' as const,
            describe: 'For Graphviz, or drawn by it',
          })
          .option('project', {
            type: 'string',
            requiresArg: true,
            describe: 'Only these variables, separated by commas; states that agree on them are one node',
          })
          .option('out', { type: 'string', requiresArg: true, describe: 'Write to this file instead of stdout' }),
      async (args) => {
        exitCode = await graphCommand({
          ...args,
          color: hasColour(args.color),
          model: list(args.model),
          set: list(args.set),
        })
      },
    )
    .command(
      'trace <file>',
      'show a saved counterexample',
      (command) =>
        command
          .positional('file', { type: 'string', demandOption: true })
          .option('format', {
            choices: ['text', 'json', 'itf', 'mermaid', 'vitest'] as const,
            requiresArg: true,
            default: 'text' as const,
            describe: 'Output format',
          })
          .option('out', { type: 'string', requiresArg: true, describe: 'Write to this file instead of stdout' })
          .option('step', { type: 'number', requiresArg: true, describe: 'Only this step' })
          .option('full', { type: 'boolean', default: false, describe: 'All steps and all variables' }),
      (args) => {
        exitCode = traceCommand({ ...args, color: hasColour(args.color) })
      },
    )
    .command(
      'replay <file>',
      'certify a saved counterexample against the spec as it is now',
      (command) =>
        command
          .positional('file', { type: 'string', demandOption: true })
          .option('spec', { type: 'string', requiresArg: true, describe: 'The spec, if it has moved' }),
      async (args) => {
        exitCode = await replayCommand({ ...args, color: hasColour(args.color) })
      },
    )
    .command(
      'simulate <spec>',
      'random runs',
      (command) =>
        selection(command)
          .positional('spec', { type: 'string', demandOption: true })
          .option('runs', { type: 'number', requiresArg: true, default: 100, describe: 'How many runs' })
          .option('depth', { type: 'number', requiresArg: true, default: 200, describe: 'Most steps of a run' })
          .option('seed', {
            type: 'number',
            requiresArg: true,
            default: 1,
            describe: 'The same seed gives the same runs',
          }),
      async (args) => {
        exitCode = await simulateCommand({
          ...args,
          color: hasColour(args.color),
          model: list(args.model),
          set: list(args.set),
        })
      },
    )
    .command(
      'new <name>',
      'write a runnable spec to start from',
      (command) => command.positional('name', { type: 'string', demandOption: true }),
      (args) => {
        exitCode = newCommand(args.name, hasColour(args.color))
      },
    )
    .option('color', { type: 'boolean', describe: 'Colour; --no-color turns it off' })
    .epilogue(epilogue)
    .version(packageVersion)
    .strict()
    .wrap(100)
    .check((args) => givenOnce(args))
    .fail((message, error: unknown) => {
      if (error instanceof Error && error.name !== 'YError') throw error
      throw new UsageError(message)
    })
  try {
    await parser.parseAsync()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    exitCode = 2
    tellUsage(usageProblem(error.message, argv, await parser.getHelp()), argv.includes('--json'))
  }
}

function tellUsage(found: Problem, isJson: boolean): void {
  if (isJson) process.stdout.write(`${JSON.stringify(reportOf('', 0, [], [found]), null, 2)}\n`)
  else process.stderr.write(`${renderProblems([found], paintFor(hasColour(undefined)))}\n`)
}

function internalError(error: unknown, isJson: boolean): void {
  const message = error instanceof Error ? error.message : String(error)
  if (isJson) {
    const bug = { code: 'internal', message, file: null, line: null, hint: 'Please report this bug of modelcheck.' }
    process.stdout.write(`${JSON.stringify({ ...reportOf('', 0, []), errors: [bug] }, null, 2)}\n`)
  }
  const detail = error instanceof Error ? (error.stack ?? message) : message
  process.stderr.write(`internal error: this is a bug of modelcheck, please report it\n${detail}\n`)
}

// A reader that goes away (`| head`) is no error of ours.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode)
    throw error
  })
}

const argv = process.argv.slice(2)
try {
  await run(argv)
} catch (error) {
  exitCode = 4
  internalError(error, argv.includes('--json'))
}
process.exitCode = exitCode
