/**
 * From trace to test: the generated test fails while the bug is there, passes once it is fixed, and says so of every trace.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as petersonSpec from '../../specs/peterson.ts'
import { action, bool, check, choose, type ModelBuilder, model, range, set, state } from '../../src/language/index.ts'
import { type Run, replay } from '../../src/replay.ts'
import type { SavedTrace } from '../../src/report/saved-trace.ts'
import { toVitest } from '../../src/report/vitest-test.ts'
import { oneOfEachSpec, savedIn } from '../support/committed-traces.ts'
import { hostileTrace } from '../support/traces.ts'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modelcheck-trace-'))
  mkdirSync(join(folder, 'node_modules'))
  mkdirSync(join(folder, 'test'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/modelcheck'))
  symlinkSync(resolve('node_modules/vitest'), join(folder, 'node_modules/vitest'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  cpSync('specs/peterson.ts', join(folder, 'specs/peterson.ts'))
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

function run(...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

function runOf(saved: SavedTrace): Run {
  const { model: name, constants, property, loop } = saved
  const steps = saved.steps.slice(1).map((step): Run['steps'][number] => {
    return [step.action ?? '', step.binding, Object.fromEntries(step.choices.map((one) => [one.name, one.value]))]
  })
  return { model: name, constants, property, loop, steps }
}

describe('a generated test', () => {
  it('fails while the bug is there and passes once it is fixed', () => {
    const cli = resolve('dist/cli.cjs')
    const trace = 'counterexamples/peterson.peterson-swapped.mutual-exclusion.json'
    cpSync(trace, join(folder, trace))
    expect(run(cli, 'trace', trace, '--format', 'vitest', '--out', 'test/bug.test.ts').status).toBe(0)
    const vitest = resolve('node_modules/vitest/vitest.mjs')

    const buggy = run(vitest, 'run', '--root', folder)
    expect([buggy.status, buggy.output]).toEqual([
      1,
      expect.stringContaining("expected 'violated' not to be 'violated'"),
    ])

    const spec = readFileSync('specs/peterson.ts', 'utf8').replace("mutex('turn first')", "mutex('flag first')")
    writeFileSync(join(folder, 'specs/peterson.ts'), spec)
    const fixed = run(vitest, 'run', '--root', folder)
    expect([fixed.status, fixed.output]).toEqual([0, expect.stringMatching(/1 passed/)])
  })

  it('is valid TypeScript whatever the names are', async () => {
    const esbuild = await import('esbuild')
    const source = toVitest(hostileTrace, hostileTrace.spec)

    const { warnings } = await esbuild.transform(source, { loader: 'ts' })
    expect(warnings).toEqual([])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the claim.
    expect(source).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u2028\u2029\u202e]/)
    expect(source.split('\n').filter((line) => line.startsWith('  ['))).toHaveLength(3)
  })
})

describe('replay', () => {
  it.each(oneOfEachSpec)('takes the run of %s again', async (name) => {
    const saved = savedIn(name)
    const spec = await import(new URL(`../../${saved.spec}`, import.meta.url).href)

    expect(replay(spec, runOf(saved))).toEqual({ verdict: 'violated' })
  })

  it('says which step is impossible in a model that is fixed', () => {
    const saved = savedIn('peterson.peterson-swapped.mutual-exclusion.json')

    expect(replay(petersonSpec, { ...runOf(saved), model: 'peterson' })).toEqual({ verdict: 'impossible', step: 4 })
  })

  /** A counter that a step may set to a chosen value, or out of its range. */
  const counter: ModelBuilder = model('counter', () => {
    const { x, on } = state({ x: range(0, 3).starts(0), on: bool.starts(false) })
    return {
      actions: [
        action('choose', {}, () => ({ then: choose('value', [1, 2], (value) => set(x, value)) })),
        action('double', {}, () => ({ then: [check(x.isNot(1), 'never doubles 1'), set(x, x.times(2))] })),
        action('toggle', {}, () => ({ then: set(on, on.is(false)) })),
      ],
    }
  })

  it('follows the choices that the run made, and checks and model errors too', () => {
    const of = (property: string, ...steps: Run['steps']): string =>
      replay({ counter }, { model: 'counter', property, steps }).verdict

    expect(of('never doubles 1', ['choose', {}, { value: 1 }], ['double'])).toBe('violated')
    expect(of('never doubles 1', ['choose', {}, { value: 2 }], ['double'])).toBe('impossible')
    expect(of('never doubles 1', ['choose', {}, { value: 2 }], ['toggle'])).toBe('holds')
    expect(of('model error', ['choose', {}, { value: 2 }], ['double'])).toBe('violated')
  })

  it('refuses a run that speaks of something else', () => {
    const base = runOf(savedIn('peterson.peterson-swapped.mutual-exclusion.json'))

    expect(() => replay(petersonSpec, { ...base, model: 'renamed' })).toThrow("no model 'renamed'")
    expect(() => replay(petersonSpec, { ...base, property: 'renamed' })).toThrow("no property 'renamed'")
    expect(() => replay(petersonSpec, { ...base, steps: [['renamed', { thread: 'p0' }]] })).toThrow("no 'renamed'")
  })
})
