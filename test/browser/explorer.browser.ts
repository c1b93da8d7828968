/**
 * The explorer in a real browser: the command as a process, and a server with hostile names.
 */

import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import { createAnswerer } from '../../src/explorer/answer.ts'
import { loadRun } from '../../src/explorer/load-runs.ts'
import { serve } from '../../src/explorer/server.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { renderPage } from '../../src/page/html.ts'
import { toSaved } from '../../src/report/saved-trace.ts'
import { textOfTrace } from '../../src/report/trace-file.ts'
import { buildModel } from '../support/build.ts'
import { breakOut, hostile } from '../support/hostile.ts'
import { careless } from '../support/preemption.ts'
import { expectClean } from './expect-clean.ts'
import { type ExplorerProcess, startExplorer } from './explorer-process.ts'
import { type Browsing, startBrowsing, stepShown } from './visit.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelcheck-explorer-'))
let browsing: Browsing
let explorer: ExplorerProcess

beforeAll(async () => {
  browsing = await startBrowsing()
  const spec = 'test/support/preemption.ts'
  const limits = ['--model', 'careless', '--workers', '1', '--out', folder]
  // It begins with the counterexamples that a check has saved.
  spawnSync(process.execPath, ['dist/cli.cjs', spec, '--quiet', ...limits])
  explorer = await startExplorer([spec, ...limits])
})
afterAll(async () => {
  explorer.process.kill('SIGKILL')
  await browsing.close()
  rmSync(folder, { recursive: true, force: true })
})

it('says so when the explorer has ended', async () => {
  const built = buildModel(careless)
  const page = renderPage({
    ...{ version: '0', spec: 'x.ts', isLive: true, notes: [] },
    models: [describeModel(built, null)],
  })
  const server = await serve(page, createAnswerer([built], { workers: 1 }), 0)
  const visit = await browsing.visit(server.url)
  await visit.page.locator('button.way').first().waitFor()
  await server.close()
  await visit.page.locator('button.way').first().click()

  await visit.page.getByRole('alert').waitFor()
  await expect(visit.page.getByRole('alert').innerText()).resolves.toContain('Start it again')
})

describe('the explorer', () => {
  const claim = 'no task works with errors masked'

  it('leaves a counterexample at any step and goes another way, which its address keeps', async () => {
    const visit = await browsing.visit(`${explorer.url}#run/careless/${encodeURIComponent(claim)}/0`)
    const { page } = visit
    const other = page.locator('button.way:not(.taken)').first()
    const label = await other.locator('.name').innerText()
    await other.click()
    await page.locator('.run-head', { hasText: 'your own run' }).waitFor()

    expect(await stepShown(page)).toBe(1)
    await expect(page.locator('#step-1 .name').innerText()).resolves.toContain(label.split(' ').at(-1))
    await page.keyboard.press('1')
    await page.locator('.inspector h2', { hasText: 'Step 2' }).waitFor()
    const first = await page.locator('#step-2').innerText()
    await page.keyboard.press('k')
    await page.locator('button.way').last().focus()
    await page.keyboard.press('Enter')
    await page.locator('.inspector h2', { hasText: 'Step 2' }).waitFor()
    await expect(page.locator('button.way:focus').count()).resolves.toBe(1)
    const line = await page.locator('#step-2').innerText()
    expect(line).not.toBe(first)
    await page.reload()
    await page.locator('.run-head', { hasText: 'your own run' }).waitFor()
    await expect(page.locator('#step-2').innerText()).resolves.toBe(line)
    await page.goBack()
    await page.locator('.run-head', { hasText: claim }).waitFor()
    expect(await stepShown(page)).toBe(0)
    expectClean(visit, explorer.url)
  })

  it('goes to a state where a condition holds, and says why it cannot', async () => {
    const visit = await browsing.visit(`${explorer.url}#run/careless/~0/0`)
    const { page } = visit
    await page.locator('.run-head', { hasText: 'your own run' }).waitFor()
    await page.getByLabel('Condition').fill('at(T1, log) and pending')
    await page.keyboard.press('Enter')
    await page.locator('.step', { hasText: 'error' }).first().waitFor()

    await expect(page.locator('.inspector').innerText()).resolves.toContain('log')
    await page.getByLabel('Condition').fill('mask.Q')
    // A refusal is an answer with a status of its own, which Chromium notes in its console.
    await page.keyboard.press('Enter')
    await page.getByRole('alert').waitFor()
    await expect(page.getByRole('alert').innerText()).resolves.toContain('at character')
    expect(visit.complaints.filter((text) => !text.includes('422'))).toEqual([])
  })

  it('shows what lies around, and goes there', async () => {
    const visit = await browsing.visit(`${explorer.url}#run/careless/~0/0`)
    const { page } = visit
    await page.locator('.nearby circle.there').last().click()
    await page.locator('.inspector h2', { hasText: 'Step 2' }).waitFor()

    expect(await stepShown(page)).toBe(2)
    expectClean(visit, explorer.url)
  })

  it('says why it has no answer, in place of what it would show', async () => {
    const visit = await browsing.visit(explorer.url)
    const { page } = visit
    await page.locator('.nearby').waitFor()
    await page.route('**/ask', (route) => route.fulfill({ status: 422, json: { refused: 'out of order' } }))
    await page.goto(`${explorer.url}#run/careless/${encodeURIComponent(claim)}/3`)

    await page.locator('.unanswered', { hasText: 'Around this state' }).waitFor()
    await expect(page.locator('.unanswered').innerText()).resolves.toContain('out of order')
    await expect(page.locator('.nearby').count()).resolves.toBe(0)
  })

  it('starts in another initial state', async () => {
    const visit = await browsing.visit(`${explorer.url}#run/careless/~0/0`)
    const { page } = visit
    await page.locator('.starts button', { hasText: 'current T2' }).click()
    await page.locator('.starts .taken', { hasText: 'current T2' }).waitFor()

    await expect(page.locator('.state').innerText()).resolves.toMatch(/current\s+T2/)
    expectClean(visit, explorer.url)
  })

  it('shows every state before, and a run to it', async () => {
    const visit = await browsing.visit(`${explorer.url}#run/careless/${encodeURIComponent(claim)}/7`)
    const { page } = visit
    const sources = page.locator('.nearby circle[aria-label^="before:"]')
    await expect.poll(() => sources.count()).toBe(1)
    await page.getByText('every state before').click()
    await page.locator('.sources', { hasText: 'lead here' }).waitFor()

    expect(await sources.count()).toBeGreaterThan(1)
    await sources.last().focus()
    await page.keyboard.press('Enter')
    await page.locator('.run-head', { hasText: 'your own run' }).waitFor()
    expect(await stepShown(page)).toBe((await page.locator('.step').count()) - 1)
    expectClean(visit, explorer.url)
  })

  it('checks a model and fills in its verdicts', async () => {
    const visit = await browsing.visit(explorer.url)
    const { page } = visit
    await page.keyboard.press('v')
    await page.locator('button.check').click()
    await page.locator('.matrix').waitFor({ timeout: 40_000 })

    await expect(page.locator('.matrix tr', { hasText: claim }).innerText()).resolves.toContain('violated')
    expectClean(visit, explorer.url)
  })

  it('ends with Ctrl-C, exit code 0', async () => {
    explorer.process.kill('SIGINT')
    const [code] = await once(explorer.process, 'exit')

    expect(code).toBe(0)
    await expect(fetch(explorer.url)).rejects.toThrow()
  })
})

describe('the explorer with a hostile spec and a hostile trace', () => {
  it('runs no script of theirs', async () => {
    const model = buildModel(hostile)
    const found = (await checkModel(model, { workers: 1 })).properties.find((one) => one.name === breakOut)
    if (found?.trace == null) throw new Error('the hostile model has no counterexample')
    const saved = toSaved(
      { spec: breakOut, model, property: breakOut, kind: 'invariant', reason: [breakOut] },
      found.trace,
    )
    const loaded = loadRun([model], textOfTrace(saved), 'hostile.json')
    if (E.isLeft(loaded)) throw new Error(loaded.left)
    const page = renderPage({
      version: '0',
      spec: breakOut,
      isLive: true,
      notes: [],
      models: [describeModel(model, null, [loaded.right.run])],
    })
    const server = await serve(page, createAnswerer([model], { workers: 1 }), 0)
    try {
      const visit = await browsing.visit(server.url)
      await visit.page.locator('button.way').first().click()
      await visit.page.locator('.run-head', { hasText: 'your own run' }).waitFor()
      for (const key of ['f', '1', 'k', 'v', 'c', 's', 'r']) await visit.page.keyboard.press(key)
      await expect(visit.page.locator('.inspector').innerText()).resolves.toContain('__proto__')

      expect(await visit.page.evaluate(() => 'pwned' in globalThis)).toBe(false)
      expectClean(visit, server.url)
    } finally {
      await server.close()
    }
  })
})
