/**
 * Expressions that are used several times in what is evaluated together. Where it is long, the text of one is written once: its value is
 * computed ahead, whether it is needed or not, into local variables, and what is wrong with it is remembered to be raised
 * where it is used. So code is as long as there are different expressions, and not as there are ways to them.
 *
 * Short texts are written wherever they are used: they are as fast, are computed only where they are needed, and are tested together.
 */

import type { Expr } from '../../src/model/ir.ts'
import { operandsOf } from '../../src/model/operands.ts'
import { fresh, indent, type Line } from './block.ts'
import { type Code, failText, mayFail, type Texts, unless } from './code.ts'
import { leavesOf, mapLeaves } from './shaped.ts'

export interface Shared {
  /** What is computed ahead. */
  readonly lines: Line[]
  readonly usedAgain: ReadonlySet<Expr>
  /** Some of them, operands first, between which there are not too many calls for the stack. */
  readonly deep: readonly Expr[]
  /** Of those that were met. */
  readonly codes: Map<Expr, Code>
  /** The same of what is read in the successor. */
  readonly next: Shared | null
}

/** Of expressions that are evaluated in the same state, after the lines; null: nothing is used several times that is worth a thought. */
export function sharedIn(es: readonly Expr[], lines: Line[]): Shared | null {
  if (es.every((e) => operandsOf(e).length === 0)) return null
  const now: Uses = { all: new Set(), again: new Set() }
  let next: Uses | null = null
  const visit = (e: Expr, uses: Uses): void => {
    if (e.kind === 'next') next ??= { all: new Set(), again: new Set() }
    const own = e.kind === 'next' && next !== null ? next : uses
    for (const operand of operandsOf(e)) {
      if (own.all.has(operand)) own.again.add(operand)
      else visit(operand, own)
    }
    uses.all.add(e)
  }
  for (const e of es) {
    if (now.all.has(e)) now.again.add(e)
    else visit(e, now)
  }
  const sharedBy = (uses: Uses | null, inside: Shared | null): Shared | null => {
    if (uses === null || (uses.again.size === 0 && inside === null)) return null
    return { lines, usedAgain: uses.again, deep: deepIn(uses.all, uses.again), codes: new Map(), next: inside }
  }
  return sharedBy(now, sharedBy(next, null))
}

interface Uses {
  /** Operands first. */
  readonly all: Set<Expr>
  readonly again: Set<Expr>
}

/** Operators in each other that are emitted by calls in each other. */
const mostCalls = 50

function deepIn(all: ReadonlySet<Expr>, again: ReadonlySet<Expr>): readonly Expr[] {
  if (again.size === 0) return []
  const heights = new Map<Expr, number>()
  const deep: Expr[] = []
  for (const e of all) {
    const height = operandsOf(e).reduce((most, operand) => Math.max(most, (heights.get(operand) ?? 0) + 1), 0)
    const isDeep = height > mostCalls && again.has(e)
    heights.set(e, isDeep ? 0 : height)
    if (isDeep) deep.push(e)
  }
  return deep
}

/** The code of an expression that is used several times, which `emit` makes. */
export function once(e: Expr, { codes, lines }: Shared, emit: () => Code): Code {
  const code = codes.get(e) ?? ahead(emit(), lines)
  codes.set(e, code)
  return code
}

/** Characters of a text that is written once. */
const longText = 80
const isLong = (text: string): boolean => text.length > longText

function ahead(code: Code, lines: Line[]): Code {
  const leaves = leavesOf(code)
  if (!leaves.some(isLong) && !isLong(code.wrong.join())) return code
  if (code.wrong.length === 0 && !leaves.some(mayFail)) {
    return unless(
      [],
      renamed(code, (name, text) => lines.push(`const ${name} = ${text}`)),
    )
  }
  // A variable that is set later has 32 bits and a sign.
  if (isUnsigned(code)) return code
  const wrong = fresh('wrong')
  const set: Line[] = code.wrong.length === 0 ? [] : [`if (${code.wrong.join(' || ')}) ${failText}`]
  lines.push(`let ${wrong} = false`)
  const value = renamed(code, (name, text) => {
    lines.push(`let ${name} = 0`)
    set.push(`${name} = ${text}`)
  })
  lines.push('try {', ...indent(set), '} catch {', `  ${wrong} = true`, '}')
  return unless([wrong], value)
}

/** The value with variables in place of texts that are long or raise an error. */
function renamed(value: Texts, declare: (name: string, text: string) => void): Texts {
  return mapLeaves(value, (text) => {
    if (!isLong(text) && !mayFail(text)) return text
    const name = fresh('x')
    declare(name, text)
    return name
  })
}

function isUnsigned(code: Texts): boolean {
  if (code.kind === 'parts' || code.kind === 'sequence') return code.parts.some(isUnsigned)
  return code.kind === 'scalar' && code.domain.kind === 'range' && code.domain.max >= 2 ** 31
}
