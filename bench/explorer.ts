/**
 * How long a step of the explorer takes on the arm64 model: from the key to the frame that shows the new state, in Chromium, on 60
 * steps of a run taken by hand. `npm run bench:explorer`; needs Debian's chromium and `npm run build`.
 */

import type { Page } from 'playwright-core'
import { startExplorer } from '../test/browser/explorer-process.ts'
import { startBrowsing } from '../test/browser/visit.ts'
import { machineText } from './machine.ts'

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

/** Milliseconds of each step, the first one taken included. */
async function takeAll(page: Page): Promise<readonly number[]> {
  const times: number[] = []
  await page.locator('button.way').first().waitFor()
  for (let i = 0; i < steps; i++) {
    times.push(await takeOne(page))
    await page.locator('button.way').first().waitFor()
  }
  return times
}

function tell([first, ...rest]: readonly number[]): void {
  const sorted = rest.toSorted((a, b) => a - b)
  const at = (share: number): string =>
    `${(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0)} ms`
  console.log(`${spec.join(' ')} on ${machineText()}, Node ${process.version}`)
  console.log(
    `key to drawn, ${steps} steps: first ${first?.toFixed(0)} ms; median ${at(0.5)}, 90 % ${at(0.9)}, longest ${at(1)}`,
  )
}

const explorer = await startExplorer(spec)
try {
  const browsing = await startBrowsing()
  try {
    const { page } = await browsing.visit(`${explorer.url}#run/merged-pnmi/~0/0`)
    tell(await takeAll(page))
  } finally {
    await browsing.close()
  }
} finally {
  explorer.process.kill('SIGKILL')
}
