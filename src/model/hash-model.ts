/**
 * The hash that names a model. It is apart from the other functions on values because it needs Node.
 *
 * Guards and effects share most of their parts: spelled out, a large model has a hundred million characters. So a part with a long text
 * stands in the text of the whole by its own hash, and what is shared is hashed once.
 */

import { hash as digestOf } from 'node:crypto'
import type { Model } from './ir.ts'

/** Each counterexample of a model names it. */
const known = new WeakMap<Model, string>()

/** A hash has 64 characters; hashing costs as much as writing some hundred. */
const longestText = 256

/**
 * SHA-256, 64 hexadecimal digits, of what the model says: the same wherever in its file a thing is written, and however it is drawn or searched.
 * Which steps are idle is said by the fairness of the model.
 */
export function hashModel(model: Model): string {
  const hash = known.get(model) ?? hashOf(model)
  known.set(model, hash)
  return hash
}

function hashOf({ strips: _, interchangeable: __, ...said }: Model): string {
  const instances = said.instances.map(({ isIdle: _idle, ...instance }) => instance)
  return sha256(textOf({ ...said, instances }, new Map()) ?? '')
}

function sha256(text: string): string {
  return digestOf('sha256', text, 'hex')
}

/** None where JSON has no text. It does not depend on what is shared: only the length decides what is hashed. */
function textOf(value: unknown, texts: Map<object, string>): string | undefined {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const found = texts.get(value)
  if (found !== undefined) return found
  const whole = Array.isArray(value) ? `[${elementsOf(value, texts).join()}]` : `{${membersOf(value, texts).join()}}`
  const text = whole.length > longestText ? `#${sha256(whole)}` : whole
  texts.set(value, text)
  return text
}

// Loops, because what is deep takes two calls a level then instead of four, and the stack is small.

function elementsOf(values: readonly unknown[], texts: Map<object, string>): readonly string[] {
  const elements: string[] = []
  for (const value of values) elements.push(textOf(value, texts) ?? 'null')
  return elements
}

/** By name; the places in the spec are no part of what is said. */
function membersOf(value: object, texts: Map<object, string>): readonly string[] {
  const parts = value as Readonly<Record<string, unknown>>
  const members: string[] = []
  for (const name of Object.keys(parts).sort()) {
    const text = name === 'source' ? undefined : textOf(parts[name], texts)
    if (text !== undefined) members.push(`${JSON.stringify(name)}:${text}`)
  }
  return members
}
