/**
 * Where in the user's files a thing is written: the innermost frame of the call stack that is not the language's own.
 * (The innermost, so that a step of a kit is found in the kit and not where the spec calls it.)
 */

import { fileURLToPath } from 'node:url'
import type { Source } from '../model/ir.ts'

type Locator = (file: string, line: number, column: number) => Source

let locate: Locator = (file, line) => ({ file, line })
const known = new Map<string, Source>()

/** The loader of bundled specs maps places back to the files they were bundled from. */
export function setLocator(next: Locator): void {
  locate = next
  known.clear()
}

/** This module's folder, or the bundle that contains it. */
const own = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '.' : import.meta.url, import.meta.url))

/** Frames that are asked for: the first few nearly always have one of the user's, and each takes a microsecond. */
const fewFrames = 4
const mostFrames = 30

/** The place that called a constructor of the language; an empty file name when it cannot be told. */
export function here(): Source {
  const site = callSites(fewFrames).find(isUsers) ?? callSites(mostFrames).find(isUsers)
  if (site === undefined) return { file: '', line: 0 }
  const key = `${pathOf(site)}:${site.getLineNumber()}:${site.getColumnNumber()}`
  const source = known.get(key) ?? locate(pathOf(site), site.getLineNumber() ?? 0, site.getColumnNumber() ?? 0)
  known.set(key, source)
  return source
}

function isUsers(frame: NodeJS.CallSite): boolean {
  const file = pathOf(frame)
  return file !== '' && !file.startsWith(own) && !file.startsWith('node:')
}

function pathOf(frame: NodeJS.CallSite): string {
  const file = frame.getFileName() ?? ''
  return file.startsWith('file:') ? fileURLToPath(file) : file
}

/** The callers of `here`, raw: formatting a stack through source maps costs a hundred times as much. */
function callSites(most: number): readonly NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error
  const holder: { readonly stack?: unknown } = {}
  Error.stackTraceLimit = most
  Error.prepareStackTrace = (_, frames) => frames
  Error.captureStackTrace(holder, here)
  const sites = holder.stack as readonly NodeJS.CallSite[]
  Error.prepareStackTrace = prepareStackTrace
  Error.stackTraceLimit = stackTraceLimit
  return sites
}
