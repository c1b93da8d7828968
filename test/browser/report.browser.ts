/**
 * The report in a real browser, from a file.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkModel } from '../../checker/check-model.ts'
import * as arm64 from '../../specs/arm64-entry.ts'
import { weaklyFair } from '../../specs/readers-writers.ts'
import { action, bool, constant, model, never, range, set, state } from '../../src/language/index.ts'
import type { ModelBuilder } from '../../src/language/model.ts'
import { describeModel } from '../../src/page/describe-model.ts'
import { renderPage } from '../../src/page/html.ts'
import { buildModel } from '../support/build.ts'
import { attack, breakOut, hostile } from '../support/hostile.ts'
import { careful, careless } from '../support/preemption.ts'
import { expectClean } from './expect-clean.ts'
import { type Browsing, contrastOf, startBrowsing, stepShown } from './visit.ts'

const folder = mkdtempSync(join(tmpdir(), 'modelcheck-report-'))
let browsing: Browsing

const thousand = model('thousand', () => {
  const { n } = state({ n: range(0, 1000).starts(0) })
  return {
    actions: [action('count', {}, () => ({ lane: 'counter', when: n.lt(1000), then: set(n, n.plus(1)) }))],
    terminal: n.is(1000),
    properties: { 'never a thousand': never(n.is(1000)) },
    strips: { n, 'is odd': n.mod(2).is(1) },
  }
})

async function reportOn(name: string, builders: readonly ModelBuilder[], set = {}): Promise<string> {
  const models = []
  for (const builder of builders) {
    const built = buildModel(builder, set)
    models.push(describeModel(built, await checkModel(built, { workers: 1 })))
  }
  const file = join(folder, `${name}.html`)
  writeFileSync(file, renderPage({ version: '0', spec: `${name}.ts`, isLive: false, models, notes: [] }))
  return pathToFileURL(file).href
}

beforeAll(async () => {
  browsing = await startBrowsing()
})
afterAll(async () => {
  await browsing.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the report on arm64', () => {
  it('opens every view of every run of its first model', async () => {
    const visit = await browsing.visit(await reportOn('arm64', [arm64.mergedDesign], { depth: 1 }))
    const { page } = visit
    const cells = await page.locator('button.cell').all()

    expect(cells.length).toBeGreaterThan(0)
    for (let i = 0; i < cells.length; i++) {
      await page.keyboard.press('v')
      await page.locator('button.cell').nth(i).click()
      await page.locator('.inspector h2').waitFor()
      expect(await page.locator('.step').count()).toBeGreaterThan(1)
    }
    for (const [key, view] of [
      ['c', 'coverage'],
      ['s', 'space'],
    ] as const) {
      await page.keyboard.press(key)
      await page.locator(`section.${view}`).waitFor()
    }
    expectClean(visit)
  })
})

describe('a report', () => {
  const claim = 'no task works with errors masked'
  const run = `#run/careless/${encodeURIComponent(claim)}`
  let url: string
  beforeAll(async () => {
    url = await reportOn('preemption', [careless, careful])
  })

  it('opens on the verdicts, and a verdict opens its run at the end', async () => {
    const visit = await browsing.visit(url)
    const { page } = visit

    await expect(page.locator('h1').innerText()).resolves.toContain('as expected')
    await page.locator('.matrix tr', { hasText: claim }).locator('button.cell').first().click()
    expect(await stepShown(page)).toBe((await page.locator('.step').count()) - 1)
    await expect(page.locator('.reasons').innerText()).resolves.toContain('mask.A is true')
    expectClean(visit)
  })

  it('is stepped and filtered with the mouse', async () => {
    const visit = await browsing.visit(`${url}${run}/2`)
    const { page } = visit

    expect(await stepShown(page)).toBe(2)
    await page.getByLabel('Step on').click()
    await page.getByLabel('Step on').click()
    expect(await stepShown(page)).toBe(4)
    await page.locator('.step-arrival').click()
    await expect(page.locator('.state .changed').first().innerText()).resolves.toMatch(/mask\s+\.\.→AI/)
    await page.getByRole('searchbox').fill('T2 enable')
    await expect(page.locator('.step').count()).resolves.toBe(1)
    await page.getByRole('searchbox').fill('no such thing')
    await expect(page.getByText('No step matches.').isVisible()).resolves.toBe(true)
    expectClean(visit)
  })

  it('is used by keyboard alone', async () => {
    const visit = await browsing.visit(url)
    const { page } = visit
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }

    await press('r')
    expect(await stepShown(page)).toBe(0)
    await press('ArrowRight', 'j', 'j', 'k')
    expect(await stepShown(page)).toBe(2)
    await press('End')
    expect(await stepShown(page)).toBe((await page.locator('.step').count()) - 1)
    await press('/')
    await page.keyboard.type('irq')
    await press('Enter', 'Escape', 'g')
    expect(await stepShown(page)).toBe(0)
    await press(']')
    await expect(page.locator('select.title').inputValue()).resolves.toBe('1')
    await press('m')
    await expect(page.getByLabel('Model').inputValue()).resolves.toBe('1')
    await press('c')
    await expect(page.locator('h1').innerText()).resolves.toMatch(/taken/)
    await press('s')
    await expect(page.locator('h1').innerText()).resolves.toMatch(/distinct states/)
    await press('?')
    await page.locator('dialog').waitFor()
    await press('Escape')
    await page.locator('dialog').waitFor({ state: 'hidden' })
    await press('v', 'Tab')
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle)).toBe(
      'solid',
    )
    expectClean(visit)
  })

  it('says in words what its marks say, and where reading goes on', async () => {
    const visit = await browsing.visit(url)
    const { page } = visit
    const row = page.getByRole('row', { name: claim })

    await row.getByRole('button', { name: /^violated as expected \d+ steps$/ }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.inspector h2').waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true)
    expectClean(visit)
  })

  it('is reached by its address, again after a reload', async () => {
    const { page } = await browsing.visit(`${url}${run}/5`)

    await page.keyboard.press('j')
    await page.reload()
    expect(await stepShown(page)).toBe(6)
    await page.evaluate(() => {
      location.hash = '#coverage/careful'
    })
    await expect(page.locator('.coverage h1').innerText()).resolves.toMatch(/taken/)
  })

  it('is left by the way back view by view, and never for another step', async () => {
    const { page } = await browsing.visit(url)
    const place = async (): Promise<string> => decodeURIComponent(new URL(page.url()).hash)
    await page.locator('button.cell').first().click()
    await page.locator('.inspector h2').waitFor()
    for (const key of ['g', 'j', 'j', 'c']) await page.keyboard.press(key)
    await page.locator('section.coverage').waitFor()

    await page.goBack()
    await page.locator('.inspector h2', { hasText: 'Step 2' }).waitFor()
    expect(await place()).toMatch(/^#run\/.*\/2$/)
    await page.goBack()
    await page.locator('section.verdicts').waitFor()
    await page.goForward()
    await page.locator('.inspector h2', { hasText: 'Step 2' }).waitFor()

    const shown = await place()
    const kept = await page.evaluate(async () => {
      // The page was the first to listen.
      const isHeard = new Promise((done) => addEventListener('hashchange', done, { once: true }))
      location.hash = '#run/no such model/no such run/1'
      await isHeard
      return location.hash
    })
    expect(decodeURIComponent(kept)).toBe(shown)
  })

  it.each(['light', 'dark'] as const)('is legible in %s mode', async (scheme) => {
    const visit = await browsing.visit(url, scheme)
    const { page } = visit
    const paper = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    const before = await paper()
    for (const selector of ['.matrix th[scope=row]', 'button.cell', 'span.cell', '.legend', '.length']) {
      expect([selector, (await contrastOf(page, selector)) >= 4.5]).toEqual([selector, true])
    }
    await page.keyboard.press('r')
    await page.keyboard.press('j')
    for (const selector of [
      '.step .number',
      '.routine',
      '.lane-label',
      '.place',
      '.held .reason',
      '.state th',
      '.tick',
    ]) {
      expect([selector, (await contrastOf(page, selector)) >= 4.5]).toEqual([selector, true])
    }
    await page.keyboard.press('t')

    // The page answers a key in its own time.
    await expect.poll(paper).not.toBe(before)
    await page.evaluate(() => localStorage.clear())
    expectClean(visit)
  })
})

describe('coverage', () => {
  it('begins with what is never taken, and tells threads apart', async () => {
    const visit = await browsing.visit(`${await reportOn('coverage', [careless])}#coverage/careless`)
    const { page } = visit

    await expect(page.locator('.never').innerText()).resolves.toContain('handle_irq: ignore')
    await expect(page.locator('.lines tr', { hasText: 'switch_to' }).innerText()).resolves.toMatch(
      /T1\s*\d+\s*T2\s*\d+/,
    )
    expectClean(visit)
  })
})

describe('a run of a thousand steps', () => {
  it('is shown whole, stepped, filtered and zoomed', async () => {
    const visit = await browsing.visit(`${await reportOn('thousand', [thousand])}#run/thousand/never%20a%20thousand/0`)
    const { page } = visit

    await expect(page.locator('.step').count()).resolves.toBe(1001)
    await page.keyboard.press('G')
    expect(await stepShown(page)).toBe(1000)
    await page.keyboard.press('K')
    expect(await stepShown(page)).toBe(990)
    await expect(page.locator('#step-990').isVisible()).resolves.toBe(true)
    expect(
      await page.locator('#step-990').evaluate((line) => {
        const [box, list] = [line.getBoundingClientRect(), line.parentElement?.getBoundingClientRect()]
        return list !== undefined && box.top >= list.top && box.bottom <= list.bottom
      }),
    ).toBe(true)
    await page.keyboard.press('g')
    for (let i = 0; i < 45; i++) await page.keyboard.press('j')
    const seen = await page.locator('#step-45').evaluate((line) => {
      const [box, list] = [line.getBoundingClientRect(), line.parentElement?.getBoundingClientRect()]
      return list !== undefined && box.top >= list.top && box.bottom <= Math.min(list.bottom, innerHeight)
    })
    expect(seen).toBe(true)
    const width = (): Promise<number> =>
      page.locator('.timeline-scroll svg').evaluate((svg) => svg.getBoundingClientRect().width)
    const fitted = await width()
    await page.keyboard.press('+')
    expect(await width()).toBeGreaterThan(fitted)
    await page.keyboard.press('0')
    expect(await width()).toBe(fitted)
    await page.getByRole('searchbox').fill('n 499')
    await expect(page.locator('.step').count()).resolves.toBe(2)
    expectClean(visit)
  })
})

describe('a liveness counterexample', () => {
  it('marks its loop, and stepping goes around it', async () => {
    const visit = await browsing.visit(await reportOn('lasso', [weaklyFair]))
    const { page } = visit
    await page.locator('.matrix tr', { hasText: 'writer0 gets to write' }).locator('button.cell').click()
    const last = await stepShown(page)

    await expect(page.locator('.loop-mark').count()).resolves.toBe(1)
    await expect(page.locator('.loop-line').count()).resolves.toBe(1)
    await page.keyboard.press('j')
    expect(await stepShown(page)).toBeLessThan(last)
    expect(await stepShown(page)).toBeGreaterThan(0)
    expectClean(visit)
  })
})

describe('a spec with hostile names', () => {
  it('runs no script on any page, and is shown as it is written', async () => {
    const visit = await browsing.visit(await reportOn('hostile', [hostile]))
    const { page } = visit

    await expect(page.getByLabel('Model').locator('option').first().textContent()).resolves.toBe(attack)
    for (const key of ['r', 'f', 'j', 'j', ']', 'j', 'c', 's', 'v', '?']) await page.keyboard.press(key)
    await expect(page.locator('.matrix').innerText()).resolves.toContain(breakOut)
    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false)
    expect(await page.evaluate(() => document.querySelectorAll('img, iframe, object, #page script').length)).toBe(0)
    expectClean(visit)
  })

  it('could not even if markup got through: the policy stops it', async () => {
    const { page, complaints } = await browsing.visit(await reportOn('policy', [hostile]))
    await page.evaluate(async () => {
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="globalThis.pwned = 6">')
      // Heard after the handler in the markup.
      const hasFailed = new Promise((done) => document.body.lastElementChild?.addEventListener('error', done))
      document.body.append(Object.assign(document.createElement('script'), { textContent: 'globalThis.pwned = 7' }))
      await hasFailed
    })

    expect(await page.evaluate(() => 'pwned' in globalThis)).toBe(false)
    await expect.poll(() => complaints.join('\n')).toContain('Content Security Policy')
  })
})

describe('long names', () => {
  const broken = 'x'.repeat(300)
  const wordy = model(`a model ${'of a very long name '.repeat(8)}`, () => {
    const { n } = state({ n: range(0, 100).starts(0) })
    return {
      actions: [action('count', {}, () => ({ when: n.lt(100), then: set(n, n.plus(1)) }))],
      terminal: n.is(100),
      properties: { [broken]: never(n.is(100)) },
    }
  })

  it.each([1280, 800, 400])('cover nothing else in a window of %i', async (width) => {
    const { page } = await browsing.visit(await reportOn('wordy', [wordy]))
    await page.setViewportSize({ width, height: 800 })
    const right = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().right)
    const left = (selector: string): Promise<number> =>
      page.locator(selector).evaluate((element) => element.getBoundingClientRect().left)

    expect(await left('.top .right select')).toBeGreaterThan(width > 1080 ? await right('.top nav') : 20)
    expect(
      await page
        .locator('th[scope="row"]')
        .first()
        .evaluate((one) => one.scrollWidth - one.clientWidth),
    ).toBe(0)
    expect(await right('button.cell')).toBeLessThan(width)
  })

  it('of constants give way to the name of the model', async () => {
    const constants = Object.fromEntries(
      ['one', 'two', 'three', 'four'].map((name) => [`constant${name}`, constant(bool, true)]),
    )
    const sized = model('a-model-of-middling-length', constants, () => {
      const { n } = state({ n: range(0, 1).starts(0) })
      return { terminal: true, properties: { low: never(n.is(1)) } }
    })
    const { page } = await browsing.visit(await reportOn('sized', [sized]))
    const widths = (): Promise<readonly number[]> =>
      page
        .locator('.right select, .constants')
        .evaluateAll((some) => some.map((one) => one.getBoundingClientRect().width))
    await page.setViewportSize({ width: 2000, height: 800 })
    const [name = 0, whole = 0] = await widths()
    await page.setViewportSize({ width: 1200, height: 800 })
    const [narrowName = 0, narrow = 0] = await widths()

    expect(narrow).toBeLessThan(whole)
    expect(narrowName).toBeCloseTo(name, 0)
  })

  it('of variables are broken where a reason does not fit', async () => {
    const name = 'a_name_of_a_variable_that_was_generated_from_a_data_sheet'
    const generated = model('generated', () => {
      const n = state({ [name]: range(0, 1).starts(0) })[name]
      if (n === undefined) throw new Error('no variable')
      const up = action('up', {}, () => ({ when: n.is(0), then: set(n, 1) }))
      return { actions: up, terminal: true, properties: { low: never(n.is(1)) } }
    })
    const { page } = await browsing.visit(await reportOn('generated', [generated]))
    await page.setViewportSize({ width: 400, height: 800 })
    await page.locator('button.cell').click()
    const rights = await page
      .locator('.reasons li')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right))

    expect(rights).toHaveLength(1)
    expect(Math.max(...rights)).toBeLessThan(400)
  })

  it('of numbers stay in one line, and in the timeline', async () => {
    const { page } = await browsing.visit(await reportOn('wordy', [wordy]))
    await page.setViewportSize({ width: 400, height: 800 })
    await page.locator('button.cell').click()
    const isInside = await page.locator('.cursor-number').evaluate((number) => {
      const [own, all] = [number, number.parentElement].map((one) => one?.getBoundingClientRect())
      return own !== undefined && all !== undefined && own.right <= all.right
    })
    expect(isInside).toBe(true)

    await page.keyboard.press('c')
    expect(
      await page
        .locator('td.number')
        .first()
        .evaluate((one) => getComputedStyle(one).whiteSpace),
    ).toBe('nowrap')
  })
})
