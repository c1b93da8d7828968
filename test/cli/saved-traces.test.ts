/**
 * Saved counterexamples: the committed ones replay; shown, exported, forged and hostile ones.
 */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { committedTraces, misfitIn, oneOfEachSpec } from '../support/committed-traces.ts'
import { root, type Workshop, workshop } from './command.ts'

const example = 'counterexamples/peterson.peterson-swapped.mutual-exclusion.json'
const original = (): Forged => JSON.parse(readFileSync(join(root, example), 'utf8'))

/** A saved trace that may be tampered with. */
interface Forged {
  property: string
  initial: { [variable: string]: unknown }
  steps: { action: string; changes: { [variable: string]: unknown } }[]
}

let shop: Workshop
beforeAll(() => {
  shop = workshop()
  cpSync(join(root, 'counterexamples'), join(shop.folder, 'counterexamples'), { recursive: true })
})
afterAll(() => shop.remove())

describe('a committed counterexample', () => {
  it.each(oneOfEachSpec)('%s is certified against its spec', async (file) => {
    expect(await misfitIn(file)).toBeNull()
  })

  it('is certified by the command', async () => {
    const { code, stdout } = await shop.call('replay', example)
    expect([code, stdout]).toEqual([0, 'certified: peterson-swapped: mutual exclusion, 6 steps\n'])
  })

  it('is what its spec writes, byte for byte', async () => {
    await shop.call('specs/peterson.ts', '--model', 'peterson-swapped', '--out', 'again', '--workers', '2')
    const again = readFileSync(join(shop.folder, 'again/peterson.peterson-swapped.mutual-exclusion.json'), 'utf8')
    expect(again).toBe(readFileSync(join(root, example), 'utf8'))
  })

  it.each(committedTraces)('%s names no time, no machine and no version of the tool', (file) => {
    const { format, version, spec, ...rest } = JSON.parse(readFileSync(join(root, 'counterexamples', file), 'utf8'))
    expect([format, version]).toEqual(['modelcheck-trace', 2])
    expect(spec).toMatch(/^specs\/(bugs\/)?[\w-]+\.ts$/)
    expect(JSON.stringify(rest)).not.toMatch(/\/(work|home|tmp|root)\b|\d{4}-\d\d-\d\d|0\.\d+\.\d+/)
  })
})

describe('the name of the spec in a saved trace', () => {
  const saved = 'peterson.peterson-swapped.mutual-exclusion.json'
  const swapped = ['--model', 'peterson-swapped', '--out']

  it('is its path from its package, whatever the working directory', async () => {
    mkdirSync(join(shop.folder, 'deep'))
    await shop.callIn('deep', '../specs/peterson.ts', ...swapped, 'here')
    const spec = join(shop.folder, 'specs/peterson.ts')
    const elsewhere = await shop.callIn('..', spec, ...swapped, join(shop.folder, 'there'))

    expect(elsewhere.code, elsewhere.stderr).toBe(0)
    for (const folder of ['deep/here', 'there'])
      expect(readFileSync(join(shop.folder, folder, saved), 'utf8')).toBe(readFileSync(join(root, example), 'utf8'))
  })

  it('is found again from the trace and from the working directory', async () => {
    expect((await shop.callIn('deep', 'replay', `here/${saved}`)).stdout).toContain('certified')
    expect((await shop.callIn('..', 'replay', join(shop.folder, 'there', saved))).stdout).toContain('certified')
    const outside = mkdtempSync(join(tmpdir(), 'modelcheck-trace-'))
    cpSync(join(root, example), join(outside, saved))
    expect((await shop.callIn('specs', 'replay', join(outside, saved))).stdout).toContain('certified')
    rmSync(outside, { recursive: true })
  })

  it('is the name of its file outside of any package', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'modelcheck-outside-'))
    const jugs = join(outside, 'jugs.ts')
    cpSync(join(root, 'specs/die-hard.ts'), jugs)
    const ran = await shop.call(jugs, '--out', outside)
    const file = readdirSync(outside).find((name) => name.endsWith('.json')) ?? ''

    expect(ran.code, ran.stderr).toBe(0)
    expect(JSON.parse(readFileSync(join(outside, file), 'utf8')).spec).toBe('jugs.ts')
    expect((await shop.call('replay', join(outside, file))).stdout).toContain('certified')
    await shop.call(jugs, '--out', join(outside, 'saved'))
    expect((await shop.call('replay', join(outside, 'saved', file))).stdout).toContain('certified')
    rmSync(outside, { recursive: true })
  })
})

describe('modelcheck trace', () => {
  it.each(['peterson', 'ticket-lock', 'readers', 'arm64-entry.merged-pnmi-no-gate'])(
    'shows %s in 100 columns',
    async (start) => {
      const file = committedTraces.find((name) => name.startsWith(start)) ?? ''
      const { code, stdout } = await shop.call('trace', join('counterexamples', file))
      expect(code).toBe(0)
      expect(stdout.split('\n').filter((line) => [...line].length > 100)).toEqual([])
    },
  )

  it('shows one step with --step, and all variables with --full', async () => {
    const { stdout } = await shop.call('trace', example, '--step', '2', '--full')
    expect(stdout).toContain('turn p1 -> p0')
    expect(stdout).toContain('p0.pc = announce')
    expect(stdout).not.toContain('initial state')
  })

  it('says which steps there are where --step names none (MC302)', async () => {
    const { code, stderr } = await shop.call('trace', example, '--step', 'two')
    expect([code, stderr]).toEqual([2, 'error MC302: --step needs a number\n  hint: Its steps are 0 … 6.\n'])
  })

  it('exports the Informal Trace Format', async () => {
    const itf = JSON.parse((await shop.call('trace', example, '--format', 'itf')).stdout)
    expect(itf['#meta'].format).toBe('ITF')
    expect(itf.vars).toContain('turn')
    expect(itf.states).toHaveLength(original().steps.length + 1)
    expect(itf.states[0].turn).toBe('p0')
  })

  it('prints the file itself with --format json', async () => {
    expect((await shop.call('trace', example, '--format', 'json')).stdout).toBe(
      readFileSync(join(root, example), 'utf8'),
    )
  })

  it('sends nothing to the terminal but text', async () => {
    const forged = original()
    forged.property = '\u001b[31mred\u0007'
    shop.write('escape.json', JSON.stringify(forged))
    expect((await shop.call('trace', 'escape.json')).stdout).not.toMatch(/[^\x20-\x7e\n\u2026\u00a0-\uffff]/)
  })
})

describe('a forged counterexample', () => {
  const forgeries: readonly (readonly [what: string, forge: (trace: Forged) => void, says: string])[] = [
    ['a changed value', (t) => Object.assign(t.steps[1]?.changes ?? {}, { turn: 'p1' }), 'step 2 no longer fits'],
    [
      'a value outside the domain',
      (t) => Object.assign(t.steps[0]?.changes ?? {}, { turn: 'nobody' }),
      'step 1 no longer fits',
    ],
    [
      'another initial state',
      (t) => Object.assign(t.initial, { turn: 'p1' }),
      'step 0 no longer fits: this is no initial state',
    ],
    ['a change left out', (t) => Object.assign(t.steps[2] ?? {}, { changes: {} }), 'step 3 no longer fits'],
    ['a missing end', (t) => t.steps.splice(-1), 'the invariant holds in the last state'],
    ['a missing step', (t) => t.steps.splice(1, 1), 'no longer fits'],
    [
      'an unknown action',
      (t) => Object.assign(t.steps[2] ?? {}, { action: 'teleport' }),
      'step 3 no longer fits: the model has no `teleport`',
    ],
    ['a variable too many', (t) => Object.assign(t.initial, { extra: 1 }), 'step 0 no longer fits'],
    [
      'a variable that comes later',
      (t) => Object.assign(t.steps[1]?.changes ?? {}, { extra: 1 }),
      'step 2 no longer fits',
    ],
  ]

  it.each(forgeries)('with %s is not certified, and it says at which step', async (_, forge, says) => {
    const trace = original()
    forge(trace)
    shop.write('forged.json', JSON.stringify(trace))

    const { code, stdout } = await shop.call('replay', 'forged.json')

    expect(stdout).toContain(says)
    expect(code).toBe(1)
  })
})

describe('a file that is no counterexample', () => {
  const text = readFileSync(join(root, example), 'utf8')
  const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
  const files: readonly (readonly [what: string, text: string, says: string])[] = [
    ['cut off', text.slice(0, 500), 'one that is cut off'],
    ['of another version', text.replace('"version": 2', '"version": 99'), 'has version 99, this tool reads 2'],
    ['an array', '[]', 'is not a saved trace'],
    ['nothing', 'null', 'is not a saved trace'],
    ['partial', '{"format":"modelcheck-trace","version":2}', '`spec` is wrong'],
    ['with a loop outside', text.replace('"loop": null', '"loop": 99'), 'outside the trace'],
    ['deeper than any stack', text.replace('"depth": 0', '"depth": 1e300'), '`steps.0.depth` is wrong'],
    ['without end', text.replace('"turn": "p0"', `"turn": ${deep}`), 'nests too deeply'],
  ]

  it.each(files)('is refused when it is %s (MC405)', async (_, content, says) => {
    shop.write('wrong.json', content)
    for (const command of ['trace', 'replay']) {
      const { code, stderr } = await shop.call(command, 'wrong.json')
      expect([code, stderr]).toEqual([2, expect.stringContaining('MC405')])
      expect(stderr).toContain(says)
      expect(stderr).not.toContain('    at ')
    }
  })

  it.each([
    ['a file that is no spec', '/etc/passwd', 'MC405'],
    ['a spec outside of its package', 'specs/../../elsewhere.ts', 'MC405'],
    ['a spec that is gone', 'specs/gone.ts', 'MC401'],
  ])('cannot make replay read %s', async (_, spec, code) => {
    shop.write('wrong.json', JSON.stringify({ ...original(), spec }))
    const ended = await shop.call('replay', 'wrong.json')
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(code)])
    expect(ended.stderr).not.toContain('root:')
  })

  it.each([
    ['model', { model: 'gone' }],
    ['property', { property: 'gone' }],
  ])('is refused when its %s is gone (MC301)', async (_, change) => {
    shop.write('wrong.json', JSON.stringify({ ...original(), ...change }))
    expect(await shop.call('replay', 'wrong.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('MC301') })
  })
})

describe('the file of a counterexample', () => {
  it('is of one property only, whatever the names of others look like', async () => {
    shop.write(
      'alike.ts',
      `import { action, always, model, range, set, state } from 'modelcheck'
const one = (name: string) => model(name, () => {
  const { n } = state({ n: range(0, 2).starts(0) })
  const properties = { '公平': always(n.lt(1)), '安全': always(n.lt(2)), 'a b': always(n.lt(1)), 'A-b': always(n.lt(2)) }
  return { actions: action('up', {}, () => ({ when: n.lt(2), then: set(n, n.plus(1)) })), terminal: true, properties }
})
export const models = ['M', 'm', '長'.repeat(100)].map(one)
export const [first, second, long] = models
`,
    )
    await shop.call('alike.ts', '--out', 'alike')
    const saved = readdirSync(join(shop.folder, 'alike')).map((file) => {
      const { model, property } = JSON.parse(readFileSync(join(shop.folder, 'alike', file), 'utf8'))
      return [file, `${model}: ${property}`]
    })

    expect(Object.fromEntries(saved)).toMatchObject({
      'alike.m.公平.json': 'M: 公平',
      'alike.m.安全.json': 'M: 安全',
      'alike.m.a-b.json': 'M: a b',
      'alike.m.a-b-2.json': 'M: A-b',
      'alike.m-2.a-b.json': 'm: a b',
      [`alike.${'長'.repeat(21)}.a-b.json`]: `${'長'.repeat(100)}: a b`,
    })
    expect(saved).toHaveLength(12)
  })
})

it('certifies a step that may come next on several ways, each under its own conditions', async () => {
  expect(await misfitIn('futex-mutex.futex-mutex-3.p0-gets-in.json')).toBeNull()
})
