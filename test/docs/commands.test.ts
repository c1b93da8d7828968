/**
 * What pages tell their readers to run or to open exists: specs, models of them under the names given, and files of this repository.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { ModelBuilder } from '../../src/language/model.ts'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/thread.md'), 'utf8')
const commands = [...new Set(page.match(/(?<=`npx modelcheck )[^`]+(?=`)/g))]

describe('the thread, claim by claim', () => {
  it('has commands', () => {
    expect(commands.length).toBeGreaterThan(20)
  })

  it.each(commands)('names specs and models that there are: %s', async (command) => {
    const words = command.split(' ')
    const specs = words.filter((word) => word.endsWith('.ts'))
    const wanted = words.filter((_, i) => words[i - 1] === '--model')
    expect(specs.filter((file) => !existsSync(join(root, file)))).toEqual([])

    const modules = await Promise.all(
      specs.map((file) => import(join(root, file)) as Promise<Record<string, ModelBuilder>>),
    )
    const models = modules.flatMap((exported) => Object.values(exported).map(({ name }) => name))
    expect(models).toEqual(expect.arrayContaining(wanted))
  })
})

it.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'bench/README.md'])(
  '%s names files and folders that there are',
  (name) => {
    const paths =
      readFileSync(join(root, name), 'utf8').match(/\b(src|checker|test|specs|bench|docs)\/[\w./-]*\w/g) ?? []

    expect(paths).not.toEqual([])
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  },
)
