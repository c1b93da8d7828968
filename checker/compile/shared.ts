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
import { type Code, combineLeaves, failText, leavesOf, mayFail } from './code.ts'

export interface Shared {
  /** What is computed ahead. */
  readonly lines: Line[]
  readonly usedAgain: ReadonlySet<Expr>
  /** Of those that were met. */
  readonly codes: Map<Expr, Code>
  /** The same of what is read in the successor. */
  readonly next: Shared | null
}

/** Of expressions that are evaluated in the same state, after the lines. */
export function sharedIn(es: readonly Expr[], lines: Line[]): Shared {
  const uses = { once: new Set<Expr>(), again: new Set<Expr>() }
  const usesNext = { once: new Set<Expr>(), again: new Set<Expr>() }
  const visit = (e: Expr, now: typeof uses): void => {
    if (now.once.has(e)) {
      now.again.add(e)
      return
    }
    now.once.add(e)
    for (const operand of operandsOf(e)) visit(operand, e.kind === 'next' ? usesNext : now)
  }
  for (const e of es) visit(e, uses)
  const next = { lines, usedAgain: usesNext.again, codes: new Map(), next: null }
  return { lines, usedAgain: uses.again, codes: new Map(), next }
}

/** The code of an expression, which `emit` makes. */
export function once(e: Expr, shared: Shared | null, emit: () => Code): Code {
  if (shared === null || !shared.usedAgain.has(e)) return emit()
  const known = shared.codes.get(e)
  if (known !== undefined) return known
  const code = ahead(emit(), shared.lines)
  shared.codes.set(e, code)
  return code
}

/** Characters of a text that is written once. */
const longText = 80
const isLong = (text: string): boolean => text.length > longText

function ahead(code: Code, lines: Line[]): Code {
  const leaves = leavesOf(code)
  if (!leaves.some(isLong) && !isLong(code.wrong.join())) return code
  if (code.wrong.length === 0 && !leaves.some(mayFail)) {
    return renamed(code, (name, text) => lines.push(`const ${name} = ${text}`))
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
  return { ...value, wrong: [wrong] }
}

/** The value with variables in place of texts that are long or raise an error. */
function renamed(code: Code, declare: (name: string, text: string) => void): Code {
  return combineLeaves([code], ([text = '0']) => {
    if (!isLong(text) && !mayFail(text)) return text
    const name = fresh('x')
    declare(name, text)
    return name
  })
}

function isUnsigned(code: Code): boolean {
  if (code.kind === 'parts' || code.kind === 'sequence') return code.parts.some(isUnsigned)
  return code.kind === 'scalar' && code.domain.kind === 'range' && code.domain.max >= 2 ** 31
}
