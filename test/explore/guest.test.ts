/**
 * The thread that has built a spec takes part in searches, whatever the spec has done to it.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, it } from 'vitest'
import type { ThreadInput } from '../../checker/explore/expander.ts'
import { type Guest, host } from '../../checker/explore/host.ts'
import { openPool, type Pool, type Threads } from '../../checker/explore/threads.ts'
import { translate } from '../../checker/machine/translate.ts'
import { filterLock } from '../../specs/filter-lock.ts'
import { buildModel } from '../support/build.ts'
import { search } from '../support/search.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelcheck-guest-'))
afterAll(() => rmSync(folder, { recursive: true }))

const built = (name: string): string => fileURLToPath(new URL(`../../dist/${name}`, import.meta.url))

interface Builder {
  readonly thread: Worker
  readonly isFree: boolean
}

/** A thread that has built a spec of one state, which does something else besides. */
async function builderOf(besides: string): Promise<Builder> {
  const file = join(folder, 'spec.ts')
  const spec = `import { bool, model, state } from 'modelcheck'
export const one = model('one', () => {
  state({ flag: bool.starts(false) })
  return { terminal: true, properties: {} }
})
${besides}`
  writeFileSync(file, spec)
  const thread = new Worker(built('spec-worker.cjs'), { stdout: true })
  thread.postMessage({ file, cwd: folder, set: {}, wanted: [] })
  const { isFree } = await new Promise<{ readonly isFree: boolean }>((done) => thread.once('message', done))
  return { thread, isFree }
}

const threadsOf = (guest: Guest): Threads => ({
  count: 1,
  running: () => (guest.isFree() ? 1 : 0),
  getReady: () => guest.getReady(),
  takePart: (input, failed) => {
    if (!guest.isFree()) return false
    guest.takePart(input).catch(failed)
    return true
  },
})

describe('the thread that has built a spec', () => {
  it.each([
    ['nothing besides', ''],
    // What a search needs of the language: none of it is the spec's.
    [
      'havoc',
      'for (const name of Object.getOwnPropertyNames(Atomics)) Atomics[name] = () => 0; Int32Array.prototype.subarray = null; globalThis.performance = null; require("node:fs").readFileSync = null; require("node:vm").createContext = null',
    ],
  ])('takes part in one search after another: %s', async (_, besides) => {
    const { thread, isFree } = await builderOf(besides)
    const guest = host(thread)
    expect(isFree).toBe(true)

    for (const processes of [3, 4]) {
      const model = buildModel(filterLock, { processes })
      const alone = await search(model, {})
      guest.getReady()
      const together = await search(model, { threads: threadsOf(guest), workers: 2 })

      expect(together.digest).toBe(alone.digest)
      expect(together.generated).toBe(alone.generated)
      expect(guest.isFree()).toBe(false)
      await expect.poll(guest.isFree).toBe(true)
    }
    await guest.end()
  })

  it('is not free if the spec has left something that could go on', async () => {
    const { thread, isFree } = await builderOf('setInterval(() => {}, 1000).unref()')

    expect(isFree).toBe(false)
    await thread.terminate()
  })

  it('tells what it failed of, and is free again', async () => {
    const guest = host((await builderOf('')).thread)

    await expect(guest.takePart({} as ThreadInput)).rejects.toThrow('TypeError')
    expect(guest.isFree()).toBe(true)
    await guest.end()
  })
})

describe('as a translator', () => {
  /** Longer than a message. */
  const long = Array.from({ length: 400 }, (_, i) => `function f${i}(n) { return n + ${i} }`).join('\n')
  const [begin, end] = ['const all = new Int32Array(5)', 'return { f399, all }']

  it('it reads piece by piece, one program after another, the second of them from the beginning', async () => {
    const guest = host((await builderOf('')).thread)
    const left = guest.translator()
    left.read(long)
    expect(guest.isFree()).toBe(false)
    left.leave()
    expect(guest.isFree()).toBe(true)

    const translator = guest.translator()
    for (const piece of [begin, long, end]) translator.read(piece)

    expect(await translator.end()).toEqual(translate([begin, long, end].join('\n')))
    await guest.end()
  })

  it('it tells what it failed of, and is free again', async () => {
    const guest = host((await builderOf('')).thread)
    const translator = guest.translator()
    for (const piece of [long, 'nonsense', long, end]) translator.read(piece)

    await expect(translator.end()).rejects.toThrow('a program has')
    expect(guest.isFree()).toBe(true)
    await guest.end()
  })

  it('it is missed if it ends, and not free any more when it is let go', async () => {
    const script =
      "require('node:worker_threads').parentPort.once('message', (port) => port.once('message', () => process.exit()))"
    const guest = host(new Worker(script, { eval: true }))
    const translator = guest.translator()

    await expect(translator.end()).rejects.toThrow('a thread has ended')
    translator.leave()
    expect(guest.isFree()).toBe(false)
  })
})

it('a thread that ends while it gets ready is not free', async () => {
  const script = "require('node:worker_threads').parentPort.once('message', () => { throw new Error('gone') })"
  const guest = host(new Worker(script, { eval: true }))
  guest.getReady()

  await expect.poll(guest.isFree).toBe(false)
})

it('a thread that ends in a search is missed', async () => {
  const script =
    "require('node:worker_threads').parentPort.once('message', (port) => port.once('message', () => process.exit()))"
  const guest = host(new Worker(script, { eval: true }))

  await expect(guest.takePart({} as ThreadInput)).rejects.toThrow('a thread has ended')
})

describe('a pool', () => {
  const closed = async (): Promise<Pool> => {
    const pool = openPool(2)
    await pool.close()
    return pool
  }

  it.each([
    ['of one thread', async () => openPool(1)],
    ['that was closed', closed],
  ])('%s ends one that it is given', async (_, open) => {
    const { thread } = await builderOf('')
    const exits = new Promise((done) => thread.once('exit', done))
    const pool = await open()
    pool.adopt(thread)

    expect(await exits).toBe(1)
  })

  it('that was closed has none', async () => {
    const pool = openPool(2)
    pool.adopt((await builderOf('')).thread)
    await pool.close()

    await expect(pool.takePart({} as ThreadInput)).rejects.toThrow('the threads have ended')
  })
})
