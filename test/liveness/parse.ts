/**
 * Formulas in the usual infix notation, as published tables of them are written. Binding, loosest first:
 * `<->`, `->`, `|`, `&`, then `U W R M`, then `! X F G`; `->` and the temporal operators associate to the right.
 */

import type { Ltl } from '../../src/model/ir.ts'

/** `proposition` turns a name into a formula. */
export function parseLtl(text: string, proposition: (name: string) => Ltl): Ltl {
  const tokens = text.match(/<->|->|p\d+|[a-z]|[01!&|()XFGUWRM]/g) ?? []
  let at = 0
  const takes = (token: string): boolean => {
    if (tokens[at] !== token) return false
    at++
    return true
  }
  const equivalence = (): Ltl => {
    const left = implication()
    if (!takes('<->')) return left
    const right = equivalence()
    return {
      kind: 'and',
      fs: [
        { kind: 'implies', left, right },
        { kind: 'implies', left: right, right: left },
      ],
    }
  }
  const implication = (): Ltl => {
    const left = disjunction()
    return takes('->') ? { kind: 'implies', left, right: implication() } : left
  }
  const disjunction = (): Ltl => {
    const fs = [conjunction()]
    while (takes('|')) fs.push(conjunction())
    return fs.length === 1 && fs[0] !== undefined ? fs[0] : { kind: 'or', fs }
  }
  const conjunction = (): Ltl => {
    const fs = [temporal()]
    while (takes('&')) fs.push(temporal())
    return fs.length === 1 && fs[0] !== undefined ? fs[0] : { kind: 'and', fs }
  }
  const temporal = (): Ltl => {
    const left = unary()
    if (takes('U')) return { kind: 'until', left, right: temporal() }
    if (takes('W')) return { kind: 'weakUntil', left, right: temporal() }
    if (takes('R')) return { kind: 'release', left, right: temporal() }
    if (!takes('M')) return left
    const right = temporal()
    return { kind: 'until', left: right, right: { kind: 'and', fs: [left, right] } }
  }
  const unary = (): Ltl => {
    if (takes('!')) return { kind: 'not', f: unary() }
    if (takes('X')) return { kind: 'next', f: unary() }
    if (takes('F')) return { kind: 'eventually', f: unary() }
    if (takes('G')) return { kind: 'always', f: unary() }
    if (takes('(')) {
      const inner = equivalence()
      if (!takes(')')) throw new Error(`${text}: a parenthesis stays open`)
      return inner
    }
    if (takes('1')) return { kind: 'and', fs: [] }
    if (takes('0')) return { kind: 'or', fs: [] }
    const name = tokens[at++]
    if (name === undefined || !/^[a-z]/.test(name)) throw new Error(`${text}: expected a formula at token ${at}`)
    return proposition(name)
  }
  const formula = equivalence()
  if (at !== tokens.length) throw new Error(`${text}: ${tokens.slice(at).join(' ')} is left over`)
  return formula
}
