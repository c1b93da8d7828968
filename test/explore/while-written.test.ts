/**
 * Another thread translates the kernel of a model with many instances while it is written.
 */

import { describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { checkModels } from '../../checker/check-models.ts'
import type { DistantTranslator } from '../../checker/explore/host.ts'
import type { Threads } from '../../checker/explore/threads.ts'
import { createTranslator } from '../../checker/machine/translate.ts'
import { littleMemory } from '../support/build.ts'
import { counterOf, idlePool } from '../support/idle-pool.ts'

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
  ...{ count: 1, running: () => 0, translator },
  getReady: () => {},
  takePart: () => false,
})

describe('the kernel of a model', () => {
  it.each([
    ['many', 128, ['asked', 'read in pieces', 'left']],
    ['few', 127, []],
  ])('of %s instances', async (_, instances, wanted) => {
    const there = watched()
    const found = await checkModel(counterOf(instances), { threads: threadsWith(there), ...littleMemory })

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

    await expect(checkModel(counterOf(128), { threads, ...littleMemory })).rejects.toThrow('lost')
    expect(there.log).toEqual(['asked', 'left'])
  })
})

it('the thread that has built the spec translates while there is nothing else for it to do', async () => {
  const there = watched()
  const pool = { ...idlePool, translator: there.translator }
  const tasks = [{ model: counterOf(128), properties: null }]
  const options = { workers: 2, memoryBytes: 2 ** 24 }
  for await (const done of checkModels(tasks, { options, signal: new AbortController().signal, watch: null, pool }))
    expect('result' in done).toBe(true)

  expect(there.log).toEqual(['asked', 'read in pieces', 'left'])
})
