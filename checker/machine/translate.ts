/**
 * From the text of a kernel to a WebAssembly module, which threads can share. Source: WebAssembly Core Specification 2.0, 5.5.
 */

import { Bytes } from './bytes.ts'
import { encodeAll } from './encode-statement.ts'
import { createFrame } from './frame.ts'
import { i32, op } from './instructions.ts'
import { parse } from './parse.ts'
import type { ArrayPlace, Func, Program, Statement } from './syntax.ts'

export interface Translated {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of the arrays that it offers: byte address and length in words. */
  readonly arrays: Readonly<Record<string, { readonly address: number; readonly length: number }>>
}

const pageBytes = 65_536

const section = { type: 1, function: 3, memory: 5, global: 6, export: 7, code: 10, data: 11 } as const

/** Throws where the text is not of the language. */
export function translate(text: string): Translated {
  const codes: Bytes[] = []
  const program = parse(text, (func, body) => codes.push(codeOf(func, body)))
  const { functions, arrays, offered } = program
  const bytes = new Bytes()
  for (const byte of [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) bytes.push(byte)
  addSection(bytes, section.type, functions.map(typeOf))
  addSection(
    bytes,
    section.function,
    functions.map((_, i) => (entry) => entry.unsigned(i)),
  )
  addSection(bytes, section.memory, [memoryOf(arrays)])
  addSection(bytes, section.global, program.globals.map(globalOf))
  addSection(bytes, section.export, exportsOf(program))
  addSection(
    bytes,
    section.code,
    codes.map((code) => (entry) => entry.append(code)),
  )
  addSection(bytes, section.data, arrays.flatMap(dataOf))
  const given = arrays.filter(({ name }) => offered.includes(name))
  return {
    bytes: bytes.view().slice(),
    arrays: Object.fromEntries(given.map(({ name, address, length }) => [name, { address, length }])),
  }
}

type Entry = (bytes: Bytes) => void

function addSection(bytes: Bytes, id: number, entries: readonly Entry[]): void {
  if (entries.length === 0) return
  const content = new Bytes()
  content.unsigned(entries.length)
  for (const entry of entries) entry(content)
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

function memoryOf(arrays: readonly ArrayPlace[]): Entry {
  const last = arrays.at(-1)
  const size = last === undefined ? 0 : last.address + last.length * 4
  return (bytes) => {
    bytes.push(0)
    bytes.unsigned(Math.ceil(size / pageBytes))
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
      bytes.unsigned(name.length)
      for (const character of name) bytes.push(character.charCodeAt(0))
      bytes.push(kind)
      bytes.unsigned(number)
    }
  const own = functions.flatMap(({ name }, i) => (offered.includes(name) ? [entry(name, 0, i)] : []))
  return [entry('memory', 2, 0), ...own]
}

/** With its length. */
function codeOf(func: Func, body: readonly Statement[]): Bytes {
  const frame = createFrame(func)
  encodeAll(frame, body)
  if (func.hasResult) frame.code.push(op.unreachable)
  frame.code.push(op.end)
  const types = new Bytes()
  const groups = runsOf(frame.locals.types())
  types.unsigned(groups.length)
  for (const { type, count } of groups) {
    types.unsigned(count)
    types.push(type)
  }
  const bytes = new Bytes()
  bytes.unsigned(types.length + frame.code.length)
  bytes.append(types)
  bytes.append(frame.code)
  return bytes
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

function dataOf({ values, address }: ArrayPlace): readonly Entry[] {
  if (values === null || values.length === 0) return []
  return [
    (bytes) => {
      bytes.push(0)
      bytes.push(op.const32)
      bytes.signed(address)
      bytes.push(op.end)
      bytes.unsigned(values.length * 4)
      for (const value of values) for (let shift = 0; shift < 32; shift += 8) bytes.push((value >>> shift) & 255)
    },
  ]
}
