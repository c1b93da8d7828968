/**
 * While models are checked, V8 optimises what has run for longer than it would otherwise ask for.
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

function optimised(script: string): boolean {
  const { stdout, stderr } = spawnSync(process.execPath, ['--trace-opt', '-'], { input: script, encoding: 'utf8' })
  expect(stderr).toBe('')
  return /hotLoop.*TURBOFAN/.test(stdout)
}

describe('optimising later', () => {
  const check = outputFiles[0]?.text ?? ''
  const afterwards = (): boolean => optimised(`${check};check.checked.then(() => {${hotLoop}})`)
  const isNode20 = process.versions.node.startsWith('20.')

  it.runIf(isNode20)('begins with the check of models', () => {
    expect(optimised(hotLoop)).toBe(true)
    expect(afterwards()).toBe(false)
  })

  it.skipIf(isNode20)('does nothing, and says nothing, where V8 knows no such budget', () => {
    expect(afterwards()).toBe(optimised(hotLoop))
  })
})
