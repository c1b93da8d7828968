/**
 * Another thread translates the kernel of a model with many instances while it is written.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { checkModels } from '../../checker/check-models.ts'
import type { DistantTranslator } from '../../checker/explore/host.ts'
import type { Pool, Threads } from '../../checker/explore/threads.ts'
import { createTranslator } from '../../checker/machine/translate.ts'
import { action, model, range, set, state } from '../../src/language/index.ts'
import { buildModel, littleMemory } from '../support/build.ts'

/** Of so many instances, each of which has a place in a list. */
const counter = (instances: number) =>
  buildModel(
    model('counter', () => {
      const { n } = state({ n: range(0, instances).starts(0) })
      const to = Array.from({ length: instances }, (_, i) => i)
      return {
        actions: action('go', { to }, (chosen) => ({ when: n.is(chosen.to), then: set(n, n.plus(1)) })),
        terminal: true,
        properties: {},
      }
    }),
  )

interface Watched {
  readonly translator: () => DistantTranslator
  /** What became of those that were asked for. */
  readonly log: string[]
}

function watched(): Watched {
  const log: string[] = []
  const translator = (): DistantTranslator => {
    const translator = createTranslator()
    let pieces = 0
    log.push('asked')
    return {
      read: (text) => {
        translator.read(text)
        pieces++
      },
      end: async () => {
        log.push(pieces > 10 ? 'read in pieces' : 'read')
        return translator.end()
      },
      leave: () => log.push('left'),
    }
  }
  return { translator, log }
}

const threadsWith = ({ translator }: Watched): Threads => ({
  ...{ count: 1, translator },
  getReady: () => {},
  takePart: () => false,
})

describe('the kernel of a model', () => {
  it.each([
    ['many', 128, ['asked', 'read in pieces', 'left']],
    ['few', 127, []],
  ])('of %s instances', async (_, instances, wanted) => {
    const there = watched()
    const found = await checkModel(counter(instances), { threads: threadsWith(there), ...littleMemory })

    expect(found.states.distinct).toBe(instances + 1)
    expect(there.log).toEqual(wanted)
  })

  it('lets the other thread go if that fails', async () => {
    const there = watched()
    const lost = (): DistantTranslator => ({
      ...there.translator(),
      end: () => Promise.reject(new Error('lost')),
    })
    const threads = threadsWith({ ...there, translator: lost })

    await expect(checkModel(counter(128), { threads, ...littleMemory })).rejects.toThrow('lost')
    expect(there.log).toEqual(['asked', 'left'])
  })
})

it('the thread that has built the spec translates while there is nothing else for it to do', async () => {
  const there = watched()
  const pool: Pool = {
    adopt: () => {},
    getReady: () => {},
    takePart: () => new Promise(() => {}),
    translator: there.translator,
    run: () => new Promise(() => {}),
    close: async () => {},
  }
  const tasks = [{ model: counter(128), properties: null }]
  const options = { workers: 2, memoryBytes: 2 ** 24 }
  for await (const done of checkModels(tasks, { options, signal: new AbortController().signal, watch: null, pool }))
    expect('result' in done).toBe(true)

  expect(there.log).toEqual(['asked', 'read in pieces', 'left'])
})
