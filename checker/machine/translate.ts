/**
 * From the text of a program to a WebAssembly module, which threads can share. Source: WebAssembly Core Specification 2.0, 5.5.
 */

import { Bytes } from './bytes.ts'
import { encodeAll } from './encode-statement.ts'
import { createFrame, type Frame } from './frame.ts'
import { i32, op } from './instructions.ts'
import { createParser } from './parse.ts'
import { mostPages } from './reserve.ts'
import type { ArrayPlace, Func, Given, Program, Statement } from './syntax.ts'

export interface Translated {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** That it offers. */
  readonly arrays: Readonly<Record<string, ArrayPlace>>
  /** What arrays hold at first. */
  readonly initial: readonly { readonly address: number; readonly values: Int32Array }[]
  /** The bytes of an instance's memory where its arrays lie: from `from` on, to before `size`. */
  readonly from: number
  readonly size: number
}

const section = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 } as const

/** Reads a program piece by piece. Throws where the text is not of the language. */
export interface Translator {
  /** A piece: whole declarations. */
  read(text: string): void
  /** After the last piece, which tells what is offered. */
  end(): Translated
}

export function createTranslator(given?: Given): Translator {
  const bodies: Bodies = { count: 0, bytes: new Bytes(), start: new Bytes(), code: new Bytes() }
  const parser = createParser((func, body) => addBody(bodies, func, body), given)
  return { read: parser.read, end: () => moduleOf(parser.end(), bodies, given?.size ?? 0) }
}

/** The whole program at once. Throws where the text is not of the language. */
export function translate(text: string, given?: Given): Translated {
  const translator = createTranslator(given)
  translator.read(text)
  return translator.end()
}

function moduleOf(program: Program, bodies: Bodies, from: number): Translated {
  const { functions, arrays, offered, size } = program
  const bytes = new Bytes()
  for (const byte of [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) bytes.push(byte)
  addSection(bytes, section.type, functions.map(typeOf))
  addSection(bytes, section.import, importsOf(functions))
  addSection(
    bytes,
    section.function,
    functions.flatMap(({ isGiven, number }) => (isGiven ? [] : [(entry) => entry.unsigned(number)])),
  )
  addSection(bytes, section.global, program.globals.map(globalOf))
  addSection(bytes, section.export, exportsOf(program))
  addContent(bytes, section.code, bodies.count, (content) => content.append(bodies.bytes))
  return {
    bytes: bytes.view().slice(),
    arrays: Object.fromEntries(arrays.flatMap((one) => (offered.includes(one.name) ? [[one.name, one]] : []))),
    initial: arrays.flatMap(({ address, values }) =>
      values === null ? [] : [{ address, values: Int32Array.from(values) }],
    ),
    from,
    size,
  }
}

type Entry = (bytes: Bytes) => void

function addSection(bytes: Bytes, id: number, entries: readonly Entry[]): void {
  addContent(bytes, id, entries.length, (content) => {
    for (const entry of entries) entry(content)
  })
}

function addContent(bytes: Bytes, id: number, count: number, write: Entry): void {
  if (count === 0) return
  const content = new Bytes()
  content.unsigned(count)
  write(content)
  bytes.push(id)
  bytes.unsigned(content.length)
  bytes.append(content)
}

function typeOf({ parameters, hasResult }: Func): Entry {
  return (bytes) => {
    bytes.push(0x60)
    bytes.unsigned(parameters.length)
    for (const _ of parameters) bytes.push(i32)
    bytes.unsigned(hasResult ? 1 : 0)
    if (hasResult) bytes.push(i32)
  }
}

/** It can change. */
function globalOf({ initial }: Program['globals'][number]): Entry {
  return (bytes) => {
    bytes.push(i32)
    bytes.push(1)
    bytes.push(op.const32)
    bytes.signed(initial)
    bytes.push(op.end)
  }
}

function exportsOf({ functions, offered }: Program): readonly Entry[] {
  const entry =
    (name: string, kind: number, number: number): Entry =>
    (bytes) => {
      writeName(bytes, name)
      bytes.push(kind)
      bytes.unsigned(number)
    }
  return functions.flatMap(({ name, number }) => (offered.includes(name) ? [entry(name, 0, number)] : []))
}

/** Names of what is imported, beside functions: all from one module. */
export const imported = { module: 'given', memory: 'memory', own: 'own' } as const

function importsOf(functions: readonly Func[]): readonly Entry[] {
  const entry =
    (name: string, type: readonly number[], sizes: readonly number[]): Entry =>
    (bytes) => {
      writeName(bytes, imported.module)
      writeName(bytes, name)
      for (const byte of type) bytes.push(byte)
      for (const size of sizes) bytes.unsigned(size)
    }
  const memory = entry(imported.memory, [2, 3], [0, mostPages])
  const own = entry(imported.own, [3, i32, 0], [])
  const given = functions.flatMap(({ name, number, isGiven }) => (isGiven ? [entry(name, [0], [number])] : []))
  return [memory, own, ...given]
}

function writeName(bytes: Bytes, name: string): void {
  bytes.unsigned(name.length)
  for (const character of name) bytes.push(character.charCodeAt(0))
}

/** Of functions, each with its length. */
interface Bodies {
  count: number
  readonly bytes: Bytes
  /** Of one of them, for a while: its variables and what is done first, and the rest. */
  readonly start: Bytes
  readonly code: Bytes
}

function addBody(bodies: Bodies, func: Func, body: readonly Statement[]): void {
  const { bytes, start, code } = bodies
  start.clear()
  code.clear()
  const frame = createFrame(func, code)
  encodeAll(frame, body)
  if (func.hasResult) code.push(op.unreachable)
  code.push(op.end)
  writeStart(start, frame)
  bytes.unsigned(start.length + code.length)
  bytes.append(start)
  bytes.append(code)
  bodies.count++
}

function writeStart(bytes: Bytes, { locals, own }: Frame): void {
  const groups = runsOf(locals.types())
  bytes.unsigned(groups.length)
  for (const { type, count } of groups) {
    bytes.unsigned(count)
    bytes.push(type)
  }
  if (own < 0) return
  bytes.push(op.globalGet)
  bytes.unsigned(0)
  bytes.push(op.localSet)
  bytes.unsigned(own)
}

function runsOf(types: readonly number[]): readonly { readonly type: number; readonly count: number }[] {
  const runs: { type: number; count: number }[] = []
  for (const type of types) {
    const last = runs.at(-1)
    if (last?.type === type) last.count++
    else runs.push({ type, count: 1 })
  }
  return runs
}
