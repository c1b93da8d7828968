/**
 * The functions of a kernel that judge a state: what the properties say of it, and which atomic propositions hold.
 */

import type { Expr, Property } from '../../src/model/ir.ts'
import { predicatesOf } from '../../src/model/ltl.ts'
import { guarded, indent, type Line, type Lines } from './block.ts'
import { failText, mayFail } from './code.ts'
import type { CounterLayout } from './compiled-model.ts'
import { type Reader, readerAfter, scalar, scalarLines } from './emit-expr.ts'
import { functionText, type KernelInput, readerOf } from './kernel-input.ts'

export function emitJudge(input: KernelInput): string {
  const { model, counters, judged } = input
  const reader = readerOf(input)
  const lines = judged.flatMap((index) => {
    const property = model.properties[index]
    if (property === undefined) return []
    return guarded(judgingLines(property, index, reader, counters), [`counters[${counters.modelError}]++`])
  })
  return functionText('judge', 'base', lines)
}

function judgingLines(property: Property, index: number, reader: Reader, counters: CounterLayout): Lines {
  const counter = `counters[${counters.byProperty + index}]++`
  switch (property.kind) {
    case 'invariant':
      return scalarLines(property.predicate, reader, (text) => `if (!${text}) ${counter}`)
    case 'reachable':
      return scalarLines(property.predicate, reader, (text) => `if (${text}) ${counter}`)
    case 'liveness':
      return raisingLines(predicatesOf(property.formula), reader)
    case 'measure': {
      const measure = counters.measures.find((one) => one.property === index)
      if (measure === undefined) throw new Error(`emit: nothing counts the values of ${property.name}`)
      const lines: Line[] = []
      const own = readerAfter(lines, [property.where ?? [], property.e].flat(), reader)
      const where = property.where === undefined ? '' : `if (${scalar(property.where, own)}) `
      const count = `${where}counters[${measure.offset} + ${scalar(property.e, own)} - ${measure.min}]++`
      return [...lines, count]
    }
    // The kernel judges it where it takes the step.
    case 'step':
      return []
  }
}

/** For the errors that they may raise alone. */
function raisingLines(es: readonly Expr[], reader: Reader): Lines {
  const lines: Line[] = []
  const own = readerAfter(lines, es, reader)
  const risky = es.map((e) => scalar(e, own)).filter(mayFail)
  const test = risky.map((text) => `(${text}, false)`).join(' || ')
  return risky.length === 0 ? [] : [...lines, `if (${test}) ${failText}`]
}

/** A function of several predicates by number: the lines that return each. */
function emitByNumber(name: string, predicates: readonly (readonly [number, Lines])[]): string {
  const cases = predicates.flatMap(([number, lines]) => [
    `case ${number}:`,
    ...indent(guarded(lines, ['return false'])),
  ])
  return functionText(name, 'base, number', ['switch (number) {', ...indent(cases), '}', 'return false'])
}

export function emitViolates(input: KernelInput): string {
  const reader = readerOf(input)
  return emitByNumber(
    'violates',
    input.judged.flatMap((index) => {
      const property = input.model.properties[index]
      if (property?.kind !== 'invariant' && property?.kind !== 'reachable') return []
      const not = property.kind === 'invariant' ? '!' : ''
      return [[index, scalarLines(property.predicate, reader, (text) => `return ${not}${text}`)] as const]
    }),
  )
}

export function emitHolds(input: KernelInput): string {
  const reader = readerOf(input)
  return emitByNumber(
    'holds',
    Array.from(input.atoms, ([index, e]) => [index, scalarLines(e, reader, (text) => `return ${text}`)] as const),
  )
}

export function emitWithin(input: KernelInput): string {
  const reader = readerOf(input)
  const predicates = input.model.assumptions.flatMap((one) => (one.kind === 'within' ? [one.predicate] : []))
  const lines: Line[] = []
  const own = readerAfter(lines, predicates, reader)
  const tests = predicates.map((e) => scalar(e, own))
  lines.push(`return ${tests.join(' && ') || 'true'}`)
  return functionText('isWithin', 'base', guarded(lines, ['return false']))
}

export function emitLetter(input: KernelInput): string {
  const reader = readerOf(input)
  const lines = input.propositions.flatMap((index, i) => {
    const e = input.atoms.get(index)
    return e === undefined
      ? []
      : guarded(
          scalarLines(e, reader, (text) => `if (${text}) bits |= ${2 << i}`),
          [],
        )
  })
  return functionText('letter', 'base', ['if (!isWithin(base)) return 1', 'let bits = 0', ...lines, 'return bits'])
}
