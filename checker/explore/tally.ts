/**
 * Adds up what the threads counted, level by level, and remembers when each counter first rose.
 */

import type { CompiledModel, CounterLayout } from '../compile/compiled-model.ts'
import { type ControlBuffers, counterStride, digestLanes } from './control.ts'

/** The least and the greatest value of a measure, and the levels whose expansion first raised their counters; -1: none was met. */
interface Extreme {
  min: number
  minRaised: number
  max: number
  maxRaised: number
}

export interface Tally {
  readonly totals: Float64Array
  readonly firstRaised: Int32Array
  readonly extremes: readonly Readonly<Extreme>[]
  /** From now on the counters of so many workers are looked at too, if not of more already. */
  admitWorkers(count: number): void
  /** Requires that no thread counts. `level` is the one that was expanded. */
  closeLevel(level: number): void
  /** Successors generated so far, as far as threads have told. */
  generated(): number
  /** For each action the states that it was the first to make, of all those in closed levels and in the one being built. */
  credited(): Float64Array
  /** Order-independent sum over all states, 32 hexadecimal digits. */
  digest(): string
}

export function createTally({ counters: layout, actionCount }: CompiledModel, buffers: ControlBuffers): Tally {
  const counts = new Int32Array(buffers.counters)
  const stride = counterStride(layout.length, actionCount)
  /** Where the counters that count end. */
  let end = stride
  const totals = new Float64Array(layout.length)
  const firstRaised = new Int32Array(layout.length).fill(-1)
  const extremes: Extreme[] = layout.measures.map(() => ({
    min: Number.POSITIVE_INFINITY,
    minRaised: -1,
    max: Number.NEGATIVE_INFINITY,
    maxRaised: -1,
  }))

  const noteExtremes = (level: number): void => {
    for (let m = 0; m < extremes.length; m++) {
      const extreme = extremes[m] as Extreme
      const measure = layout.measures[m] as CounterLayout['measures'][number]
      for (let i = 0; i < measure.count; i++) {
        if (totals[measure.offset + i] === 0) continue
        const value = measure.min + i
        if (value < extreme.min) Object.assign(extreme, { min: value, minRaised: level })
        if (value > extreme.max) Object.assign(extreme, { max: value, maxRaised: level })
      }
    }
  }

  return {
    totals,
    firstRaised,
    extremes,
    admitWorkers: (count) => {
      end = Math.max(end, (1 + count) * stride)
    },
    closeLevel: (level) => {
      for (let start = 0; start < end; start += stride) {
        for (let c = 0; c < layout.length; c++) {
          const count = counts[start + c] ?? 0
          if (count === 0) continue
          totals[c] = (totals[c] ?? 0) + (count >>> 0)
          if (firstRaised[c] === -1) firstRaised[c] = level
          counts[start + c] = 0
        }
      }
      noteExtremes(level)
    },
    generated: () => {
      let sum = 0
      for (let t = 0; t < layout.takerCount; t++) sum += totals[t] ?? 0
      for (let start = 0; start < end; start += stride) {
        for (let t = 0; t < layout.takerCount; t++) sum += (counts[start + t] ?? 0) >>> 0
      }
      return sum
    },
    credited: () => {
      const sums = new Uint32Array(actionCount)
      for (let start = layout.length + digestLanes; start < counts.length; start += stride) {
        for (let action = 0; action < actionCount; action++)
          sums[action] = (sums[action] ?? 0) + (counts[start + action] ?? 0)
      }
      return Float64Array.from(sums)
    },
    digest: () => {
      const lanes = new Uint32Array(digestLanes)
      for (let start = layout.length; start < counts.length; start += stride) {
        for (let lane = 0; lane < digestLanes; lane++) lanes[lane] = (lanes[lane] ?? 0) + (counts[start + lane] ?? 0)
      }
      return Array.from(lanes, (lane) => lane.toString(16).padStart(8, '0')).join('')
    },
  }
}
