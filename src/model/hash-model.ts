/**
 * The hash that names a model. It is apart from the other functions on values because it needs Node.
 *
 * Guards and effects share most of their parts: spelled out, a large model has a hundred million characters. So a part with a long text
 * stands in the text of the whole by its own hash, and what is shared is hashed once.
 */

import { hash as digestOf } from 'node:crypto'
import type { Location, Model } from './ir.ts'

/** Each counterexample of a model names it. */
const known = new WeakMap<Model, string>()

/** A hash has 64 characters; hashing costs as much as writing some hundred. */
const longestText = 256

/**
 * SHA-256, 64 hexadecimal digits, of what the model says: the same wherever in its file a thing is written, and however it is drawn or searched.
 * Which steps are idle is said by the fairness of the model, and what is decided where a thread may go several ways by the guards of its steps.
 */
export function hashModel(model: Model): string {
  const hash = known.get(model) ?? hashOf(model)
  known.set(model, hash)
  return hash
}

function hashOf({ strips: _, interchangeable: __, ...said }: Model): string {
  const instances = said.instances.map(({ isIdle: _idle, ...instance }) => instance)
  const threads = said.threads.map((thread) => ({ ...thread, locations: thread.locations.map(locationSaid) }))
  return sha256(textOf({ ...said, instances, threads }, { texts: new Map(), shapes: newShape() }) ?? '')
}

function locationSaid({ value, path, ways }: Location): object {
  return { value, path, labels: ways.flatMap((way) => (way.kind === 'step' ? [way.label] : [])) }
}

function sha256(text: string): string {
  return digestOf('sha256', text, 'hex')
}

/** What is written once, however often it occurs. */
interface Written {
  /** Of objects, but for those whose text is short. */
  readonly texts: Map<object, string>
  /** Of objects without a name. */
  readonly shapes: Shape
}

/** Shorter texts are sooner written again than found. */
const shortText = 64

/** None where JSON has no text. It does not depend on what is shared: only the length decides what is hashed. */
function textOf(value: unknown, written: Written): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const found = written.texts.get(value)
  if (found !== undefined) return found
  const whole = Array.isArray(value) ? elementsText(value, written) : membersText(value, written)
  const text = whole.length > longestText ? `#${sha256(whole)}` : whole
  if (text.length > shortText) written.texts.set(value, text)
  return text
}

// Loops, because what is deep takes two calls a level then instead of four, and the stack is small.

function elementsText(values: readonly unknown[], written: Written): string {
  let text = ''
  for (const value of values) {
    if (text !== '') text += ','
    text += textOf(value, written) ?? 'null'
  }
  return `[${text}]`
}

/** By name. */
function membersText(value: object, written: Written): string {
  const parts = value as Readonly<Record<string, unknown>>
  let text = ''
  for (const { name, start } of membersOf(value, written.shapes)) {
    const own = textOf(parts[name], written)
    if (own === undefined) continue
    if (text !== '') text += ','
    text += start
    text += own
  }
  return `{${text}}`
}

interface Member {
  readonly name: string
  /** What precedes its text. */
  readonly start: string
}

/** Objects with the same names in the same order. A model has some dozens, and sorting the names of each object would take as long as all else. */
interface Shape {
  /** In order; the places in the spec are no part of what is said. Null: of no object yet. */
  members: readonly Member[] | null
  /** With one more name. */
  readonly longer: Map<string, Shape>
}

function newShape(): Shape {
  return { members: null, longer: new Map() }
}

function membersOf(value: object, shapes: Shape): readonly Member[] {
  const names = Object.keys(value)
  let shape = shapes
  for (const name of names) {
    let longer = shape.longer.get(name)
    if (longer === undefined) {
      longer = newShape()
      shape.longer.set(name, longer)
    }
    shape = longer
  }
  shape.members ??= names
    .filter((name) => name !== 'source')
    .sort()
    .map((name) => ({ name, start: `${JSON.stringify(name)}:` }))
  return shape.members
}
