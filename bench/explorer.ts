/**
 * How long a step of the explorer takes on the arm64 model: from the key to the frame that shows the new state, in Chromium, on 60
 * steps of a run taken by hand. `npm run bench:explorer`; needs Debian's chromium and `npm run build`.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright-core'

const steps = 60
const spec = ['specs/arm64-entry.ts', '--model', 'merged-pnmi']

/** Presses the key of the first enabled action; milliseconds until a frame shows the step after. */
function takeOne(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        const heading = (): string => document.querySelector('.inspector h2')?.textContent ?? ''
        const before = heading()
        const start = performance.now()
        const observer = new MutationObserver(() => {
          if (heading() === before) return
          observer.disconnect()
          // A message sent from within a frame is answered once the frame is drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => done(performance.now() - start)
            port2.postMessage(null)
          })
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
        document.dispatchEvent(new KeyboardEvent('keydown', { key: '1', bubbles: true }))
      }),
  )
}

async function addressOf(explorer: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of explorer.stdout ?? []) {
    said += String(chunk)
    const found = /http:\S+/.exec(said)
    if (found !== null && said.endsWith('\n')) return found[0]
  }
  throw new Error(`the explorer said no address: ${said}`)
}

const profile = mkdtempSync(join(tmpdir(), 'modelcheck-bench-'))
const explorer = spawn(process.execPath, ['dist/cli.cjs', 'explore', ...spec], { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
    viewport: { width: 1440, height: 900 },
  })
  const page = await context.newPage()
  await page.goto(`${await addressOf(explorer)}#run/merged-pnmi/~0/0`)
  await page.locator('button.way').first().waitFor()
  const times: number[] = []
  for (let i = 0; i < steps; i++) {
    times.push(await takeOne(page))
    await page.locator('button.way').first().waitFor()
  }
  const [first, ...rest] = times
  const sorted = rest.sort((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0)} ms`
  console.log(`${spec.join(' ')} on ${cpus()[0]?.model}, ${cpus().length} CPUs, Node ${process.version}`)
  console.log(
    `key to drawn, ${steps} steps: first ${first?.toFixed(0)} ms; median ${at(0.5)}, 90 % ${at(0.9)}, longest ${at(1)}`,
  )
  await context.close()
} finally {
  explorer.kill('SIGKILL')
  rmSync(profile, { recursive: true, force: true })
}
