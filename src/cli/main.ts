/**
 * The command line: help, wrong usage, and the last line of defence, where a bug becomes exit code 4.
 */

import './working-directory.ts'

import { inspect } from 'node:util'
import yargs from 'yargs'
import { type Problem, problem } from '../model/problem.ts'
import { problemReport } from '../report/report.ts'
import { packageVersion } from '../report/version.ts'
import { commands } from './commands.ts'
import { Interrupted } from './interrupt.ts'
import { systemReason } from './system-reason.ts'
import { tellProblems } from './tell.ts'
import { hasColour } from './terminal.ts'
import { givenOnce, noneEmpty, noneForFlags, UsageError, usageProblem, writtenOnce } from './usage.ts'

const epilogue = `To begin: modelcheck new my-lock, then modelcheck my-lock.ts, change it, and read what breaks.
The language is described in docs/language.md of the package (under node_modules/modelcheck,
where it is installed), the output in docs/command-line.md.

Exit codes:
  0  every verdict is as expected
  1  a property is violated, a deadlock, a model error, something reachable is not, or an expected
     violation is gone
  2  wrong usage, or an invalid spec
  3  inconclusive: a limit of states, depth, memory or time was hit, or a signal came
  4  a bug of modelcheck`

/** Null until a command has ended. */
let exitCode: number | null = null

async function run(argv: readonly string[]): Promise<void> {
  const parser = yargs([...argv])
  parser
    .scriptName('modelcheck')
    .usage(
      '$0 <spec.ts> [options]\n\nExplores every interleaving of a concurrent protocol written in TypeScript and prints the\nshortest counterexample.',
    )
    .option('color', { type: 'boolean', describe: 'Colour; --no-color turns it off' })
    .epilogue(epilogue)
    .version(packageVersion)
    .strict()
    .wrap(100)
    .check((args) => {
      const found = [noneEmpty(argv), noneForFlags(argv, args), givenOnce(args), writtenOnce(args)]
      return found.find((message) => message !== true) ?? true
    })
    .fail((message, error: unknown) => {
      if (error instanceof Error && error.name !== 'YError') throw error
      throw new UsageError(message)
    })
  const ended = (code: number): void => {
    exitCode = code
  }
  for (const add of commands) add(parser, { argv, ended })
  try {
    await parser.parseAsync()
  } catch (error) {
    if (error instanceof Interrupted) {
      exitCode = 3
      process.stderr.write(`${error.message}\n`)
    } else if (error instanceof UsageError) {
      exitCode = 2
      tellProblem(usageProblem(error.message, argv, await parser.getHelp()), argv)
    } else throw error
  }
}

function tellProblem(found: Problem, argv: readonly string[]): void {
  const color = ['--color', '--no-color'].find((option) => argv.includes(option))
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(problemReport('', 0, [found]), null, 2)}\n`)
  else tellProblems([found], hasColour(color === undefined ? undefined : color === '--color'))
}

function internalError(error: unknown, isJson: boolean): void {
  const message = error instanceof Error ? error.message : String(error)
  if (isJson) {
    const bug = { code: 'internal', message, file: null, line: null, hint: 'Please report this bug of modelcheck.' }
    process.stdout.write(`${JSON.stringify({ ...problemReport('', 0, []), errors: [bug] }, null, 2)}\n`)
  }
  const detail = error instanceof Error ? inspect(error) : message
  process.stderr.write(`internal error: this is a bug of modelcheck, please report it\n${detail}\n`)
}

/** Runs one command; its exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  exitCode = null
  try {
    await run(argv)
  } catch (error) {
    exitCode = 4
    internalError(error, argv.includes('--json'))
  }
  return exitCode ?? 0
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader that goes away (`| head`) is no error of ours.
  if (error.code === 'EPIPE') process.exit(exitCode ?? 3)
  tellProblems([problem('MC401', `stdout cannot be written: ${systemReason(error)}`, 'Check where it leads.')], false)
  process.exit(2)
})
// There is nobody left to tell.
process.stderr.on('error', () => undefined)
