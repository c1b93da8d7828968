/**
 * Wrong usage in words that help: what yargs reports becomes a problem with a hint, near names included.
 */

import { resolve } from 'node:path'
import { nearest } from '../model/nearest.ts'
import { type Problem, problem } from '../model/problem.ts'

/** Thrown out of yargs; becomes exit code 2. */
export class UsageError extends Error {}

const seeHelp = '`modelcheck --help` shows commands and options.'
const repeatable: ReadonlySet<string> = new Set(['_', 'model', 'property', 'reduce', 'set', 'specs', 'trace'])

/** True, or the message for an option that is given twice though it can have only one value. */
export function givenOnce(args: { readonly [name: string]: unknown }): true | string {
  const twice = Object.keys(args).find((name) => !repeatable.has(name) && Array.isArray(args[name]))
  return twice === undefined ? true : `--${twice} is given twice`
}

/** What each names is written to. */
const outputs = ['html', 'report', 'junit', 'sarif', 'emit']

/** True, or the message for two options that would write the same file, or for one that would write over the spec. */
export function writtenOnce(args: { readonly [name: string]: unknown }): true | string {
  const optionOf = new Map<string, string>()
  const spec = typeof args['spec'] === 'string' ? resolve(args['spec']) : null
  for (const name of outputs) {
    const given = args[name]
    if (typeof given !== 'string') continue
    const file = resolve(given)
    if (file === spec) return `--${name} would write over the spec`
    const other = optionOf.get(file)
    if (other !== undefined) return `--${other} and --${name} would write the same file`
    optionOf.set(file, name)
  }
  return true
}

/** True, or the message for a value that is empty, or that names the standard input: a path or number that a variable of a script did not give. */
export function noneEmpty(argv: readonly string[]): true | string {
  if (argv.includes('-')) return "'-' names no file: nothing is read from the standard input"
  const at = argv.findIndex((arg) => arg === '' || /^--[a-z-]+=$/.test(arg))
  if (at === -1) return true
  const option = /^--([a-z-]+)=?$/.exec(argv[at] || (argv[at - 1] ?? ''))?.[1]
  return option === undefined ? 'Not enough non-option arguments' : `Not enough arguments following: ${option}`
}

/** True, or the message for a value where none is asked for. */
export function noneForFlags(argv: readonly string[], args: { readonly [name: string]: unknown }): true | string {
  for (const arg of argv) {
    const [, name, value] = /^--([a-z-]+)=(.+)$/.exec(arg) ?? []
    if (name === undefined || value === 'true' || value === 'false') continue
    if (typeof args[name] === 'boolean') return `--${name} takes no value`
  }
  return true
}

/** `help` is the help of the command that was called: it names the options that exist. */
export function usageProblem(message: string, argv: readonly string[], help: string): Problem {
  const lines = message.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]))
  const text = lines.join(' ')
  const unknown = /^Unknown (?:argument|command)s?: ([^,]+)/.exec(text)?.[1]
  if (unknown !== undefined) return unknownProblem(unknown, argv, help)
  const valueless = /^Not enough arguments following: (\S+)/.exec(text)?.[1]
  if (valueless !== undefined) return problem('MC302', `--${valueless} needs a value`, seeHelp)
  const missing = /^Missing required argument: (\S+)/.exec(text)?.[1]
  if (missing !== undefined || text.startsWith('Not enough non-option arguments')) {
    const given = Number(/: got (\d+)/.exec(text)?.[1] ?? 0)
    const places = [...(help.split('\n')[0] ?? '').matchAll(/<(\w+?)s?(?:\.+\w*)?>/g)].map((match) => match[1])
    const place = missing ?? places[given] ?? 'argument'
    const what = place === 'before' ? 'earlier report' : place === 'after' ? 'later report' : place
    return problem('MC302', `the ${what} is missing`, `As in: ${help.split('\n')[0]}. ${seeHelp}`)
  }
  const choices = /^Invalid values: Argument: (\S+), Given: "(.*)", Choices: (.*)$/.exec(text)
  if (choices !== null)
    return problem('MC302', `--${choices[1]} ${choices[2]} is unknown`, `Choose from ${choices[3]}.`)
  return problem('MC302', text, seeHelp)
}

function unknownProblem(name: string, argv: readonly string[], help: string): Problem {
  const option = optionWith(name, argv)
  if (option !== null) {
    const options = [...help.matchAll(/--([a-z][\w-]*)/g)].map((match) => match[1] ?? '')
    if (option === `--${name}` && options.includes(name)) return problem('MC302', `${option} takes no value`, seeHelp)
    const near = nearest(option.replace(/^-+/, ''), options)
    return problem(
      'MC302',
      `there is no option ${option}`,
      near === null ? seeHelp : `Did you mean --${near}? ${seeHelp}`,
    )
  }
  const commands = [...help.matchAll(/^ {2}modelcheck (\w+)/gm)].map((match) => match[1] ?? '')
  const near = nearest(argv[0] ?? '', commands)
  if (near !== null) return problem('MC302', `there is no command '${argv[0]}'`, `Did you mean '${near}'? ${seeHelp}`)
  return problem('MC302', `'${name}' is one argument too many`, `${whyTooMany(name, argv)}${seeHelp}`)
}

/** As it was given: yargs takes `--no-` for a switch, and each letter after a single dash for an option. */
function optionWith(name: string, argv: readonly string[]): string | null {
  const given = argv.flatMap((arg) => (arg.startsWith('-') ? [arg.split('=')[0] ?? ''] : []))
  const whole = given.find((arg) => arg.replace(/^--?(no-)?/, '') === name || arg.replace(/^-+/, '') === name)
  return whole ?? given.find((arg) => /^-[a-z]/.test(arg) && name.length === 1 && arg.includes(name)) ?? null
}

function whyTooMany(name: string, argv: readonly string[]): string {
  if (/\.[cm]?[jt]s$/.test(name)) return 'One spec at a time; `modelcheck compare` takes several. '
  const before = argv[argv.lastIndexOf(name) - 1] ?? ''
  if (before === '--json') return `--json writes to standard output, as in: --json > ${name}. `
  return /^--[a-z-]+$/.test(before) ? `${before} takes no value. ` : ''
}
