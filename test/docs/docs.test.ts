/**
 * The documentation is true: every block of TypeScript compiles and runs, every command prints what is shown, every link leads
 * somewhere. It runs in a folder of its own, in which `modelcheck` is installed as a stranger would have it.
 */

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as language from '../../src/index.ts'
import { problemCodes } from '../../src/model/problem.ts'
import { root, type Workshop, workshop } from '../cli/command.ts'
import { type CodeBlock, patternOf, readPage, withoutTimes } from './page.ts'

const pages = [
  'README.md',
  'docs/language.md',
  'docs/reductions.md',
  'docs/command-line.md',
  'docs/compare.md',
  'docs/judging-a-patch.md',
].map((name) => ({ name, page: readPage(join(root, name)) }))
const files = pages.flatMap(({ page }) => page.blocks.filter(({ kind }) => kind !== 'fragment'))
const fragmentsFile = 'fragments.ts'
let shop: Workshop

beforeAll(() => {
  shop = workshop()
  mkdirSync(join(shop.folder, 'node_modules'))
  symlinkSync(root, join(shop.folder, 'node_modules/modelcheck'))
  for (const name of ['vitest', '@types'])
    symlinkSync(join(root, 'node_modules', name), join(shop.folder, 'node_modules', name))
  shop.write('package.json', '{ "type": "module" }')
  for (const { file, text } of files) shop.write(file, text)
  const [declarations, ...fragments] = pages.flatMap(({ page }) =>
    page.blocks.filter(({ kind }) => kind === 'fragment'),
  )
  shop.write(fragmentsFile, fragmentsSource(declarations, fragments))
})

afterAll(() => shop.remove())

/** Each fragment in the builder of a model of its own, after the declarations that the page gives first; nothing is run. */
function fragmentsSource(declarations: CodeBlock | undefined, fragments: readonly CodeBlock[]): string {
  const types = ['Expr', 'Fairness', 'Property', 'SequenceOf', 'Statements', 'Var'].map((name) => `type ${name}`)
  const names = [...Object.keys(language), ...types]
  const models = fragments.map(({ line, text }) => {
    const threads = [...text.matchAll(/const (\w+) = threads\(/g)].map(([, name]) => name)
    const returned = `{ threads: [${threads.join(', ')}], terminal: true, within: { 'no step': false } }`
    return `export const line${line} = model('line ${line}', () => {\n${declarations?.text}\n${text}\nreturn ${returned}\n})\n`
  })
  return `import { ${names.join(', ')} } from 'modelcheck'\n\n${models.join('\n')}`
}

describe.each(pages)('$name', ({ page }) => {
  const specs = page.blocks.filter(({ kind }) => kind === 'spec')
  const programs = page.blocks.filter(({ kind }) => kind === 'program')

  it.each(page.transcripts)('shows what `npx modelcheck $command` prints (line $line)', async ({ command, output }) => {
    const { stdout, stderr } = await shop.call(...command.split(' '))
    expect(withoutTimes(stdout === '' ? stderr : stdout)).toMatch(patternOf(output))
  })

  it.each(specs)('has a spec $file that builds, with verdicts that are meant (line $line)', async ({ file, text }) => {
    const { stdout, stderr, code } = await shop.call(file, '--quiet')
    expect([stderr, code], stdout).toEqual(['', text.includes('is wrong') || file === 'my-lock.ts' ? 1 : 0])
  })

  it.each(programs)('has a program that runs (line $line)', ({ file }) => {
    const out = join(shop.folder, `${file}.mjs`)
    buildSync({
      entryPoints: [join(shop.folder, file)],
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['modelcheck'],
      outfile: out,
    })
    const { stderr, status, stdout } = spawnSync(process.execPath, [out], { cwd: shop.folder, encoding: 'utf8' })
    expect([stderr, status]).toEqual(['', 0])
    expect(stdout).toContain('mutual exclusion violated')
  })
})

describe('docs/language.md', () => {
  it('has fragments that build', async () => {
    const { stdout, stderr, code } = await shop.call(fragmentsFile, '--quiet')
    expect([stderr, code], stdout).toEqual(['', 0])
  })

  it('has a test that passes', () => {
    const file = pages.flatMap(({ page }) =>
      page.blocks.filter(({ kind }) => kind === 'test').map((block) => block.file),
    )
    const run = spawnSync(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...file], {
      cwd: shop.folder,
      encoding: 'utf8',
    })
    expect(run.status, run.stdout + run.stderr).toBe(0)
  })

  it('lists every code with its meaning', () => {
    const rows = [...readFileSync(join(root, 'docs/language.md'), 'utf8').matchAll(/^\| (MC\d+) \| (.*) \|$/gm)]
    expect(Object.fromEntries(rows.map((row) => [row[1], row[2]]))).toEqual(problemCodes)
  })

  it('mentions every function of the language', () => {
    const text = readFileSync(join(root, 'docs/language.md'), 'utf8')
    expect(Object.keys(language).filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  })
})

describe('every page', () => {
  it('has TypeScript without type errors', () => {
    const names = [fragmentsFile, ...files.map(({ file }) => file)].map((name) => join(shop.folder, name))
    const program = ts.createProgram(names, {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2023,
      // Without those of the browser, which are half of all.
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [join(root, 'node_modules/@types')],
    })
    // Of the specs that a page imports, types are checked elsewhere.
    const found = names.flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    const said = found.map(({ file, start, messageText }) => {
      const line = (file?.getLineAndCharacterOfPosition(start ?? 0).line ?? -1) + 1
      return `${file?.fileName.slice(shop.folder.length + 1)}:${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
    expect(said).toEqual([])
  })

  it('has links that lead somewhere', () => {
    const docs = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'))
    const broken = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...docs.map((name) => `docs/${name}`)].flatMap(
      (name) => {
        const prose = readFileSync(join(root, name), 'utf8')
          .replace(/^```.*?^```$/gms, '')
          .replace(/`[^`\n]*`/g, '')
        const targets = [...prose.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
        return targets.filter((target) => !target.includes('://') && !existsSync(join(root, dirname(name), target)))
      },
    )
    expect(broken).toEqual([])
  })
})
