/**
 * Progress of long work, on stderr: a live line on a terminal, a line every few seconds elsewhere.
 */

import type { Progress } from '../../checker/result.ts'
import { columnsOf, fitting } from '../report/columns.ts'
import { grouped } from '../report/grouped.ts'
import { oneLine } from '../report/inert.ts'
import { forecast } from './forecast.ts'
import { takesEscapes } from './terminal.ts'

export interface ProgressDisplay {
  /** Of work that begins; several may go on at once. */
  begin(name: string): ProgressLine
  /** Takes the live line off the terminal, until something is told again. */
  clear(): void
}

export interface ProgressLine {
  readonly update: (progress: Progress) => void
  /** `what`: the kind of work; a change of it is told soon. */
  readonly show: (what: string, text: string) => void
  end(): void
}

type Figures = Omit<Progress, 'phase' | 'property'>

/** Elsewhere than on a terminal: the first line, and that of other work, comes soon, the others now and then. */
const firstMs = 1000
const quietMs = 5000
/** The speed that the time left is told by is that of so long a past. */
const pastMs = 10_000

/** On a terminal, what began first of all that goes on is shown. `stream` null: no progress. */
export function startProgress(stream: NodeJS.WriteStream | null): ProgressDisplay {
  const going: ProgressLine[] = []
  let isLive = false
  const clear = (): void => {
    if (stream !== null && isLive) stream.write('\r\u001b[K')
    isLive = false
  }
  const draw = (line: ProgressLine, text: (width: number) => string): void => {
    if (stream === null || going[0] !== line) return
    const width = (stream.columns ?? 100) - 1
    stream.write(`\r\u001b[K${fitting(oneLine(text(width)), width)}`)
    isLive = true
  }
  const begin = (name: string): ProgressLine => {
    let last = { what: '', at: performance.now() }
    let past: Progress[] = []
    const show = (what: string, text: (width: number) => string): void => {
      if (stream === null) return
      if (takesEscapes(stream)) {
        draw(line, text)
        return
      }
      const now = performance.now()
      if (now - last.at < (what === last.what ? quietMs : firstMs)) return
      last = { what, at: now }
      stream.write(`${oneLine(text(Number.POSITIVE_INFINITY))}\n`)
    }
    /** With how many others go on. */
    const head = (): string => (going.length > 1 ? `${name} (and ${going.length - 1} more)` : name)
    const line: ProgressLine = {
      update: (progress) => {
        past = [...past.filter(({ elapsedMs }) => elapsedMs >= progress.elapsedMs - pastMs), progress]
        const { phase, property } = progress
        const before = past[0] ?? progress
        show(`${phase} ${property}`, (width) =>
          phase === 'search' ? progressText(head(), progress, before, width) : `${head()}: ${afterText(progress)}`,
        )
      },
      show: (what, text) => show(what, () => `${name}: ${text}`),
      end: () => {
        if (going[0] === line) clear()
        going.splice(going.indexOf(line), 1)
      },
    }
    going.push(line)
    return line
  }
  return { begin, clear }
}

/** Of the work after the search. */
function afterText({ phase, property, distinct, generated, bytes, elapsedMs }: Progress): string {
  const what = phase === 'liveness' ? 'deciding' : 'retracing'
  const figures = `${short(distinct)} distinct, ${short(generated)} generated, ${Math.round(bytes / 1e6)} MB`
  return `${what} ${property}, ${duration(elapsedMs / 1000)}; ${figures}`
}

/** `before`: an earlier moment, for the speed. What does not fit into the width is left out, the least wanted first. */
export function progressText(name: string, now: Figures, before: Figures, width: number): string {
  const { depth, distinct, generated, frontier, bytes, elapsedMs } = now
  const perSecond = Math.round((generated / Math.max(1, elapsedMs)) * 1000)
  const head = `${name}: level ${depth}, ${short(distinct)} distinct, ${short(generated)} generated, ${short(perSecond)}/s`
  const left = leftText(now, before)
  const rest = [`frontier ${short(frontier)}`, `${Math.round(bytes / 1e6)} MB`]
  const texts = [2, 1, 0].map((count) => [head, ...rest.slice(0, count), left].join(', '))
  return texts.find((text) => columnsOf(text) <= width) ?? fitting(head, width)
}

function leftText(now: Figures, before: Figures): string {
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
  if (n < 10_000) return grouped(n)
  const [scale, unit] = n < 999_500 ? [1e3, 'k'] : n < 9.995e8 ? [1e6, 'M'] : [1e9, 'G']
  return `${(n / scale).toPrecision(3)}${unit}`
}

function duration(seconds: number): string {
  if (seconds < 100) return `${Math.max(1, Math.round(seconds))} s`
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`
}
