/**
 * The commands: how each is called, and what is loaded when it is. Each loads what it needs and nothing of the others, because
 * reading code is most of a short run.
 */

import type { Argv } from 'yargs'
import {
  checkOptions,
  jsonOption,
  limits,
  propertyOption,
  quietOption,
  selection,
  specPosition,
  timeoutOption,
} from './command-options.ts'
import { hasColour } from './terminal.ts'
import { UsageError } from './usage.ts'

/** One call of the tool: its words, and where its exit code goes. */
export interface Call {
  readonly argv: readonly string[]
  ended(exitCode: number): void
}

type AddCommand = (parser: Argv, call: Call) => void

const list = (value: readonly (string | number)[] | undefined): readonly string[] => (value ?? []).map(String)

const check: AddCommand = (parser, { argv, ended }) => {
  parser.command(
    ['check <spec>', '$0 <spec>'],
    'explore every exported model, judge every property',
    checkOptions,
    async (args) => {
      const color = hasColour(args.color)
      if (args.watch && args.json) throw new UsageError('--watch and --json cannot be combined')
      if (args.watch) {
        const { watchCommand } = await import('./watch-command.ts')
        ended(await watchCommand({ ...args, color }, argv))
        return
      }
      const { checkCommand } = await import('./check-command.ts')
      const selected = { model: list(args.model), property: list(args.property), set: list(args.set) }
      ended(await checkCommand({ ...args, ...selected, reduce: list(args.reduce), color }))
    },
  )
}

const compare: AddCommand = (parser, { ended }) => {
  parser.command(
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
      const { compareCommand } = await import('./compare-command.ts')
      const selected = { model: list(args.model), property: list(args.property), set: list(args.set) }
      ended(await compareCommand({ ...args, ...selected, color: hasColour(args.color) }))
    },
  )
}

const diff: AddCommand = (parser, { ended }) => {
  parser.command(
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
        .option('json', jsonOption),
    async (args) => {
      const { diffCommand } = await import('./diff-command.ts')
      ended(diffCommand({ ...args, color: hasColour(args.color) }))
    },
  )
}

const explore: AddCommand = (parser, { ended }) => {
  parser.command(
    'explore <spec>',
    'step through a spec in the browser',
    (command) =>
      selection(command)
        .positional('spec', specPosition)
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
      const { exploreCommand } = await import('./explore-command.ts')
      const selected = { model: list(args.model), set: list(args.set), trace: list(args.trace) }
      const unlimited = { maxStates: undefined, maxDepth: undefined }
      ended(await exploreCommand({ ...args, ...selected, ...unlimited, color: hasColour(args.color) }))
    },
  )
}

const graph: AddCommand = (parser, { ended }) => {
  parser.command(
    'graph <spec>',
    'draw the reachable states of one model',
    (command) =>
      command
        .positional('spec', specPosition)
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
      const { graphCommand } = await import('./graph-command.ts')
      ended(await graphCommand({ ...args, color: hasColour(args.color), model: list(args.model), set: list(args.set) }))
    },
  )
}

const trace: AddCommand = (parser, { ended }) => {
  parser.command(
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
    async (args) => {
      const { traceCommand } = await import('./trace-command.ts')
      ended(traceCommand({ ...args, color: hasColour(args.color) }))
    },
  )
}

const replay: AddCommand = (parser, { ended }) => {
  parser.command(
    'replay <file>',
    'certify a saved counterexample against the spec as it is now',
    (command) =>
      command
        .positional('file', { type: 'string', demandOption: true })
        .option('spec', { type: 'string', requiresArg: true, describe: 'The spec, if it has moved' }),
    async (args) => {
      const { replayCommand } = await import('./trace-command.ts')
      ended(await replayCommand({ ...args, color: hasColour(args.color) }))
    },
  )
}

const simulate: AddCommand = (parser, { ended }) => {
  parser.command(
    'simulate <spec>',
    'random runs',
    (command) =>
      selection(command)
        .positional('spec', specPosition)
        .option('property', propertyOption)
        .option('runs', { type: 'number', requiresArg: true, default: 100, describe: 'How many runs' })
        .option('depth', { type: 'number', requiresArg: true, default: 200, describe: 'Most steps of a run' })
        .option('seed', {
          type: 'number',
          requiresArg: true,
          default: 1,
          describe: 'The same seed gives the same runs',
        })
        .option('timeout', timeoutOption)
        .option('json', jsonOption)
        .option('quiet', quietOption),
    async (args) => {
      const { simulateCommand } = await import('./simulate-command.ts')
      const selected = { model: list(args.model), property: list(args.property), set: list(args.set) }
      ended(await simulateCommand({ ...args, ...selected, color: hasColour(args.color) }))
    },
  )
}

const begin: AddCommand = (parser, { ended }) => {
  parser.command(
    'new <name>',
    'write a runnable spec to start from',
    (command) =>
      command.positional('name', {
        describe: 'The file, with or without .ts; or .mts',
        type: 'string',
        demandOption: true,
      }),
    async (args) => {
      const { newCommand } = await import('./new-command.ts')
      ended(newCommand(args.name, hasColour(args.color)))
    },
  )
}

/** In the order of the help. */
export const commands: readonly AddCommand[] = [check, compare, diff, explore, graph, trace, replay, simulate, begin]
