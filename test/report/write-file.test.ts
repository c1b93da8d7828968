/**
 * Files that a user asked for: written whole or not at all, and never another thing than what was there.
 */

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { problemOfWriting } from '../../src/cli/write-file.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelcheck-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('who has opened a file reads it to its end while another takes its place, and nothing else is left', () => {
  const file = join(folder, 'report.json')
  writeFileSync(file, 'before')
  chmodSync(file, 0o640)
  const opened = openSync(file, 'r')
  try {
    expect(problemOfWriting(file, 'after')).toBeNull()

    expect(readFileSync(opened, 'utf8')).toBe('before')
  } finally {
    closeSync(opened)
  }
  expect(readFileSync(file, 'utf8')).toBe('after')
  expect(statSync(file).mode & 0o777).toBe(0o640)
  expect(readdirSync(folder)).toEqual(['report.json'])
})

it('a link stays one, and what it leads to is written', () => {
  const [file, link] = [join(folder, 'real.json'), join(folder, 'link.json')]
  writeFileSync(file, 'before')
  symlinkSync(file, link)

  expect(problemOfWriting(link, 'after')).toBeNull()

  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('after')
})

it('a pipe is written to, and stays one', () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const reader = openSync(pipe, constants.O_RDWR)
  try {
    expect(problemOfWriting(pipe, 'text')).toBeNull()

    const read = Buffer.alloc(10)
    expect(read.toString('utf8', 0, readSync(reader, read))).toBe('text')
  } finally {
    closeSync(reader)
  }
  expect(statSync(pipe).isFIFO()).toBe(true)
})

it('a name to which no ending can be added is written in place', () => {
  const file = join(folder, 'r'.repeat(250))

  expect(problemOfWriting(file, 'one')).toBeNull()
  expect(problemOfWriting(file, 'other')).toBeNull()

  expect(readFileSync(file, 'utf8')).toBe('other')
})

it('what cannot be written is said (MC401), and leaves nothing behind', () => {
  expect(problemOfWriting(folder, 'text')).toMatchObject({ code: 'MC401' })
  expect(problemOfWriting('/proc/nowhere/report.json', 'text')).toMatchObject({ code: 'MC401' })

  expect(readdirSync(folder)).toEqual([])
})
