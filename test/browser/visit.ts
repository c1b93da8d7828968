/**
 * A visit to a page that must behave: it notes every complaint of the browser and every address that is asked for.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface Browsing {
  visit(url: string, colorScheme?: 'light' | 'dark'): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly page: Page
  /** Errors and warnings of the console, uncaught errors, failed requests. */
  readonly complaints: readonly string[]
  /** Every address but that of the page and inline data. */
  readonly asked: readonly string[]
}

export async function startBrowsing(): Promise<Browsing> {
  const folder = mkdtempSync(join(tmpdir(), 'modelcheck-browser-'))
  const context: BrowserContext = await chromium.launchPersistentContext(folder, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: flags,
    viewport: { width: 1440, height: 900 },
  })
  return {
    visit: async (url, colorScheme = 'light') => {
      const page = await context.newPage()
      page.setDefaultTimeout(30_000)
      const complaints: string[] = []
      const asked: string[] = []
      page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
      page.on('pageerror', (error) => complaints.push(error.message))
      // A question that the page itself takes back is no failure.
      page.on('requestfailed', (request) => {
        const reason = request.failure()?.errorText
        if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.url()} ${reason}`)
      })
      page.on('request', (request) => {
        if (request.url() !== url.replace(/#.*/, '') && !request.url().startsWith('data:')) asked.push(request.url())
      })
      await page.emulateMedia({ colorScheme })
      await page.goto(url)
      await page.waitForSelector('header.top')
      return { page, complaints, asked }
    },
    close: async () => {
      await context.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Number of the step that is shown. */
export async function stepShown(page: Page): Promise<number> {
  const text = await page.locator('.inspector h2').innerText()
  return Number(/Step (\d+)/.exec(text)?.[1])
}

/** Contrast ratio of an element's text with what it stands on, as WCAG 2 defines it. */
export function contrastOf(page: Page, selector: string): Promise<number> {
  return page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
      const context = canvas.getContext('2d', { willReadFrequently: true })
      const luminance = (color: string): number => {
        if (context === null) return 0
        context.clearRect(0, 0, 1, 1)
        context.fillStyle = color
        context.fillRect(0, 0, 1, 1)
        const [r = 0, g = 0, b = 0] = [...context.getImageData(0, 0, 1, 1).data].map((byte) => {
          const share = byte / 255
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      let ground: Element | null = element
      while (ground !== null && getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)')
        ground = ground.parentElement
      const [text, paper] = [
        luminance(getComputedStyle(element).color),
        luminance(getComputedStyle(ground ?? document.body).backgroundColor),
      ]
      return (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05)
    })
}
