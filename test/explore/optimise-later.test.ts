/**
 * While models are checked, V8 optimises what has run for longer than it would otherwise ask for, and with less of what it calls.
 */

import { spawnSync } from 'node:child_process'
import { buildSync } from 'esbuild'
import { describe, expect, it } from 'vitest'

/** Runs long enough for V8 as it is, where nothing says otherwise. */
const hotLoop = `
  function hotLoop(n) {
    let sum = 0
    for (let i = 0; i < n; i++) sum = sum + i | 0
    return sum
  }
  hotLoop(20000)
  for (let i = 0; i < 3; i++) hotLoop(1)`

/** Calls functions that are not the smallest. */
const callers = `
  ${Array.from(
    { length: 6 },
    (_, i) => `function part${i}(n) {
    let k = n
    for (let i = ${i}; i < 9; i++) k = (k * 31 ^ k >>> 3) + (k << 5 ^ n * ${i + 2}) ^ k * k ^ k >>> i ^ k * 37 | 0
    return k
  }`,
  ).join('\n')}
  function whole(n) {
    let sum = 0
    for (let i = 0; i < n; i++) sum = sum + part0(i) + part1(i) + part2(i) + part3(i) + part4(i) + part5(i) | 0
    return sum
  }
  whole(200000)`

const { outputFiles } = buildSync({
  stdin: {
    contents: `import { checkModels } from './checker/check-models.ts'
      const models = checkModels([], { options: {}, signal: new AbortController().signal, watch: null, pool: null })
      export const checked = models.next()`,
    resolveDir: '.',
  },
  ...{ bundle: true, platform: 'node', format: 'iife', globalName: 'check', write: false },
  ...{ external: ['workerpool'], define: { 'import.meta.url': '"file:///"' } },
})

function traced(flag: string, script: string): string {
  const { stdout, stderr } = spawnSync(process.execPath, [flag, '-'], { input: script, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout
}

const optimised = (script: string): boolean => /hotLoop.*TURBOFAN/.test(traced('--trace-opt', script))

/** How many functions became part of `whole`, however often. */
const partsOfWhole = (script: string): number =>
  new Set(traced('--trace-turbo-inlining', script).match(/^Inlining .*part\d.*(?= into .*whole)/gm)).size

describe('optimising later', () => {
  const check = outputFiles[0]?.text ?? ''
  const afterwards = (script: string): string => `${check};check.checked.then(() => {${script}})`
  const isNode20 = process.versions.node.startsWith('20.')

  it.runIf(isNode20)('begins with the check of models', () => {
    expect(optimised(hotLoop)).toBe(true)
    expect(optimised(afterwards(hotLoop))).toBe(false)
  })

  it.runIf(isNode20)('takes fewer functions together', () => {
    expect(partsOfWhole(callers)).toBe(6)
    expect(partsOfWhole(afterwards(callers))).toBeLessThan(4)
  })

  it('sets no flag where V8 knows no such budget', () => {
    const heard = "require('node:v8').setFlagsFromString = (flag) => console.log(flag);"
    const { stdout, stderr } = spawnSync(process.execPath, ['-'], {
      input: `${heard}${afterwards('')}`,
      encoding: 'utf8',
    })

    expect([stdout.includes('--interrupt-budget'), stderr]).toEqual([isNode20, ''])
  })
})
