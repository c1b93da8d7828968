/**
 * From text to a program: names are resolved, ranges known, calls of formulas put in place.
 */

import { createExpressions, type Expressions } from './parse-expression.ts'
import { isWide } from './ranges.ts'
import { createScope, type Scope } from './scope.ts'
import type { ArrayPlace, Case, Expression, Func, Program, Range, Statement } from './syntax.ts'
import { type Tokens, tokensOf } from './tokens.ts'

/** Arrays begin at multiples of a cache line, in bytes. */
const alignment = 64

export interface Parser {
  readonly tokens: Tokens
  readonly scope: Scope
  readonly expressions: Expressions
}

/** Throws where the text is not of the language: a mistake of whoever generates it. */
export function parse(text: string): Program {
  const tokens = tokensOf(text)
  const scope = createScope()
  const parser = { tokens, scope, expressions: createExpressions(tokens, scope) }
  // Functions may be called before their text.
  for (const [, name = '', parameters = ''] of text.matchAll(/^function (\w+)\(([^)]*)\)/gm))
    scope.declareFunction(
      name,
      parameters.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
    )
  const arrays: ArrayPlace[] = []
  while (tokens.peek() !== 'return') {
    if (tokens.accept('function')) parseFunction(parser)
    else if (tokens.accept('const')) parseArrays(parser, arrays)
    else parseGlobals(parser)
  }
  return { functions: scope.functions(), arrays, globals: scope.globals(), offered: parseOffered(tokens) }
}

function parseOffered(tokens: Tokens): readonly string[] {
  tokens.expect('return')
  tokens.expect('{')
  const names: string[] = []
  while (!tokens.accept('}')) {
    names.push(tokens.take())
    tokens.accept(',')
  }
  return names
}

function parseArrays({ tokens, scope }: Parser, arrays: ArrayPlace[]): void {
  do {
    const name = tokens.take()
    tokens.expect('=')
    const values: number[] | null = tokens.accept('new') ? null : []
    tokens.expect(values === null ? 'Int32Array' : 'Int32Array.of')
    tokens.expect('(')
    let length = 0
    if (values === null) length = Number(tokens.take())
    for (; values !== null && tokens.peek() !== ')'; tokens.accept(',')) values.push(signed(tokens))
    tokens.expect(')')
    const last = arrays.at(-1)
    const end = last === undefined ? 0 : last.address + last.length * 4
    const address = Math.ceil(end / alignment) * alignment
    const array = { name, length: values?.length ?? length, values, address }
    arrays.push(array)
    scope.declareArray(array)
  } while (tokens.accept(','))
}

function signed(tokens: Tokens): number {
  return tokens.accept('-') ? -Number(tokens.take()) : Number(tokens.take())
}

function parseGlobals({ tokens, scope }: Parser): void {
  tokens.expect('let')
  do {
    const name = tokens.take()
    tokens.expect('=')
    scope.declareGlobal(
      name,
      tokens.peek() === 'true' || tokens.peek() === 'false' ? Number(tokens.take() === 'true') : signed(tokens),
    )
  } while (tokens.accept(','))
}

function parseFunction(parser: Parser): void {
  const { tokens, scope } = parser
  const name = tokens.take()
  tokens.expect('(')
  while (!tokens.accept(')')) tokens.take()
  const func = scope.functionOf(name)
  scope.enter()
  for (const parameter of func.parameters) scope.declare(parameter)
  func.body.push(...parseBlock(parser, func))
  scope.leave()
}

/** With its braces. */
function parseBlock(parser: Parser, func: Func): readonly Statement[] {
  parser.tokens.expect('{')
  return parseStatements(parser, func, () => parser.tokens.accept('}'))
}

function parseStatements(parser: Parser, func: Func, isEnd: () => boolean): readonly Statement[] {
  const { scope, tokens } = parser
  const statements: Statement[] = []
  scope.enter()
  while (!isEnd()) {
    if (tokens.accept(';')) continue
    statements.push(...parseStatement(parser, func))
  }
  scope.leave()
  return statements
}

function parseStatement(parser: Parser, func: Func): readonly Statement[] {
  const { tokens, expressions } = parser
  switch (tokens.peek()) {
    case '{':
      return [{ kind: 'block', body: parseBlock(parser, func) }]
    case 'const':
    case 'let':
      return parseDeclarations(parser)
    case 'if':
      return [parseIf(parser, func)]
    case 'for':
    case 'while':
      return parseLoop(parser, func)
    case 'switch':
      return [parseSwitch(parser, func)]
    case 'try':
      return [parseTry(parser, func)]
    case 'break':
    case 'continue':
      return [{ kind: tokens.take() === 'break' ? 'break' : 'continue' }]
    case 'return':
      return [parseReturn(parser, func)]
    default:
      return [{ kind: 'evaluate', e: expressions.parse() }]
  }
}

/** One statement, or those of a block, in a scope of their own. */
function parseBranch(parser: Parser, func: Func): readonly Statement[] {
  if (parser.tokens.peek() === '{') return parseBlock(parser, func)
  parser.scope.enter()
  const statements = parseStatement(parser, func)
  parser.scope.leave()
  return statements
}

function parseDeclarations({ tokens, scope, expressions }: Parser): readonly Statement[] {
  const isConstant = tokens.take() === 'const'
  const statements: Statement[] = []
  do {
    const name = tokens.take()
    tokens.expect('=')
    const value = expressions.parse()
    if (isConstant && value.kind === 'number') {
      scope.declareNumber(name, value.value)
      continue
    }
    const variable = { name, range: isConstant ? value.range : looselyAs(value.range) }
    scope.declare(variable)
    statements.push({ kind: 'declare', variable, value })
  } while (tokens.accept(','))
  return statements
}

/** A variable that changes may leave the range it starts in, but not its width. */
function looselyAs(range: Range): Range {
  return isWide(range) ? { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER } : null
}

function parseTest({ tokens, expressions }: Parser): Expression {
  tokens.expect('(')
  const test = expressions.parse()
  tokens.expect(')')
  return test
}

/** With all that follow an `else`, however many, without recursion. */
function parseIf(parser: Parser, func: Func): Statement {
  const { tokens } = parser
  const chain: { readonly test: Expression; readonly then: readonly Statement[] }[] = []
  let otherwise: readonly Statement[] = []
  do {
    if (!tokens.accept('if')) {
      otherwise = parseBranch(parser, func)
      break
    }
    const test = parseTest(parser)
    chain.push({ test, then: parseBranch(parser, func) })
    tokens.accept(';')
  } while (tokens.accept('else'))
  return chain.reduceRight<readonly Statement[]>(
    (rest, { test, then }) => [{ kind: 'if', test, then, otherwise: rest }],
    otherwise,
  )[0] as Statement
}

function parseLoop(parser: Parser, func: Func): readonly Statement[] {
  const { tokens, scope, expressions } = parser
  if (tokens.take() === 'while')
    return [{ kind: 'loop', test: parseTest(parser), update: [], body: parseBody(parser, func) }]
  tokens.expect('(')
  scope.enter()
  const first = tokens.peek() === ';' ? [] : parseStatement(parser, func)
  tokens.expect(';')
  const test = tokens.peek() === ';' ? null : expressions.parse()
  tokens.expect(';')
  const update: Expression[] = []
  while (!tokens.accept(')')) {
    update.push(expressions.parse())
    tokens.accept(',')
  }
  const body = parseBody(parser, func)
  scope.leave()
  return [{ kind: 'block', body: [...first, { kind: 'loop', test, update, body }] }]
}

/** Of a loop; it may be empty. */
function parseBody(parser: Parser, func: Func): readonly Statement[] {
  return parser.tokens.accept(';') ? [] : parseBranch(parser, func)
}

function parseSwitch(parser: Parser, func: Func): Statement {
  const { tokens } = parser
  tokens.expect('switch')
  const value = parseTest(parser)
  tokens.expect('{')
  const cases: Case[] = []
  while (!tokens.accept('}')) {
    const isDefault = tokens.accept('default')
    if (!isDefault) tokens.expect('case')
    const label = isDefault ? null : signed(tokens)
    tokens.expect(':')
    const isEnd = (): boolean => ['case', 'default', '}'].includes(tokens.peek())
    cases.push({ label, body: parseStatements(parser, func, isEnd) })
  }
  return { kind: 'switch', value, cases }
}

function parseTry(parser: Parser, func: Func): Statement {
  const { tokens } = parser
  tokens.expect('try')
  const body = parseBlock(parser, func)
  tokens.expect('catch')
  return { kind: 'try', body, handler: parseBlock(parser, func) }
}

const endsReturn: ReadonlySet<string> = new Set(['}', ';', 'case', 'default', 'else'])

function parseReturn({ tokens, expressions }: Parser, func: Func): Statement {
  tokens.expect('return')
  if (endsReturn.has(tokens.peek())) return { kind: 'return', e: null }
  func.hasResult = true
  return { kind: 'return', e: expressions.parse() }
}
