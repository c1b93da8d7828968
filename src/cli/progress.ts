/**
 * Progress of long searches, on stderr: a live line on a terminal, a line every few seconds elsewhere.
 */

import type { Progress } from '../../checker/result.ts'
import { forecast } from './forecast.ts'

export interface ProgressLine {
  begin(name: string): void
  readonly update: (progress: Progress) => void
  end(): void
}

/** Elsewhere than on a terminal: the first line comes soon, the others now and then. */
const firstMs = 1000
const quietMs = 5000
/** The speed that the time left is told by is that of so long a past. */
const pastMs = 10_000

/** `stream` null: no progress. */
export function startProgress(stream: NodeJS.WriteStream | null): ProgressLine {
  let name = ''
  let isLive = false
  let lastAt = 0
  let past: Progress[] = []
  const clear = (): void => {
    if (stream !== null && isLive) stream.write('\r\u001b[K')
    isLive = false
  }
  return {
    begin: (model) => {
      name = model
      past = []
      lastAt = performance.now() - quietMs + firstMs
    },
    update: (progress) => {
      if (stream === null) return
      past = [...past.filter(({ elapsedMs }) => elapsedMs >= progress.elapsedMs - pastMs), progress]
      const text = (width: number): string => progressText(name, progress, past[0] ?? progress, width)
      if (stream.isTTY) {
        stream.write(`\r\u001b[K${text((stream.columns ?? 100) - 1)}`)
        isLive = true
        return
      }
      if (performance.now() - lastAt < quietMs) return
      lastAt = performance.now()
      stream.write(`${text(Number.POSITIVE_INFINITY)}\n`)
    },
    end: clear,
  }
}

/** `before`: an earlier moment, for the speed. What does not fit into the width is left out, the least wanted first. */
export function progressText(name: string, now: Progress, before: Progress, width: number): string {
  const { depth, distinct, generated, frontier, bytes, elapsedMs } = now
  const perSecond = Math.round((generated / Math.max(1, elapsedMs)) * 1000)
  const head = `${name}: level ${depth}, ${short(distinct)} distinct, ${short(generated)} generated, ${short(perSecond)}/s`
  const left = leftText(now, before)
  const rest = [`frontier ${short(frontier)}`, `${Math.round(bytes / 1e6)} MB`]
  const texts = [2, 1, 0].map((count) => [head, ...rest.slice(0, count), left].join(', '))
  return texts.find((text) => text.length <= width) ?? head.slice(0, width)
}

function leftText(now: Progress, before: Progress): string {
  const found = forecast(now.levels)
  if (found === null) return 'left: unknown'
  const isPast = before.elapsedMs < now.elapsedMs && before.expanded < now.expanded
  const [states, ms] = isPast
    ? [now.expanded - before.expanded, now.elapsedMs - before.elapsedMs]
    : [now.expanded, now.elapsedMs]
  const waiting = (now.levels.at(-1) ?? 0) - now.expanded
  const seconds = (more: number): number => ((waiting + more) * ms) / Math.max(1, states) / 1000
  const { least, most } = found
  return `left: ${span(short(least), short(most))} in ${span(duration(seconds(least)), duration(seconds(most)))}`
}

const span = (from: string, to: string): string => (from === to ? from : `${from} to ${to}`)

/** Three digits are all that a glance takes in. */
function short(value: number): string {
  const n = Math.round(value)
  if (n < 10_000) return n.toLocaleString('en-US')
  const [scale, unit] = n < 999_500 ? [1e3, 'k'] : n < 9.995e8 ? [1e6, 'M'] : [1e9, 'G']
  return `${(n / scale).toPrecision(3)}${unit}`
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
