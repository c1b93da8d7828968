/**
 * Progress of long searches, on stderr: a live line on a terminal, a line every few seconds elsewhere.
 */

import type { Progress } from '../../checker/result.ts'

export interface ProgressLine {
  begin(name: string): void
  readonly update: (progress: Progress) => void
  end(): void
}

/** Elsewhere than on a terminal: the first line comes soon, the others now and then. */
const firstMs = 1000
const quietMs = 5000

/** `stream` null: no progress. */
export function startProgress(stream: NodeJS.WriteStream | null): ProgressLine {
  let name = ''
  let isLive = false
  let lastAt = 0
  const clear = (): void => {
    if (stream !== null && isLive) stream.write('\r\u001b[K')
    isLive = false
  }
  return {
    begin: (model) => {
      name = model
      lastAt = performance.now() - quietMs + firstMs
    },
    update: (progress) => {
      if (stream === null) return
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${textOf(name, progress).slice(0, (stream.columns ?? 100) - 1)}`)
        isLive = true
        return
      }
      if (performance.now() - lastAt < quietMs) return
      lastAt = performance.now()
      stream.write(`${textOf(name, progress)}\n`)
    },
    end: clear,
  }
}

function textOf(name: string, { depth, distinct, generated, frontier, bytes, elapsedMs }: Progress): string {
  const rate = Math.round((generated / Math.max(1, elapsedMs)) * 1000)
  const n = (value: number): string => value.toLocaleString('en-US')
  return `${name}: level ${depth}, ${n(distinct)} distinct, ${n(generated)} generated, ${n(rate)}/s, frontier ${n(frontier)}, ${Math.round(bytes / 1e6)} MB`
}
