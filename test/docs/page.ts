/**
 * A page of documentation as what can be run: its TypeScript blocks, and the commands that it shows with their output.
 */

import { readFileSync } from 'node:fs'

export interface CodeBlock {
  /** A whole spec, a test, a program; a module, which others import or a command is shown with; or a fragment, which stands inside a model's builder. */
  readonly kind: 'spec' | 'test' | 'program' | 'module' | 'fragment'
  /** As its first line says (`// folder/name.ts`), or by its number on the page. */
  readonly file: string
  readonly text: string
  readonly line: number
}

export interface Transcript {
  readonly command: string
  readonly output: string
  readonly line: number
}

export interface Page {
  readonly blocks: readonly CodeBlock[]
  readonly transcripts: readonly Transcript[]
}

export function readPage(path: string): Page {
  const text = readFileSync(path, 'utf8')
  const fences = [...text.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map((match, i) => ({
    language: match[1] ?? '',
    body: match[2] ?? '',
    number: i + 1,
    line: text.slice(0, match.index).split('\n').length,
  }))
  return {
    blocks: fences
      .filter(({ language }) => language === 'ts')
      .map(({ body, number, line }) => ({
        kind: kindOf(body),
        file: nameOf(body) ?? `block-${number}.ts`,
        text: body,
        line,
      })),
    transcripts: fences.flatMap(({ body, line }) => {
      const command = /^\$ npx modelcheck (.*)\n/.exec(body)
      return command === null ? [] : [{ command: command[1] ?? '', output: body.slice(command[0].length), line }]
    }),
  }
}

function kindOf(text: string): CodeBlock['kind'] {
  if (text.includes("from 'vitest'")) return 'test'
  if (text.includes('await check(')) return 'program'
  if (text.includes('= model(')) return 'spec'
  return nameOf(text) === undefined ? 'fragment' : 'module'
}

function nameOf(text: string): string | undefined {
  return /^\/\/ ([\w./-]+\.ts)/.exec(text)?.[1]
}

/** Times vary; a line of three dots stands for lines that are left out; empty lines at the end are not shown. */
export function patternOf(output: string): RegExp {
  const lines = output.trimEnd().split('\n')
  const parts = lines.map((line) => (line === '…' ? '(?:.*\\n)*?' : `${escaped(withoutTimes(line))}\\n`))
  return new RegExp(`^${parts.join('')}\\n*$`)
}

export function withoutTimes(text: string): string {
  return text.replace(/\b\d+\.\d\d s\b/g, 'TIME').replace(/[ ]+$/gm, '')
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
