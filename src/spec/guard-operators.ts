/**
 * JavaScript's own operators on expressions of the language. `!n`, `a && b`, `a ? b : c` and `a === b` compute with the object that
 * stands for an expression: always true, never equal to a value. No object can forbid that, so the code of a spec is rewritten before
 * it runs: operands are asked first. Operators on plain JavaScript values are what a spec computes with, and stay.
 */

import { type AnyNode, parse } from 'acorn'
import { askEqual, askTruth } from '../language/operators.ts'

/** Code that asks. It has as many lines as before. */
export interface Guarded {
  readonly code: string
  /** Where a column of the rewritten code was before; lines and columns are counted from 0. */
  columnBefore(line: number, column: number): number
}

/** `text` takes the place of `removed` characters. */
interface Edit {
  readonly at: number
  readonly removed: number
  readonly text: string
}

/** Names that no spec has. */
const names = { truth: '__modelcheck_truth', equal: '__modelcheck_equal' }

/** What rewritten code is given under these names. */
export const guards = { [names.truth]: askTruth, [names.equal]: askEqual }

/** `code`: a script, as esbuild prints it. */
export function guardOperators(code: string): Guarded {
  const edits: Edit[] = []
  visit(parse(code, { ecmaVersion: 'latest' }), code, edits)
  edits.sort((left, right) => left.at - right.at)
  return { code: applied(code, edits), columnBefore: columns(code, edits) }
}

function visit(node: AnyNode, code: string, edits: Edit[]): void {
  const truth = askedForTruth(node)
  const equality = node.type === 'BinaryExpression' && /^[!=]==?$/.test(node.operator) ? node : null
  if (equality !== null) edits.push({ at: node.start, removed: 0, text: `${names.equal}(` })
  for (const child of childrenOf(node)) {
    const isAsked = child === truth?.operand
    if (isAsked) edits.push({ at: child.start, removed: 0, text: `${names.truth}((` })
    visit(child, code, edits)
    if (isAsked) edits.push({ at: child.end, removed: 0, text: `), '${truth?.operator}')` })
    if (equality === null || child !== equality.left) continue
    const { operator } = equality
    edits.push({ at: code.indexOf(operator, child.end), removed: operator.length, text: ',' })
  }
  if (equality !== null) edits.push({ at: node.end, removed: 0, text: `, '${equality.operator}')` })
}

function askedForTruth(
  node: AnyNode,
): { readonly operand: AnyNode | null | undefined; readonly operator: string } | null {
  switch (node.type) {
    case 'UnaryExpression':
      return node.operator === '!' ? { operand: node.argument, operator: '!' } : null
    case 'LogicalExpression':
      return node.operator === '??' ? null : { operand: node.left, operator: node.operator }
    case 'ConditionalExpression':
      return { operand: node.test, operator: '?:' }
    case 'IfStatement':
      return { operand: node.test, operator: 'if' }
    case 'WhileStatement':
    case 'DoWhileStatement':
      return { operand: node.test, operator: 'while' }
    case 'ForStatement':
      return { operand: node.test, operator: 'for' }
    default:
      return null
  }
}

/** In the order in which they stand. */
function childrenOf(node: AnyNode): readonly AnyNode[] {
  const found: AnyNode[] = []
  let isOrdered = true
  const add = (value: unknown): void => {
    if (!isNode(value)) return
    isOrdered &&= (found.at(-1)?.start ?? 0) <= value.start
    found.push(value)
  }
  const parts: readonly unknown[] = Object.values(node)
  for (const value of parts) {
    if (Array.isArray(value)) value.forEach(add)
    else add(value)
  }
  return isOrdered ? found : found.sort((left, right) => left.start - right.start)
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value
}

function applied(code: string, edits: readonly Edit[]): string {
  let text = ''
  let done = 0
  for (const edit of edits) {
    text += code.slice(done, edit.at) + edit.text
    done = edit.at + edit.removed
  }
  return text + code.slice(done)
}

function columns(code: string, edits: readonly Edit[]): Guarded['columnBefore'] {
  const starts = [0]
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) starts.push(at + 1)
  return (line, column) => {
    const [from, to] = [starts[line] ?? 0, starts[line + 1] ?? code.length + 1]
    let added = 0
    for (const { at, removed, text } of edits) {
      if (at < from || at >= to) continue
      if (at - from + added + text.length > column) return Math.min(column - added, at - from)
      added += text.length - removed
    }
    return column - added
  }
}
