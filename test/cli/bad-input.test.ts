/**
 * Bad input of every kind, through the built command: exit code 2, a code, a place and a hint; never a stack trace.
 * What a process makes of that is tried where streams, shells and folders are.
 */

import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isTooLong } from '../../src/spec/load.ts'
import { type Workshop, workshop } from './command.ts'

const peterson = 'specs/peterson.ts'
const swapped = [peterson, '--model', 'peterson-swapped']
const model = (body: string): string =>
  `import { all, at, bool, choose, each, model, never, oneOf, range, set, state, step, threads } from 'modelcheck'\nexport const m = model('m', () => {\n${body}\n})\n`

const fine = model(
  '  const { b } = state({ b: bool.starts(true) })\n  return { terminal: true, properties: { p: never(all(b.is(false))) } }',
)

const several = model(
  "  const { turn, n } = state({ turn: oneOf(['a', 'b']).starts('a'), n: range(0, 3).starts(7) })\n  const t = threads(['t'], {}, () => step('go', set(turn, 'c' as 'a')))\n  return { threads: t, properties: { p: never(at(t.t, 'gone' as 'go')), q: never(turn.is('d' as 'a')) } }",
)

const specs: { readonly [name: string]: string } = {
  'syntax.ts': 'export const x = {{{',
  'throws.ts': '\nthrow new Error("boom")\nexport {}\n',
  'n%41#?é.ts': '\nthrow new Error("boom")\nexport {}\n',
  'throws-text.ts': 'throw "just text"\nexport {}\n',
  'throws-nothing.ts': 'throw null\nexport {}\n',
  'throws-riddle.ts': 'throw Object.create(null)\nexport {}\n',
  'await.ts': 'await 0\nexport {}\n',
  'builder.ts': model('  throw new TypeError("inside")'),
  'none.ts': 'export const a = 1\n',
  'recursion.ts': 'function f(): number { return f() + 1 }\nexport const x = f()\n',
  'nested.ts': `import { action, type Statements, bool, model, set, state, when } from 'modelcheck'
export const m = model('m', () => {
  const { b } = state({ b: bool.starts(false) })
  let body: Statements = set(b, true)
  for (let i = 0; i < 2500; i++) body = when(b, body)
  return { actions: action('go', {}, () => ({ then: body })), properties: {} }
})
`,
  'exits.ts': 'process.exit(0)\nexport {}\n',
  'imports.ts': 'import x from "./missing.ts"\nexport const y = x\n',
  'alias.ts': 'import x from "@lib/missing"\nexport const y = x\n',
  'unknown-import.ts': 'import { nope } from "modelcheck"\nexport const y = nope()\n',
  'misspelt-imports.ts':
    'import { modl } from "modelcheck"\nimport * as other from "./misspelt.ts"\nimport { nevr } from "modelcheck"\nexport const x = nevr(other)\nexport const y = modl(nevr)\n',
  'namespace.ts':
    "import * as mc from 'modelcheck'\nexport { Expr } from 'modelcheck'\nexport const m = mc.model('m', () => {\n  mc.state({ b: (mc as any).boool.starts(true) })\n  return (mc as any).enumeration('a')\n})\n",
  'misspelt-require.cjs': "const { modl, bool } = require('modelcheck')\nexports.m = modl('m', () => ({}))\n",
  'list.ts': `${fine.replace('export ', '')}export default [m]\n`,
  'promised.ts': `${fine.replace('export ', '')}export const later = (async () => m)()\n`,
  'notes.md': '# Notes\n',
  'object.ts': `${fine.replace('export ', '')}export const designs = { m }\n`,
  'timer.ts': `${fine}setTimeout(() => { throw new Error("late") }, 5)\n`,
  'rejects.ts': `${fine}\nvoid Promise.reject(new Error("boom"))\n`,
  'rejects-text.ts': `${fine}\n\nPromise.reject("just text")\n`,
  'async.ts': `import { readFile } from 'node:fs/promises'\n${fine}const load = async () => {\n  const text = await readFile('nowhere')\n  return text\n}\nload()\n`,
  'async-builder.ts': fine.replace('  const', '  void (async () => { throw new RangeError("inside") })()\n  const'),
  'several.ts': several,
  'no-builder.ts': "import { model } from 'modelcheck'\nexport const m = (model as Function)('m')\n",
  'no-properties.ts': "import { model } from 'modelcheck'\nexport const m = model('m', (() => ({})) as never)\n",
  'misspelt-properties.ts': model('  state({ b: bool.starts(false) })\n  return { propertys: {} } as never'),
  'promise.ts':
    "import { model } from 'modelcheck'\nexport const m = model('m', (async () => ({ properties: {} })) as never)\n",
  'nothing.ts': "import { model } from 'modelcheck'\nexport const m = model('m', (() => {}) as never)\n",
  'twice.ts':
    "import { bool, model, state } from 'modelcheck'\nconst build = () => (state({ b: bool.starts(true) }), { properties: {} })\nexport const m = model('m', build)\nexport const n = model('m', build)\n",
  'binary.ts': `\u0001\u0002 ${'x\u0003 '.repeat(200)}`,
  'misused.ts': model('  state(undefined as any)\n  return { properties: {} }'),
  'operators.ts': model(
    '  const { n } = state({ n: range(0, 3).starts(0) })\n  return { properties: { p: never((n as any) > 2) } }',
  ),
  'large.ts': model('  state({ n: each(1e9, bool).starts(false) })\n  return { properties: {} }'),
  'misspelt.ts': model('  state({ b: bool.starts(false) })\n  return { properties: {}, expected: [] }'),
  'commonjs.js': 'const { model } = require("modelcheck")\nmodule.exports = model("m", () => ({}))\n',
  'late-start.ts': model(
    "  const { n } = state({ n: range(0, 3).starts(0) })\n  return {\n    initially: [\n      choose('c', [1, 2], (i) => set(n, i)),\n      set(n, n.plus(2)),\n    ],\n    terminal: true,\n  }",
  ),
  'no-start.ts': model(
    "  const { n } = state({ n: range(0, 3).starts(0) })\n  return {\n    initially: [\n      set(n, 1),\n      choose('c', [1, 2], (i) => ({ given: n.is(0), then: set(n, i) })),\n    ],\n    terminal: true,\n  }",
  ),
  'throws-late.ts': `${several}\nthrow new Error('late')\nexport {}\n`,
  'escape.ts': 'throw new Error("\\u001b[31mred\\u0007")\nexport {}\n',
}

/** Arguments, the codes and words that are expected on stderr. */
const rows: readonly (readonly [args: string, ...words: string[]])[] = [
  ['', 'MC302', 'the spec is missing'],
  ['nofile.ts', 'MC401', 'there is no file nofile.ts'],
  ['folder', 'MC401', 'folder is not a file'],
  ['specs/petersen.ts', 'MC401', 'Did you mean specs/peterson.ts?'],
  ['specs/peterson', 'MC401', 'Did you mean specs/peterson.ts?'],
  ['package.json', 'MC303', 'package.json is no spec', '`modelcheck trace` shows a saved counterexample'],
  ['diff', 'MC302', 'the earlier report is missing'],
  ['diff one.json', 'MC302', 'the later report is missing'],
  ['syntax.ts', 'syntax.ts:1', 'MC402'],
  ['throws.ts', 'throws.ts:2', 'MC403', 'Error: boom'],
  ['n%41#?é.ts', 'n%41#?é.ts:2', 'MC403', 'Error: boom'],
  ['throws-text.ts', 'MC403', 'just text'],
  ['throws-nothing.ts', 'MC403', 'null'],
  ['throws-riddle.ts', 'MC403', 'something that cannot be shown'],
  ['timer.ts', 'timer.ts:6', 'MC403', 'the spec threw Error: late'],
  ['rejects.ts', 'rejects.ts:7', 'MC403', 'a promise that nobody awaits is rejected: Error: boom'],
  ['rejects-text.ts', 'rejects-text.ts:8', 'MC403', 'a promise that nobody awaits is rejected: just text'],
  // Where the promise was made: since Node 26, what fs rejects tells of no call.
  [
    'async.ts',
    `async.ts:${Number(process.versions.node.split('.')[0]) < 26 ? 8 : 7}`,
    'MC403',
    'is rejected: Error: ENOENT',
    'readFileSync',
  ],
  ['async-builder.ts', 'async-builder.ts:3', 'MC403', 'is rejected: RangeError: inside'],
  ['await.ts', 'await.ts:1', 'MC402', 'outside of a function'],
  ['large.ts', 'large.ts:3', 'MC103', '1000000000 parts'],
  ['misspelt.ts', 'misspelt.ts:2', 'MC107', "has no 'expected'", 'expectViolated'],
  ['misspelt-properties.ts', 'MC107', "has no 'propertys'"],
  ['promise.ts', 'promise.ts:2', 'MC107', 'returns a promise', 'leave out `async`'],
  ['nothing.ts', 'nothing.ts:2', 'MC107', 'returns nothing'],
  ['twice.ts', 'twice.ts:4', 'MC101', "two models are named 'm'"],
  ['binary.ts', 'binary.ts:1', 'MC402', '…'],
  ['builder.ts', 'builder.ts:3', 'MC403', 'TypeError: inside'],
  ['none.ts', 'MC303', 'exports no model'],
  ['recursion.ts', 'MC403', 'RangeError'],
  ['nested.ts', 'MC208', 'statements of nested.ts are nested too deep'],
  ['exits.ts', 'MC403', 'ended the process'],
  ['imports.ts', 'imports.ts:1', 'MC402', 'missing.ts', 'Check the path.'],
  ['alias.ts', 'alias.ts:1', 'MC402', '@lib/missing', '`paths` of a tsconfig.json are not read'],
  ['unknown-import.ts', 'unknown-import.ts:2', 'MC402', "modelcheck has no 'nope' to import", "Did you mean 'not'?"],
  [
    'misspelt-imports.ts',
    'misspelt-imports.ts:4',
    "no 'nevr'",
    "Did you mean 'never'?",
    'misspelt-imports.ts:5',
    "'modl'",
  ],
  ['namespace.ts', "namespace.ts:4: error MC402: modelcheck has no 'boool'", "Did you mean 'bool'?"],
  ['namespace.ts', "namespace.ts:5: error MC402: modelcheck has no 'enumeration'", 'docs/language.md has all'],
  ['misspelt-require.cjs', "misspelt-require.cjs:1: error MC402: modelcheck has no 'modl'", "Did you mean 'model'?"],
  ['list.ts', 'MC303', "exports no model, but a list of models as 'default'", 'Export each by itself'],
  ['object.ts', 'MC303', "exports no model, but an object of models as 'designs'"],
  ['promised.ts', 'MC303', "exports no model, but a promise as 'later'", 'leave out `async`'],
  ['notes.md', 'MC401', 'notes.md is neither TypeScript nor JavaScript'],
  ['no-builder.ts', 'no-builder.ts:2', 'MC107'],
  ['no-properties.ts', 'no-properties.ts:2', 'MC103', 'has no variables'],
  ['commonjs.js', 'commonjs.js:2', 'MC103', 'has no variables'],
  ['late-start.ts', 'late-start.ts:7', 'MC102', 'no initial state can be built'],
  ['no-start.ts', 'no-start.ts:7', 'MC103', 'there is no initial state'],
  ['throws-late.ts', 'throws-late.ts:3', 'MC102', 'throws-late.ts:5', 'MC105', 'throws-late.ts:8', 'MC403', 'late'],
  ['compare throws.ts several.ts', 'throws.ts:2', 'MC403', 'several.ts:3', 'MC102'],
  ['misused.ts', 'misused.ts:3', 'MC109', '`state` is given something that it does not take'],
  ['operators.ts', 'operators.ts:4', 'MC109', 'operators'],
  ['escape.ts', 'MC403', '\\u001b[31mred'],
  [`${peterson} --model petersen`, 'MC301', "Did you mean 'peterson'?"],
  [`${peterson} --property exclusion`, 'MC301', 'Known: mutual exclusion'],
  ['specs/filter-lock.ts --set proceses=3', 'MC108', 'Known: processes'],
  ['specs/filter-lock.ts --set processes=99', 'MC108', 'is not in 2 … 8'],
  ['specs/filter-lock.ts --set processes=many', 'MC108', 'is not in 2 … 8'],
  ['specs/filter-lock.ts --set processes', 'MC302', 'is not name=value'],
  ['specs/filter-lock.ts --set processes=3 --set processes=4', 'MC302', 'is given twice'],
  ["''", 'MC302', 'the spec is missing'],
  ["trace ''", 'MC302', 'the file is missing'],
  [`${peterson} --out ''`, 'MC302', '--out needs a value'],
  [`${peterson} --junit x --report ./x`, 'MC302', '--report and --junit would write the same file'],
  [`${peterson} --sarif ${peterson}`, 'MC302', '--sarif would write over the spec'],
  [`${peterson} --html=`, 'MC302', '--html needs a value'],
  [
    `simulate ${peterson} --runs 0 --depth 1.5 --seed x`,
    'MC302',
    '--runs needs a whole number of at least 1',
    '--depth needs a whole number of at least 1',
    '--seed needs a whole number',
  ],
  [`simulate ${peterson} --seed ''`, 'MC302', '--seed needs a value'],
  [`${peterson} --set __proto__=3`, 'MC108', "'__proto__'"],
  [`explore ${peterson} --port 99999`, 'MC302', 'below 65536'],
  [`${peterson} --workers 0`, 'MC302', 'Give a positive number or auto; no more than 999'],
  [`${peterson} --workers`, 'MC302', '--workers needs a value'],
  [`${peterson} --reduce dead-variables,`, 'MC302', "'' is no reduction"],
  [`${peterson} --reduce dead-variable`, 'MC302', "Did you mean 'dead-variables'?"],
  [`${peterson} --memory banana`, 'MC302', '512M or 8G'],
  [`${peterson} --memory 3`, 'MC302', 'at least 1M; without a letter it counts bytes'],
  [`${peterson} --max-states 0`, 'MC302', 'whole number'],
  [`${peterson} --max-depth 2.5`, 'MC302', 'whole number'],
  [`${peterson} --timeout soon`, 'MC302', 'seconds'],
  [`${peterson} --timeout 1 --timeout 2`, 'MC302', '--timeout is given twice'],
  [`${peterson} --wrokers 2`, 'MC302', 'Did you mean --workers?'],
  [`${peterson} --no-colour`, 'MC302', 'there is no option --no-colour', 'Did you mean --no-color?'],
  [`${peterson} -quiet`, 'MC302', 'there is no option -quiet', 'Did you mean --quiet?'],
  [`${peterson} -w`, 'MC302', 'there is no option -w\n'],
  ['-', 'MC302', "'-' names no file: nothing is read from the standard input"],
  [`${peterson} extra`, 'MC302', "'extra' is one argument too many"],
  [`${peterson} --json=out.json`, 'MC302', '--json takes no value'],
  [`${peterson} --no-color=always`, 'MC302', '--no-color takes no value'],
  [`${peterson} --quiet yes`, 'MC302', "'yes' is one argument too many", '--quiet takes no value'],
  [`${peterson} --workers=1 yes`, 'MC302', "'yes' is one argument too many", 'hint: `modelcheck --help`'],
  [
    `${peterson} --quiet other.ts`,
    'MC302',
    "'other.ts' is one argument too many",
    '`modelcheck compare` takes several',
  ],
  [`${peterson} other.ts`, 'MC302', "'other.ts' is one argument too many", '`modelcheck compare` takes several'],
  [`chekc ${peterson}`, 'MC302', "Did you mean 'check'?"],
  [`${swapped.join(' ')} --out blocked --quiet`, 'MC401', 'cannot be written'],
  [`${swapped.join(' ')} --out /proc/nowhere`, 'MC401', 'cannot be written'],
  [`${swapped.join(' ')} --emit folder`, 'MC401', 'cannot be written'],
  ['trace nofile.json', 'MC401', 'ENOENT'],
  ['trace blocked --format yaml', 'MC302', '"text", "json", "itf"'],
  [`simulate ${peterson} --runs none`, 'MC302'],
  ['new ../elsewhere', 'MC401', 'no name for a spec'],
  ['new blocked', 'MC401', 'blocked.ts exists'],
]

/** What a shell makes of it. */
const wordsOf = (args: string): readonly string[] =>
  args.split(' ').flatMap((arg) => (arg === '' ? [] : [arg === "''" ? '' : arg]))

let shop: Workshop

beforeAll(() => {
  shop = workshop()
  for (const [name, text] of Object.entries(specs)) shop.write(name, text)
  mkdirSync(join(shop.folder, 'folder'))
  shop.write('blocked', 'a file where a folder is wanted')
  shop.write('blocked.ts', '')
})
afterAll(() => shop.remove())

describe('a mistake of the user', () => {
  it.each(rows)('modelcheck %s', async (args, ...words) => {
    const { code, stderr } = await shop.call(...wordsOf(args))
    expect(code, stderr).toBe(2)
    for (const word of words) expect(stderr).toContain(word)
    expect(stderr).toMatch(/^ {2}hint: \S/m)
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m)
  })

  it('is one of several that are reported together, each with its line', async () => {
    const { code, stderr } = await shop.call('several.ts')
    expect(code).toBe(2)
    expect(
      [...stderr.matchAll(/^several\.ts:(\d+): error (MC\d+)/gm)].map(([, line, problem]) => `${line} ${problem}`),
    ).toEqual(['3 MC102', '4 MC102', '5 MC105', '5 MC102'])
  })
})

describe('a model of which nothing is claimed', () => {
  it('is told apart from one whose claims hold', async () => {
    shop.write('unclaimed.ts', fine.replace('properties', 'strips').replace('never(all(b.is(false)))', 'b'))

    const { code, stdout } = await shop.call('unclaimed.ts')

    expect([code, stdout]).toEqual([0, expect.stringContaining('nothing is claimed, and nothing was judged')])
  })
})

describe('a model that is not selected', () => {
  it('is not built: its constants may have other domains', async () => {
    const least = ['specs/filter-lock.ts', '--set', 'processes=2']

    expect(await shop.call(...least)).toMatchObject({ code: 2, stderr: expect.stringContaining('is not in 3 … 8') })
    expect((await shop.call(...least, '--model', 'filter-lock-w*', '--out', 'saved')).code).toBe(0)
    const saved = 'saved/filter-lock.filter-lock-without-victim.deadlock.json'
    expect((await shop.call('replay', saved)).stdout).toContain('certified')
  })

  it('is known all the same, in the order of the spec, which its exports do not have', async () => {
    const { stderr } = await shop.call('specs/raft.ts', '--model', 'paxos')
    expect(stderr).toContain('Known: raft, raft-forgets-its-vote, raft-votes-for-anybody.')
  })
})

describe('--json', () => {
  it.each([`${peterson} --workers 0`, 'nofile.ts', 'several.ts', '--wrokers 3 x.ts', `diff nofile.json blocked`])(
    'prints one document and nothing else for %s',
    async (args) => {
      const { code, stdout, stderr } = await shop.call(...args.split(' '), '--json')
      expect([code, stderr]).toEqual([2, ''])
      const { models, errors } = JSON.parse(stdout)
      expect(models).toEqual([])
      expect(errors[0].code).toMatch(/^MC\d+$/)
    },
  )

  it('tells where its document goes whoever gives it a file', async () => {
    const { stdout } = await shop.call(peterson, '--json', 'out.json')
    expect(JSON.parse(stdout).errors[0].hint).toMatch(/^--json writes to standard output, as in: --json > out\.json\./)
  })

  it('is not disturbed by what a spec prints', () => {
    shop.write(
      'talks.ts',
      `console.log('hello from the spec')\nsetTimeout(() => console.log('and later'), 10)\n${fine}`,
    )
    const { code, stdout, stderr } = shop.run('talks.ts', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout).errors).toEqual([])
    expect(stderr).toContain('hello from the spec\nand later')
  })
})

describe('a place where nothing can be written', () => {
  it('does not cost the verdicts and runs of models whose counterexamples it was for', async () => {
    const { code, stdout, stderr } = await shop.call(peterson, '--out', 'blocked')

    expect(code).toBe(2)
    expect(stdout).toContain("=> p1 is at 'critical', since step 4\n  not saved: see the error\n")
    expect(stdout).toContain('  p1 gets in: not saved\n\nall 12 verdicts are as expected\n')
    expect(stderr).toMatch(/swapped\.mutual-exclusion\.json cannot be written: not a directory \(ENOTDIR\)\n/)
    expect(stderr).toMatch(/p0-gets-in\.json cannot be written: .*; nor can another counterexample of this model\n/)
  })

  it.each(['out blocked', 'junit folder', 'html folder', 'report folder'])(
    'does not cost the document of --json: --%s',
    async (option) => {
      const { code, stdout, stderr } = await shop.call(...swapped, ...`--${option}`.split(' '), '--json', '--quiet')

      expect([code, stderr]).toEqual([2, ''])
      const { models, errors } = JSON.parse(stdout)
      expect(models).toHaveLength(1)
      expect(errors[0]).toMatchObject({ code: 'MC401', message: expect.stringContaining('cannot be written: ') })
    },
  )

  it('does not cost the other files, and the report has it among its errors', async () => {
    const files = ['--junit', 'folder', '--sarif', 'log.sarif', '--report', 'all.json']
    const { code } = await shop.call(...swapped, ...files, '--quiet')

    expect([code, existsSync(join(shop.folder, 'log.sarif'))]).toEqual([2, true])
    expect(JSON.parse(readFileSync(join(shop.folder, 'all.json'), 'utf8'))).toMatchObject({
      errors: [{ code: 'MC401', message: expect.stringMatching(/^folder cannot be written/) }],
      models: [{}],
    })
  })

  it('does not cost the runs of a simulation', async () => {
    const { code, stdout } = await shop.call('simulate', ...swapped, '--runs', '20', '--out', 'blocked')

    expect([code, stdout]).toEqual([2, expect.stringContaining('not saved: see the error')])
  })

  it('is told of once, and is no bug, if a build server names it', () => {
    const { code, stderr } = shop.shell(
      `GITHUB_ACTIONS=true GITHUB_STEP_SUMMARY=folder modelcheck ${swapped.join(' ')} --quiet`,
    )

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error MC401: folder cannot be written: .*\n {2}hint: .*\n$/),
    ])
  })

  it.each(['--json --quiet', '--quiet'])('is told of, if it is stdout: modelcheck … %s > /dev/full', (option) => {
    const { code, stderr } = shop.shell(`modelcheck ${swapped.join(' ')} ${option} > /dev/full`)

    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/^error MC401: stdout cannot be written: .*\(ENOSPC\)\n.*\n$/),
    ])
  })

  it('is not told of, if it is stderr', () => {
    expect(shop.shell('modelcheck nofile.ts 2> /dev/full')).toMatchObject({ code: 2, stderr: '' })
  })
})

// Nothing else limits address space.
it.runIf(process.platform === 'linux')('where addresses are too few, the hint is one that helps (MC307)', () => {
  const limited = `ulimit -v 16000000; modelcheck ${peterson}`
  const unguarded = `export NODE_OPTIONS=--disable-wasm-trap-handler; ${limited}`
  const told = (hint: string): RegExp =>
    new RegExp(
      `^error MC307: 15\\.3 GiB of address space are too few .*\\n {2}hint: Raise .* to [\\d.]+ GiB, or ${hint}`,
    )

  expect(shop.shell(limited)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(told('set NODE_OPTIONS=--disable')),
  })
  expect(shop.shell(`${unguarded} --memory 8G`)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(told('ask for less with --memory')),
  })
  expect(shop.shell(unguarded)).toMatchObject({ code: 0, stderr: '' })
})

it('in a folder that is gone, says so', () => {
  const { code, stderr } = shop.shell('mkdir gone && cd gone && rmdir ../gone && modelcheck x.ts')

  expect([code, stderr]).toEqual([2, expect.stringContaining('the working directory does not exist')])
})

describe('a spec that takes long to build', () => {
  it.each([
    ['computes for longer than the limit', 5100, 5200, true],
    ['computes on a machine that is busy', 900, 30_000, false],
    ['sleeps', 300, 50_001, true],
  ])('is given up or waited for: it %s', (_, busyMs, passedMs, is) => {
    expect(isTooLong(5000, busyMs, passedMs)).toBe(is)
  })
})
